import { afterEach, beforeEach, expect, test } from 'vitest'
import { activity } from '#domain/records/activity.ts'
import { dropHeld } from '#server/log/settle-held.ts'
import { anActivity, beginField, type Field } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
beforeEach(async () => {
  server = await temporaryStore()
  field = await beginField(() => server.store)
})
afterEach(() => server.end())

test('Somchai decides that a new record the server held back is not to be sent, and nothing waits any more', async () => {
  const school = await field.province.place('โรงเรียนสมมติ')
  const elsewhere = await field.province.place('วัดสมมติ')
  const somchai = await field.worker(['officer'], [school])
  const edit = { ...anActivity(somchai, elsewhere), key: 'draft 1' }
  await somchai.store.save(edit)
  await somchai.sync()
  expect(await somchai.store.savedAs('draft 1')).toMatchObject({ n: 1, record: edit.record })
  // looked at, so that it is followed
  const stop = somchai.store.held.subscribe(() => undefined)
  await expect.poll(() => somchai.store.held.peek().length).toBe(1)
  const [held] = somchai.store.held.peek()
  expect(held).toMatchObject({ kind: activity.kind, base: null, failure: { code: 'place-not-yours' } })
  const { kind, record, base, n } = held!
  expect(await somchai.store.save({ kind, record, base, set: {}, replaces: n, author: edit.author })).toMatchObject({
    ok: true,
  })
  expect(await somchai.sync()).toMatchObject({ state: 'quiet', progress: { waiting: 0 } })
  const rows = await server.store.db.selectFrom('held').select('state').execute()
  expect(rows).not.toContainEqual({ state: 'held' })
  expect(await somchai.store.exchange.queue()).toEqual([])
  await expect.poll(() => somchai.store.held.peek()).toEqual([])
  stop()
  // and no empty record is left of it
  expect(await somchai.store.record(record)).toBeNull()
  expect(await somchai.store.records(activity)).toEqual([])
  // nothing that stands has come of the draft: saved again, it is a change of its own
  await somchai.restart()
  expect(await somchai.store.savedAs('draft 1')).toBeNull()
  expect(await somchai.store.save(edit)).toMatchObject({ ok: true, value: { n: 3 } })
})

test('what the administrator drops in the moment in which it is held is told as dropped', async () => {
  let store = server.store
  const { province, worker } = await beginField(() => store)
  const [school, elsewhere] = [await province.place('โรงเรียนสมมติ'), await province.place('วัดสมมติ')]
  const somchai = await worker(['officer'], [school])
  const malee = await worker(['officer'], [school])
  const { device } = somchai.store.people.identity.peek()
  const edit = anActivity(somchai, elsewhere)
  await somchai.store.save(edit)
  store = {
    ...server.store,
    async transaction(work) {
      const done = await server.store.transaction(work)
      if (store === server.store) return done
      store = server.store
      const facts = { province: province.id, device, now: province.clock.now }
      expect(await store.transaction((tx) => dropHeld(tx, facts, 1))).toBe(true)
      await malee.store.save(anActivity(malee, school))
      await malee.sync()
      return done
    },
  }
  expect(await somchai.sync()).toMatchObject({ state: 'quiet' })
  const stop = somchai.store.counts.subscribe(() => undefined)
  await expect.poll(() => somchai.store.counts.peek().waiting).toBe(0)
  expect(somchai.store.counts.peek().held).toBe(0)
  stop()
  expect(await somchai.store.record(edit.record)).toBeNull()
})

test('what waited for a change that the administrator dropped, and is held by itself now, says why on its own tablet', async () => {
  const school = await field.province.place('โรงเรียนสมมติ')
  const elsewhere = await field.province.place('วัดสมมติ')
  const somchai = await field.worker(['officer'], [school])
  const { device } = somchai.store.people.identity.peek()
  const first = anActivity(somchai, elsewhere)
  await somchai.store.save(first)
  await somchai.sync()
  await somchai.store.save({ ...first, set: { ...first.set, outcome: 'ต่อ' } })
  await somchai.sync()
  const stop = somchai.store.held.subscribe(() => undefined)
  const reasons = () => somchai.store.held.peek().map(({ n, failure }) => [n, failure.code])
  await expect.poll(reasons).toEqual([
    [1, 'place-not-yours'],
    [2, 'waits-for-held'],
  ])
  const facts = { province: field.province.id, device, now: field.province.clock.now }
  expect(await server.store.transaction((tx) => dropHeld(tx, facts, 1))).toBe(true)
  await somchai.sync()
  await expect.poll(reasons).toEqual([[2, 'place-not-yours']])
  stop()
})
