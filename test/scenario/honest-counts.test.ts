import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anActivity, beginField, type Worker } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'

let server: Awaited<ReturnType<typeof temporaryStore>>
let somchai: Worker
let school: string
beforeEach(async () => {
  server = await temporaryStore()
  const field = await beginField(() => server.store)
  school = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
})
afterEach(() => server.end())

test('a save that meets an answer on its way into IndexedDB is counted as waiting all along', async () => {
  const { locks } = await somchai.tablet.ports()
  const stop = somchai.store.counts.subscribe(() => undefined)
  await somchai.store.save(anActivity(somchai, school))
  await expect.poll(() => somchai.store.counts.peek().waiting).toBe(1)

  // the answer waits for the rows, then the test does, then the second save
  const [first, second] = [gate(), gate()]
  const held = locks.exclusive('bowon-rows', () => first.passed)
  const asked = vi.spyOn(locks, 'exclusive')
  const syncing = somchai.sync()
  await expect.poll(() => asked.mock.calls.some(([name]) => name === 'bowon-rows')).toBe(true)
  const between = locks.exclusive('bowon-rows', () => second.passed)
  expect(await somchai.store.save(anActivity(somchai, school))).toMatchObject({ ok: true })
  first.open()
  await expect.poll(() => somchai.store.counts.peek().safe).toBe(1)
  expect(somchai.store.counts.peek().waiting).toBe(1)

  second.open()
  await Promise.all([held, between, syncing])
  await expect.poll(() => somchai.store.counts.peek()).toMatchObject({ safe: 2, waiting: 0 })
  stop()
})

const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}
