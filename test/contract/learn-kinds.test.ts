import { expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import { learnKinds } from '#server/log/learn-kinds.ts'
import { activityFields, beginProvince, makeId, makeTablet } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

onBothDatabases('Law 9: a program that learned a kind', ({ store }) => {
  const begin = async () => {
    const province = await beginProvince(store())
    const place = await province.place('โรงเรียนสมมติ')
    const officer = (await province.staff(['officer'], [place])) as StaffId
    const tablet = await makeTablet(store(), province, officer)
    await learnKinds(store(), province.clock.now)
    const record = makeId()
    await tablet.send([tablet.change(record, 'activity', activityFields(place, { outcome: 'ตกลงกันได้' }))])
    return { province, place, tablet, record }
  }
  /** As if the last program had known another declaration of activities. */
  const forget = (province: string) =>
    store().transaction(({ db }) =>
      db
        .updateTable('settings')
        .set({ value: '{}' })
        .where('province', '=', province)
        .where('name', '=', 'kinds')
        .execute(),
    )

  test('folds its records again from the log', async () => {
    const { province, record } = await begin()
    const before = (await province.records()).get(record)!
    await store().transaction(({ db }) =>
      db
        .updateTable('records')
        .set({ body: JSON.stringify({ ...before.state, writes: [] }) })
        .where('id', '=', record)
        .execute(),
    )
    expect(await learnKinds(store(), province.clock.now)).toEqual([])
    expect((await province.records()).get(record)!.state.writes).toEqual([])
    await forget(province.id)
    expect(await learnKinds(store(), province.clock.now)).toContain('activity')
    expect((await province.records()).get(record)!.state).toEqual(before.state)
    expect(await learnKinds(store(), province.clock.now)).toEqual([])
  })

  test('judges again what was held because nobody knew its kind', async () => {
    const { province, place, tablet } = await begin()
    const record = makeId()
    const line = tablet.change(record, 'no-such-kind', activityFields(place))
    expect((await tablet.send([line])).results).toMatchObject([{ code: 'unknown-kind' }])
    // the kind is declared by a later program: here the held line itself is made to name a kind that is known
    await store().transaction(({ db }) =>
      db
        .updateTable('held')
        .set({ line: line.replace('"no-such-kind"', '"activity"') })
        .where('province', '=', province.id)
        .execute(),
    )
    await forget(province.id)
    await learnKinds(store(), province.clock.now)
    expect((await province.records()).has(record)).toBe(true)
  })
})
