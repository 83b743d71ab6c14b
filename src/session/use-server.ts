import { useEffect, useRef, useState } from 'preact/hooks'
import type { Failure } from '#domain/kernel/failure.ts'
import { useApp } from '#src/session/context.ts'

export interface Asked<T> {
  /** The last answer of this sitting; null before the first. */
  readonly answer: T | null
  readonly at: number | null
  readonly asking: boolean
  readonly failure: Failure | null
  readonly askAgain: () => void
}

/** What only the server knows: accounts, devices, what it holds back, who did what. */
export const useServer = <T>(path: string): Asked<T> => {
  const { api } = useApp()
  const [state, setState] = useState<Omit<Asked<T>, 'askAgain'>>({
    answer: null,
    at: null,
    asking: true,
    failure: null,
  })
  const newest = useRef(0)
  const ask = async () => {
    const mine = ++newest.current
    setState((before) => ({ ...before, asking: true }))
    const found = await api.get<T>(path)
    if (mine !== newest.current) return
    setState((before) =>
      found.ok
        ? { answer: found.value, at: Date.now(), asking: false, failure: null }
        : { ...before, asking: false, failure: found.failure },
    )
  }
  useEffect(() => {
    void ask()
    return () => {
      newest.current += 1
    }
  }, [path])
  return { ...state, askAgain: () => void ask() }
}
