import { Dexie } from 'dexie'
import { describe, expect, test } from 'vitest'
import { makeTablet } from '#test/support/tablet.ts'
import { type BowonDatabase, persisting, writing } from './database.ts'
import { breakOffOnLeaving } from './leaving.ts'

/** Asks one thing after the other, so that the transaction does not end by itself. */
const busy = async (database: BowonDatabase): Promise<void> => {
  for (;;) await database.meta.get('floor')
}

const open = async () => {
  const { database } = await makeTablet().ports()
  const page = new EventTarget()
  breakOffOnLeaving(database, page)
  await database.open()
  return { database, leave: () => page.dispatchEvent(new Event('pagehide')) }
}

describe('a page that is left in the middle of a transaction', () => {
  test('keeps nobody else from writing', async () => {
    const { database, leave } = await open()
    const begun = Promise.withResolvers<void>()
    const reading = database.transaction('r', ['meta'], async () => {
      await database.meta.get('floor')
      begun.resolve()
      await busy(database)
    })
    await begun.promise
    leave()
    await expect(reading).rejects.toThrow(Dexie.AbortError)
    await database.meta.put({ key: 'seen', value: 1 })
    expect((await database.meta.get('seen'))?.value).toBe(1)
  })

  test('does its own writing once more when it is back', async () => {
    const { database, leave } = await open()
    const begun = Promise.withResolvers<void>()
    let turns = 0
    const write = () =>
      writing(database, ['records'], async () => {
        await database.meta.put({ key: 'seen', value: ++turns })
        if (turns > 1) return
        begun.resolve()
        await busy(database)
      })
    const written = persisting(
      database,
      async () => {},
      () => true,
      async () => write(),
    )
    await begun.promise
    leave()
    await written
    expect((await database.meta.get('seen'))?.value).toBe(2)
  })
})
