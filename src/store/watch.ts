import { signal } from '@preact/signals'
import { Dexie, liveQuery } from 'dexie'
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
    const subscription = liveQuery(
      paced(ask, (value) => {
        following.value = value
      }),
    ).subscribe({
      next: () => {},
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

/**
 * While a tablet reads thousands of records, every page that it takes in asks every long list anew: without pauses the screen would do
 * nothing else. A question is not asked again before three times as long has passed as it took. Answers are heard also where the next question has been asked meanwhile, or none would ever come.
 */
const paced = <T>(ask: () => Promise<T>, hear: (value: T) => void): (() => Promise<void>) => {
  let turn = 0
  let heard = 0
  let restUntil = 0
  let took = 0
  let before: T | undefined
  return () => {
    const mine = ++turn
    const begun = async () => {
      if (mine !== turn) return
      const at = performance.now()
      restUntil = at + took
      const value = await ask()
      took = performance.now() - at
      restUntil = at + 4 * took
      // a later question may have been answered sooner
      if (mine < heard) return
      heard = mine
      if (!sameItems(value, before)) hear(value)
      before = value
    }
    const rest = restUntil - performance.now()
    // Dexie's own promise keeps what it observes; another would lose it
    return rest > 0 ? new Dexie.Promise<void>((resolve) => setTimeout(resolve, rest)).then(begun) : begun()
  }
}

/** Rows that have not changed give the same views: a list of the same ones is not drawn again. */
const sameItems = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) &&
  a.length === (b as unknown[] | undefined)?.length &&
  a.every((item, at) => item === (b as unknown[])[at])

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
