import { describe, expect, test } from 'vitest'
import { activity } from '#domain/records/activity.ts'
import { newActivity, numberOf, officer, school } from '#test/support/edits.ts'
import { makeTablet } from '#test/support/tablet.ts'
import type { Store } from './store.ts'

const lineOf = async (store: Store, n: number) => JSON.parse((await store.exchange.lines([n])).get(n)!.line)

describe('saving on this tablet', () => {
  test('what was saved is there at once, and waits to be sent', async () => {
    const store = await makeTablet().open()
    const edit = newActivity()
    expect(await store.save(edit)).toEqual({ ok: true, value: { n: 1, record: edit.record } })
    const view = await store.record<typeof activity>(edit.record)
    expect(view).toMatchObject({ values: { from15Female: 12 }, safety: 'tablet', seq: 0, waiting: [1] })
    expect(await store.exchange.queue()).toHaveLength(1)
  })

  test('a change holds only what was altered, the author, and what the person had seen', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const edit = newActivity()
    await store.save(edit)
    const { base } = (await store.record(edit.record))!
    await store.save({ ...edit, base, set: { from15Female: 13 } })
    await store.record(edit.record)
    expect(await lineOf(store, 1)).not.toHaveProperty('base')
    expect(await lineOf(store, 2)).toEqual({
      n: 2,
      author: officer,
      at: tablet.now,
      seen: 0,
      kind: 'activity',
      v: 1,
      record: edit.record,
      base: { epoch: base.epoch, seq: 0 },
      set: { from15Female: 13 },
    })
  })

  test('several changes go in one flush', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const saved = await store.saveAll(Array.from({ length: 40 }, () => newActivity()))
    expect(saved.ok && saved.value.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    expect(await store.records(activity)).toHaveLength(40)
  })

  test('all that is wrong is said, by field, and nothing is saved', async () => {
    const store = await makeTablet().open()
    const wrong = newActivity({ set: { node: 'school', heldOn: '2569-11-23', from15Female: -1, place: school } })
    const saved = await store.saveAll([newActivity(), wrong])
    expect(saved).toMatchObject({ ok: false, failure: { at: 1, failure: { code: 'invalid-value', field: 'heldOn' } } })
    expect(saved.ok || saved.failure.fields.map(({ code, field }) => `${field} ${code}`)).toEqual([
      'heldOn invalid-value',
      'from15Female invalid-value',
      'type missing-field',
    ])
    expect(await store.records(activity)).toEqual([])
  })

  test('the same draft saved again is the same change, also after a crash', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const edit = newActivity({ key: 'draft 1' })
    const [first, again] = await Promise.all([store.save(edit), store.save(edit)])
    expect(again).toEqual(first)
    store.close()
    tablet.disk.journal.crash()
    expect(await (await tablet.open()).save(edit)).toEqual(first)
  })

  test('a draft that was altered after it was saved is another change, also after a crash', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    const edit = newActivity({ key: 'draft 1' })
    const altered = { ...edit, set: { ...edit.set, from15Female: 99 } }
    expect(await numberOf(store, edit)).toBe(1)
    expect(await numberOf(store, altered)).toBe(2)
    expect(await numberOf(store, altered)).toBe(2)
    store.close()
    tablet.disk.journal.crash()
    const next = await tablet.open()
    expect(await numberOf(next, altered)).toBe(2)
    expect(await numberOf(next, { ...edit, set: { ...edit.set, from15Female: 7 } })).toBe(3)
    expect((await next.record<typeof activity>(edit.record))!.values.from15Female).toBe(7)
    expect(await next.exchange.queue()).toHaveLength(3)
  })

  test('a later change never claims to have seen less than an earlier one of this tablet to the record', async () => {
    const store = await makeTablet().open()
    const edit = newActivity()
    const base = (seq: number) => ({ epoch: 'e', seq })
    for (const seq of [4, 9, 5]) await store.save({ ...edit, base: base(seq), set: { from15Male: seq } })
    await store.record(edit.record)
    expect((await lineOf(store, 3)).base).toEqual(base(9))
    await store.saveAll([11, 10].map((seq) => ({ ...edit, base: base(seq), set: { from15Male: seq } })))
    await store.record(edit.record)
    expect((await lineOf(store, 5)).base).toEqual(base(11))
  })

  test('a full tablet says so, keeps what it has, and saves again once there is room', async () => {
    const tablet = makeTablet()
    const store = await tablet.open()
    await store.save(newActivity())
    tablet.disk.journal.fillUp(true)
    expect(await numberOf(store, newActivity())).toBe('tablet-full')
    tablet.disk.journal.fillUp(false)
    expect(await numberOf(store, newActivity())).toBe(3)
    expect(await store.records(activity)).toHaveLength(2)
  })

  test('older code refuses to write where a later version has written', async () => {
    const tablet = makeTablet()
    const { database } = await tablet.ports()
    const store = await tablet.open()
    await database.open()
    await database.meta.put({ key: 'floor', value: 99 })
    expect(await numberOf(store, newActivity())).toBe('app-outdated')
  })
})
