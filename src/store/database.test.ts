import { Dexie } from 'dexie'
import { describe, expect, test } from 'vitest'
import { activity } from '#domain/records/activity.ts'
import { newActivity, numberOf } from '#test/support/edits.ts'
import { makeTablet } from '#test/support/tablet.ts'
import { FloorError, persisting } from './database.ts'

const lost = () => new DOMException('Connection to Indexed Database server lost. Refresh the page', 'UnknownError')

describe('a connection that the browser drops (fault 20)', () => {
  const attempt = async (failures: unknown[], mayReopen = true) => {
    const { database } = await makeTablet().ports()
    const pauses: number[] = []
    const wait = async (ms: number) => void pauses.push(ms)
    const work = async () => {
      const failure = failures.shift()
      if (failure) throw failure
      return 'done'
    }
    return { result: persisting(database, wait, () => mayReopen, work), database, pauses }
  }

  test('is opened again, and the same work is done once more', async () => {
    const { result, database, pauses } = await attempt([lost(), lost()])
    expect(await result).toBe('done')
    expect(pauses).toEqual([50, 200])
    expect(database.isOpen()).toBe(true)
  })

  test('also when Dexie wraps it', async () => {
    const { result } = await attempt([new Dexie.AbortError('aborted', lost())])
    expect(await result).toBe('done')
  })

  test('is given up in the end', async () => {
    const { result } = await attempt(Array.from({ length: 9 }, lost))
    await expect(result).rejects.toThrow('lost')
  })

  test('another fault is not tried again', async () => {
    const { result, pauses } = await attempt([new Error('a fault of ours')])
    await expect(result).rejects.toThrow('a fault of ours')
    expect(pauses).toEqual([])
  })

  test('a tab that has stopped does not open it again', async () => {
    const { result } = await attempt([lost()], false)
    await expect(result).rejects.toBeInstanceOf(FloorError)
  })
})

describe('a newer version of the program in another tab (faults 11, 12)', () => {
  test('the old tab lets it through, says that it is outdated, and refuses to save', async () => {
    const tablet = makeTablet()
    const old = await tablet.open()
    await old.save(newActivity())
    await old.records(activity)
    const { database: newer } = await tablet.ports()
    newer.version(3).stores({ records: 'id, kind, [kind+day], [kind+place], [kind+parent], seq' })
    await newer.open()
    await expect.poll(() => old.outdated.value).toBe(true)
    expect(await numberOf(old, newActivity())).toBe('app-outdated')
    expect(await newer.table('records').count()).toBe(1)
  })
})
