import { describe, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { attendance } from '#domain/records/attendance.ts'
import { newActivity, school, someId } from '#test/support/edits.ts'
import { makeTablet } from '#test/support/tablet.ts'
import type { Store } from './store.ts'

describe('reading', () => {
  const on = (heldOn: string, place = school) =>
    newActivity({ set: { node: 'school', type: 'talk', place, heldOn, from15Female: 1 } })

  test('by day, by place, both, and the newest first', async () => {
    const store = await makeTablet().open()
    const temple = someId()
    await store.saveAll([on('2026-11-01'), on('2026-11-03'), on('2026-11-02', temple), on('2026-10-31', temple)])
    const days = async (where: Parameters<Store['records']>[1]) =>
      (await store.records(activity, where)).map(({ values }) => values.heldOn)
    expect(await days({})).toEqual(['2026-11-03', '2026-11-02', '2026-11-01', '2026-10-31'])
    expect(await days({ from: '2026-11-01', to: '2026-11-02' })).toEqual(['2026-11-02', '2026-11-01'])
    expect(await days({ day: '2026-11-03' })).toEqual(['2026-11-03'])
    expect(await days({ place: temple })).toEqual(['2026-11-02', '2026-10-31'])
    expect(await days({ place: temple, from: '2026-11-01' })).toEqual(['2026-11-02'])
    expect(await days({ limit: 2 })).toEqual(['2026-11-03', '2026-11-02'])
  })

  test('what belongs to a session is found by its parent', async () => {
    const store = await makeTablet().open()
    const [session, other] = [someId(), someId()]
    const tap = (parent: RecordId) => ({
      ...newActivity(),
      kind: 'attendance',
      set: { session: parent, person: someId() },
    })
    await store.saveAll([tap(session), tap(session), tap(other)])
    expect(await store.records(attendance, { parent: session })).toHaveLength(2)
  })

  test('withdrawn records are left out unless they are asked for', async () => {
    const store = await makeTablet().open()
    const edit = newActivity()
    await store.save(edit)
    const { base } = (await store.record(edit.record))!
    await store.save({ ...edit, base, set: { withdrawn: { reason: 'entered twice' } } })
    expect(await store.records(activity)).toEqual([])
    expect(await store.records(activity, { withdrawn: true })).toHaveLength(1)
  })

  test('a live list follows what is saved, and is one signal for one question', async () => {
    const store = await makeTablet().open()
    const list = store.live(activity, { day: '2026-11-23' })
    expect(store.live(activity, { day: '2026-11-23' })).toBe(list)
    const seen: (number | undefined)[] = []
    const stop = list.subscribe((views) => seen.push(views?.length))
    await expect.poll(() => seen.at(-1)).toBe(0)
    await store.save(newActivity())
    await expect.poll(() => seen.at(-1)).toBe(1)
    stop()
    await store.save(newActivity())
    await store.records(activity)
    expect(seen.at(-1)).toBe(1)
  })

  test('a record that was not touched is not decoded again, one that was is read anew', async () => {
    const tablet = makeTablet()
    let decoded = 0
    const { codec, ...ports } = await tablet.ports()
    const counting: typeof codec = {
      ...codec,
      decode(bytes) {
        decoded++
        return codec.decode(bytes)
      },
    }
    const store = await tablet.open({ ...ports, codec: counting })
    const edits = [newActivity(), newActivity(), newActivity()]
    await store.saveAll(edits)
    const before = await store.records(activity)
    decoded = 0
    expect(await store.records(activity)).toEqual(before)
    expect(decoded).toBe(0)
    const { base } = before.find(({ id }) => id === edits[1]!.record)!
    await store.save({ ...edits[1]!, base, set: { from15Female: 99 } })
    const after = await store.records(activity)
    expect(after.find(({ id }) => id === edits[1]!.record)?.values.from15Female).toBe(99)
    expect(after.filter((one) => before.includes(one))).toHaveLength(2)
  })

  test('the badge’s counts follow', async () => {
    const store = await makeTablet().open()
    let waiting = -1
    store.counts.subscribe((counts) => {
      waiting = counts.waiting
    })
    await store.saveAll([newActivity(), newActivity()])
    await expect.poll(() => waiting).toBe(2)
  })
})
