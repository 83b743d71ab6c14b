import { signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import type { Reading } from './types.ts'

const patience = 1000

/**
 * A signal that follows a question to IndexedDB for as long as somebody looks at it, also when another tab writes. It keeps its last
 * value; `first` stands until the first answer. The question must read IndexedDB before it awaits anything else.
 */
export const watched = <T>(first: T, ask: () => Promise<T>): Reading<T> => {
  let stop = () => {}
  const following = signal<T>(first, {
    watched: () => follow(),
    unwatched: () => stop(),
  })
  const follow = () => {
    const subscription = liveQuery(ask).subscribe({
      next: (value) => {
        following.value = value
      },
      // a browser may drop the connection in the background; looking again opens it
      error: () => {
        const again = setTimeout(follow, patience)
        stop = () => clearTimeout(again)
      },
    })
    stop = () => subscription.unsubscribe()
  }
  return following
}

/** The same question asked twice is one signal. */
export const remembered = <T>(): ((key: string, make: () => Reading<T>) => Reading<T>) => {
  const all = new Map<string, WeakRef<Reading<T> & object>>()
  return (key, make) => {
    const before = all.get(key)?.deref()
    if (before) return before
    const made = make()
    all.set(key, new WeakRef(made))
    return made
  }
}
