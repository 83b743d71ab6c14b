import { afterEach, beforeEach, expect, test } from 'vitest'
import { activity } from '#domain/records/activity.ts'
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
