import { expect, test } from 'vitest'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'
import type { Role } from '#domain/roles.ts'
import { enrolOn } from '#test/support/enrolling.ts'
import { activityFields, beginProvince, makeId, makeTablet, type TestTablet } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

// A tablet is a ceiling (docs/authority.md, A5): what is written on it, signed or not.

onBothDatabases('What a tablet is for', ({ store }) => {
  const begin = async (...roles: readonly Role[]) => {
    const province = await beginProvince(store())
    const [school, temple] = [await province.place('โรงเรียนสมมติ'), await province.place('วัดสมมติ')]
    const person = (await province.staff(roles, [school, temple])) as StaffId
    const tablet = await makeTablet(store(), province, person)
    const at = () => ({ province: province.id, now: province.clock.now, author: province.admin })
    const isFor = (places: readonly RecordId[], admits: readonly StaffId[] = [person]) =>
      enrolOn(store(), at(), tablet.device, { places, admits })
    return { province, school, temple, person, tablet, isFor }
  }
  const codes = (answer: { results: readonly { code: string }[] }) => answer.results.map(({ code }) => code)
  const atPlace = (tablet: TestTablet, place: RecordId, record: RecordId = makeId()) =>
    tablet.change(record, 'activity', activityFields(place))

  test('bounds what an officer writes there, wherever else they work', async () => {
    const { school, temple, tablet, isFor } = await begin('officer')
    await isFor([school])
    const lines = [atPlace(tablet, school), atPlace(tablet, temple)]
    expect((await tablet.send(lines)).results).toMatchObject([{ n: 2, code: 'place-not-of-this-tablet' }])
  })

  test('bounds what a signature says there as well', async () => {
    const { school, temple, tablet, isFor } = await begin('supervisor', 'officer')
    await isFor([school])
    expect(codes(await tablet.send([atPlace(tablet, school), atPlace(tablet, temple)]))).toEqual([
      'place-not-of-this-tablet',
    ])
  })

  test('bounds both where a record is and where a line would bring it', async () => {
    const { school, temple, tablet, isFor } = await begin('officer')
    await tablet.readAll()
    const [here, there] = [makeId(), makeId()]
    await tablet.send([atPlace(tablet, school, here), atPlace(tablet, temple, there)])
    await isFor([school])
    const away = tablet.change(here, 'activity', { place: temple }, tablet.base())
    const home = tablet.change(there, 'activity', { place: school }, tablet.base())
    expect(codes(await tablet.send([away, home]))).toEqual(['place-not-of-this-tablet', 'place-not-of-this-tablet'])
  })

  test('bounds nothing that belongs to no place', async () => {
    const { school, tablet, isFor } = await begin('supervisor')
    await isFor([school])
    const fair = tablet.change(makeId(), 'place', { name: 'ศาลาสมมติ', type: 'temple' })
    expect(codes(await tablet.send([fair]))).toEqual([])
  })

  test('lets go what it has held once an administrator has widened it, and nothing before', async () => {
    const { school, temple, province, tablet, isFor } = await begin('officer')
    await isFor([school])
    const record = makeId()
    const line = atPlace(tablet, temple, record)
    expect(codes(await tablet.send([line]))).toEqual(['place-not-of-this-tablet'])
    expect(codes(await tablet.send([line]))).toEqual(['place-not-of-this-tablet'])
    const admin = await makeTablet(store(), province, province.admin)
    await admin.readAll()
    const tabletRecord = [...(await province.records()).values()].find(
      ({ state }) => state.kind === 'tablet' && JSON.stringify(state.writes).includes(tablet.device),
    )!
    const wider = { places: { [temple]: { on: true } } }
    const word = admin.change(tabletRecord.id as RecordId, 'tablet', wider, admin.base())
    expect(codes(await admin.send([word]))).toEqual([])
    expect((await province.records()).has(record)).toBe(true)
    expect(codes(await tablet.send([line]))).toEqual([])
  })

  test('takes nothing in the name of somebody with a guarded role whom it does not admit, until it does', async () => {
    const { school, temple, person, province, tablet, isFor } = await begin('supervisor', 'officer')
    const stranger = (await province.staff(['supervisor'], [school])) as StaffId
    await isFor([school, temple], [stranger])
    const everybody = await province.records()
    const record = [...everybody.values()].find(({ state }) => state.kind === 'tablet')!.id as RecordId
    await province.own('tablet', { admits: { [person]: { on: false } } }, record)
    const line = atPlace(tablet, school)
    expect(codes(await tablet.send([line]))).toEqual(['not-admitted'])
    const admin = await makeTablet(store(), province, province.admin)
    await admin.readAll()
    const word = admin.change(record, 'tablet', { admits: { [person]: { on: true } } }, admin.base())
    expect(codes(await admin.send([word]))).toEqual([])
    expect(codes(await tablet.send([line]))).toEqual([])
  })

  test('a tablet that nobody has enrolled admits nobody', async () => {
    const { school, tablet } = await begin('supervisor', 'officer')
    await store().transaction(({ db }) =>
      db.updateTable('devices').set({ tablet: null }).where('id', '=', tablet.device).execute(),
    )
    expect(codes(await tablet.send([atPlace(tablet, school)]))).toEqual(['not-admitted'])
  })

  test('is an administrator’s word with their signature: no officer, supervisor or tablet says it', async () => {
    const { province, school, tablet } = await begin('officer')
    const boss = (await province.staff(['supervisor'], [school])) as StaffId
    const office = await makeTablet(store(), province, boss)
    const admin = await makeTablet(store(), province, province.admin)
    const word = { name: 'แท็บเล็ตสมมติ', wholeProvince: true, admits: { [boss]: { on: true } } }
    expect(codes(await tablet.send([tablet.change(makeId(), 'tablet', word)]))).toEqual(['role-may-not-write'])
    expect(codes(await office.send([office.change(makeId(), 'tablet', word)]))).toEqual(['role-may-not-write'])
    admin.signs = false
    expect(codes(await admin.send([admin.change(makeId(), 'tablet', word)]))).toEqual(['needs-the-person'])
    admin.signs = true
    expect(codes(await admin.send([admin.change(makeId(), 'tablet', word)]))).toEqual([])
    // which device it is, the server alone says
    const claimed = { ...word, device: tablet.device }
    expect(codes(await admin.send([admin.change(makeId(), 'tablet', claimed)]))).toEqual(['role-may-not-write'])
  })

  test('a word that has not seen the last one does not undo it', async () => {
    const { province } = await begin('officer')
    const [one, other] = [
      await makeTablet(store(), province, province.admin),
      await makeTablet(store(), province, province.admin),
    ]
    const record = makeId()
    await one.send([one.change(record, 'tablet', { name: 'แท็บเล็ตสมมติ', wholeProvince: true })])
    await other.readAll()
    await one.readAll()
    const narrowed = one.change(record, 'tablet', { wholeProvince: false }, one.base())
    expect(codes(await one.send([narrowed]))).toEqual([])
    const late = other.change(record, 'tablet', { wholeProvince: true }, other.base())
    expect(codes(await other.send([late]))).toEqual(['changed-meanwhile'])
  })

  test('what it alters stands in the access log', async () => {
    const { province } = await begin('officer')
    const admin = await makeTablet(store(), province, province.admin)
    const record = makeId()
    await admin.send([admin.change(record, 'tablet', { name: 'แท็บเล็ตสมมติ' })])
    const rows = await store()
      .db.selectFrom('access_log')
      .selectAll()
      .where('province', '=', province.id)
      .where('subject', '=', record)
      .execute()
    expect(rows).toMatchObject([{ act: 'altered-rights', staff: province.admin, device: admin.device }])
  })
})
