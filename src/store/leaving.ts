import type { Dexie } from 'dexie'

/**
 * Breaks off the transactions of a page that is left; to be called before the database is opened. WebKit keeps such a page for "back",
 * asleep in the middle of its transactions, and every page after it would wait for them for ever. Work that writes is done again when
 * the person comes back (`persisting`).
 */
export const breakOffOnLeaving = (database: Dexie, page: EventTarget): void => {
  const running = new Set<IDBTransaction>()
  database.use({
    stack: 'dbcore',
    name: 'leaving',
    create: (core) => ({
      ...core,
      transaction(stores, mode, options) {
        const one = core.transaction(stores, mode, options) as IDBTransaction
        running.add(one)
        for (const end of ['complete', 'abort']) one.addEventListener(end, () => running.delete(one))
        return one
      },
    }),
  })
  page.addEventListener('pagehide', () => {
    for (const one of running) {
      try {
        one.abort()
      } catch {
        // it ended this moment
      }
    }
  })
}
