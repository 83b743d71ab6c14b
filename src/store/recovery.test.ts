import { describe, expect, test } from 'vitest'
import { activity } from '#domain/records/activity.ts'
import { newActivity, numberOf, someId } from '#test/support/edits.ts'
import { makeTablet } from '#test/support/tablet.ts'

describe('the flushed journal entry is the save (law 2)', () => {
  /** Writing to IndexedDB fails until it is healed. */
  const brokenDatabase = async (tablet: ReturnType<typeof makeTablet>) => {
    const { database } = await tablet.ports()
    let broken = false
    database.outbox.hook('creating', () => {
      if (broken) throw new Error('the disk says no')
    })
    const store = await tablet.open({ database })
    return { store, break: (yes: boolean) => (broken = yes) }
  }

  test('when IndexedDB fails the save stands, and comes in with the next one', async () => {
    const tablet = makeTablet()
    const { store, break: breakIt } = await brokenDatabase(tablet)
    breakIt(true)
    expect(await numberOf(store, newActivity())).toBe(1)
    expect(await store.records(activity)).toEqual([])
    breakIt(false)
    expect(await numberOf(store, newActivity())).toBe(2)
    expect(await store.records(activity)).toHaveLength(2)
  })

  test('until then it waits by the count, also beside what another tab has brought in', async () => {
    const tablet = makeTablet()
    const { store, break: breakIt } = await brokenDatabase(tablet)
    const stop = store.counts.subscribe(() => undefined)
    await expect.poll(() => store.counts.peek().waiting).toBe(0)
    breakIt(true)
    expect(await numberOf(store, newActivity())).toBe(1)
    expect(store.counts.peek().waiting).toBe(1)
    const other = await tablet.open()
    expect(await numberOf(other, newActivity())).toBe(2)
    await expect.poll(() => store.counts.peek().waiting).toBe(2)
    stop()
    other.close()
  })

  test('and if the browser dies before that, it comes in at the next start', async () => {
    const tablet = makeTablet()
    const { store, break: breakIt } = await brokenDatabase(tablet)
    breakIt(true)
    await store.save(newActivity())
    store.close()
    tablet.disk.journal.crash()
    const next = await tablet.open()
    expect(next.recovered.peek()).toBeNull()
    expect(await next.records(activity)).toHaveLength(1)
    expect(await numberOf(next, newActivity())).toBe(2)
  })

  test('a draft that is saved again in another tab, because the first died before it could say "saved", is one change', async () => {
    const tablet = makeTablet()
    const { store: dying, break: breakIt } = await brokenDatabase(tablet)
    const edit = newActivity({ key: someId() })
    breakIt(true)
    await dying.save(edit)
    const living = await tablet.open()
    expect(await numberOf(living, edit)).toBe(2)
    dying.close()
    living.close()
    for (let start = 0; start < 2; start++) {
      tablet.disk.journal.crash()
      const next = await tablet.open()
      expect((await next.exchange.queue()).map(({ n }) => n)).toEqual([2])
      expect((await next.record(edit.record))!.waiting).toEqual([2])
      let waiting = 0
      const stop = next.counts.subscribe((counts) => {
        waiting = counts.waiting
      })
      await expect.poll(() => waiting).toBe(1)
      stop()
      // long acknowledged, and let go: nobody remembers the draft's key
      await next.core.database.keys.clear()
      next.close()
    }
    tablet.disk.journal.crash()
    tablet.eraseDatabase()
    const rebuilt = await tablet.open()
    expect((await rebuilt.exchange.queue()).map(({ n }) => n)).toEqual([2])
  })

  test('of a draft that was altered before it was saved again the later save counts, whichever comes in first', async () => {
    const tablet = makeTablet()
    const { store: dying, break: breakIt } = await brokenDatabase(tablet)
    const edit = newActivity({ key: someId() })
    breakIt(true)
    await dying.save(edit)
    const { store: living, break: breakThat } = await brokenDatabase(tablet)
    breakThat(true)
    await living.save({ ...edit, set: { ...edit.set, from15Female: 99 } })
    dying.close()
    living.close()
    const [first, second] = [...tablet.disk.journal.flushed].filter(([, { length }]) => length > 0)
    for (const [early, late] of [
      [first!, second!],
      [second!, first!],
    ] as const) {
      tablet.disk.journal.crash()
      tablet.eraseDatabase()
      tablet.disk.journal.flushed.clear()
      for (const [name, bytes] of [early, late]) {
        tablet.disk.journal.flushed.set(name, bytes)
        ;(await tablet.open()).close()
        tablet.disk.journal.crash()
      }
      const next = await tablet.open()
      expect((await next.record<typeof activity>(edit.record))!.values.from15Female).toBe(99)
      next.close()
    }
  })

  test('what a tab left that died and is not opened again comes in with an exchange of the tab beside it', async () => {
    const tablet = makeTablet()
    const living = await tablet.open()
    const { store: dying, break: breakIt } = await brokenDatabase(tablet)
    breakIt(true)
    expect(await numberOf(dying, newActivity())).toBe(1)
    dying.close()
    tablet.disk.journal.crash()
    expect(await living.exchange.queue()).toEqual([])
    await living.exchange.prune()
    expect((await living.exchange.queue()).map(({ n }) => n)).toEqual([1])
  })

  test('an erased IndexedDB is rebuilt, the counter goes on, and the person is told', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    for (let count = 0; count < 3; count++) await store.save(newActivity())
    const { device } = store.people.identity.peek()
    store.close()
    tablet.disk.journal.crash()
    tablet.eraseDatabase()
    const next = await tablet.open()
    expect(next.recovered.peek()).toEqual({ changes: 3 })
    expect(next.people.identity.peek().device).toBe(device)
    expect(await next.records(activity)).toHaveLength(3)
    expect(await numberOf(next, newActivity())).toBe(4)
  })

  test('a draft that came back to its first words is three changes, also in a rebuilt IndexedDB', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const first = newActivity({ key: someId() })
    const altered = { ...first, set: { ...first.set, from15Female: 40 } }
    for (const edit of [first, altered, first]) await numberOf(store, edit)
    store.close()
    tablet.disk.journal.crash()
    tablet.eraseDatabase()
    const next = await tablet.open()
    expect((await next.exchange.queue()).map(({ n }) => n)).toEqual([1, 2, 3])
  })

  test('a deleted journal is written again from what still has to be sent', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.save(newActivity())
    await store.record(someId())
    store.close()
    for (const folder of Object.values(tablet.disk)) {
      folder.crash()
      folder.flushed.clear()
    }
    const again = await tablet.open()
    again.close()
    tablet.disk.journal.crash()
    tablet.eraseDatabase()
    expect(await (await tablet.open()).records(activity)).toHaveLength(1)
  })

  test('a tablet on which everything was erased is a new tablet', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const { device } = store.people.identity.peek()
    store.close()
    for (const folder of Object.values(tablet.disk)) {
      folder.crash()
      folder.flushed.clear()
    }
    tablet.eraseDatabase()
    const next = await tablet.open()
    expect(next.people.identity.peek().device).not.toBe(device)
    expect(next.recovered.peek()).toBeNull()
  })

  test('without OPFS the save is the transaction, and the screen can tell', async () => {
    const tablet = makeTablet({ journal: false })
    const store = await tablet.open()
    expect(store.journalKind).toBe('none')
    await store.save(newActivity())
    await store.draft('d').keep({ words: 'half' })
    store.close()
    const next = await tablet.open()
    expect(await next.records(activity)).toHaveLength(1)
    expect(await next.draft('d').load()).toEqual({ words: 'half' })
    expect(await numberOf(next, newActivity())).toBe(2)
  })

  test('without OPFS a failing transaction is a failed save, and the number is not used again', async () => {
    const tablet = makeTablet({ journal: false })
    const { store, break: breakIt } = await brokenDatabase(tablet)
    const edit = newActivity({ key: someId() })
    breakIt(true)
    await expect(store.save(edit)).rejects.toThrow('the disk says no')
    breakIt(false)
    expect(await numberOf(store, edit)).toBe(2)
    expect(await store.records(activity)).toHaveLength(1)
  })
})
