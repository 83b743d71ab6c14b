import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Failure } from '#domain/kernel/failure.ts'
import type { Write } from '#domain/merge.ts'
import { useApp } from '#src/session/context.ts'

/** One change as the server's history tells it. */
export interface PastChange extends Omit<Write, 'proven'> {
  readonly deviceName: string
  readonly receivedAt: number
  /** Whether a session has ever proved that its author had been on that device. */
  readonly proven: boolean
}

export interface KeptHistory {
  readonly changes: readonly PastChange[]
  /** When the server said so. */
  readonly at: number
}

export interface History {
  /** Null while the server has never answered. */
  readonly kept: KeptHistory | null
  readonly asking: boolean
  /** Why the last question went unanswered. */
  readonly failure: Failure | null
  readonly askAgain: () => void
}

/** Answers of this sitting, by who asked: a colleague who takes over the tablet asks anew. */
const answers = signal<ReadonlyMap<string, KeptHistory>>(new Map())

const keyOf = (person: string | undefined, record: string) => `${person} ${record}`

/** What the server last said of a record in this sitting. */
export const keptHistory = (person: string | undefined, record: string): KeptHistory | null =>
  answers.value.get(keyOf(person, record)) ?? null

/** The history of a record, asked of the server again whenever the record's number has moved. */
export const useHistory = (record: string, seq: number): History => {
  const { api, session } = useApp()
  const key = keyOf(session.person.value?.id, record)
  const [state, setState] = useState<{ key: string; asking: boolean; failure: Failure | null }>()
  const [again, setAgain] = useState(0)
  useEffect(() => {
    // of what no server has numbered none can tell more than is here
    if (seq === 0) return
    let left = false
    setState({ key, asking: true, failure: null })
    void api.get<{ changes: readonly PastChange[] }>(`/api/records/${record}/history`).then((answer) => {
      if (answer.ok) {
        const kept = { changes: answer.value.changes, at: Date.now() }
        answers.value = new Map([...answers.peek(), [key, kept]])
      }
      if (left) return
      setState({ key, asking: false, failure: answer.ok ? null : answer.failure })
    })
    return () => {
      left = true
    }
  }, [key, seq, again])
  const mine = state?.key === key ? state : undefined
  return {
    kept: answers.value.get(key) ?? null,
    asking: mine?.asking ?? seq > 0,
    failure: mine?.failure ?? null,
    askAgain: () => setAgain((n) => n + 1),
  }
}
