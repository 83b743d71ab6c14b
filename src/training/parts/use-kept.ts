import { useEffect, useMemo, useState } from 'preact/hooks'
import { dirtyForms } from '#src/capture/dirty.ts'
import { useApp } from '#src/session/context.ts'

const pause = 300

/**
 * What is typed into a small form that is not one record: kept as a draft under `key`, so that a killed tab finds it again. `ready` is
 * false until the draft was looked for.
 */
export const useKept = <T extends object>(key: string, start: T) => {
  const { store } = useApp()
  const [value, setValue] = useState(start)
  const [ready, setReady] = useState(false)
  const keeper = useMemo(() => {
    const draft = store.draft<T>(key)
    let timer: ReturnType<typeof setTimeout> | undefined
    let waiting: T | undefined
    const keep = () => {
      clearTimeout(timer)
      if (waiting) void draft.keep(waiting)
      waiting = undefined
    }
    return {
      draft,
      keep,
      later(next: T) {
        waiting = next
        dirtyForms.add(key)
        clearTimeout(timer)
        timer = setTimeout(keep, pause)
      },
      async discard() {
        clearTimeout(timer)
        waiting = undefined
        dirtyForms.delete(key)
        await draft.discard()
      },
    }
  }, [key])

  useEffect(() => {
    let gone = false
    void keeper.draft.load().then((found) => {
      if (gone) return
      if (found) setValue({ ...start, ...found })
      setReady(true)
    })
    return () => {
      gone = true
      keeper.keep()
      dirtyForms.delete(key)
    }
  }, [keeper])

  return {
    value,
    ready,
    set(change: Partial<T>) {
      const next = { ...value, ...change }
      setValue(next)
      keeper.later(next)
    },
    /** Empties the form and forgets the draft. */
    async clear(next: T = start) {
      setValue(next)
      await keeper.discard()
    },
  }
}
