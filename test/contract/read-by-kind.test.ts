import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { FieldSet } from '#domain/change.ts'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'
import { type KnownKind, recordKinds } from '#domain/records/index.ts'
import { onTablet, type Role, roles } from '#domain/roles.ts'
import { namedReach } from '#server/log/reach.ts'
import { on } from '#test/support/on.ts'
import { activityFields, beginProvince, makeId, makeTablet, type TestProvince } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

/** Who reads which kind, written down a second time: a new kind must be added here before this passes. */
const insiders: readonly Role[] = ['officer', 'trainer', 'supervisor', 'desk', 'administrator']
const readBy: Readonly<Record<KnownKind, readonly Role[]>> = {
  place: roles,
  'code-list': roles,
  curriculum: roles,
  person: insiders,
  staff: insiders,
  'training-session': insiders,
  attendance: insiders,
  activity: insiders,
  question: insiders,
  decision: insiders,
  complaint: ['desk'],
  case: ['desk'],
  key: ['administrator'],
  tablet: ['administrator'],
}

const seal = { one: { on: true, envelope: 'c2VhbGVk', size: 6 } }

/** One record of every kind, at this place or under a record that is. */
const oneOfEach = async ({ own, staff }: TestProvince, place: RecordId): Promise<Record<KnownKind, string>> => {
  const session = await own('training-session', { place, heldOn: '2026-11-02' })
  const pupil = await own('person', { place, givenName: 'ใบบุญสมมติ' })
  const talk = await own('activity', activityFields(place))
  const sealed = await own('complaint', { desk: 'main', receivedOn: '2026-11-02', parts: seal })
  const about = (more: FieldSet): FieldSet => ({ about: talk, ...more })
  return {
    place,
    'training-session': session,
    person: pupil,
    activity: talk,
    complaint: sealed,
    staff: await staff(['officer'], [place]),
    attendance: await own('attendance', { session, person: pupil }),
    case: await own('case', { complaint: sealed, state: 'received' }),
    question: await own('question', about({ text: 'ถามสมมติ' })),
    decision: await own('decision', about({ verdict: 'approved', seen: 1 })),
    'code-list': await own('code-list', { name: 'listOfTest' }),
    curriculum: await own('curriculum', { name: 'หลักสูตรสมมติ', thresholdMinutes: 180 }),
    tablet: await own('tablet', { name: 'แท็บเล็ตสมมติ' }),
    key: await own('key', { person: makeId(), device: makeId(), public: 'AA', proof: 'AA' }),
  }
}

onBothDatabases('Reading by kind', ({ store }) => {
  let province: TestProvince
  let here: RecordId
  let made: Record<KnownKind, string>
  beforeAll(async () => {
    province = await beginProvince(store())
    here = await province.place('โรงเรียนสมมติ')
    made = await oneOfEach(province, here)
  })

  const nameOf = (id: string) => Object.entries(made).find(([, one]) => one === id)?.[0]
  const kindsIn = (ids: readonly string[]) => ids.flatMap((id) => nameOf(id) ?? []).sort()
  const tabletOf = async (held: readonly Role[], places: readonly string[] = [here]) => {
    const person = (await province.staff(held, places)) as StaffId
    return { person, tablet: await makeTablet(store(), province, person) }
  }
  const expected = (...held: readonly Role[]) =>
    recordKinds
      .map(({ kind }) => kind)
      .filter((kind) => readBy[kind].some((role) => held.includes(role)))
      .sort()

  test('every kind says who reads it', () => {
    expect(Object.keys(readBy).sort()).toEqual(recordKinds.map(({ kind }) => kind as string).sort())
  })

  test.each(roles)('%s is sent the kinds that the role reads, and no others', async (role) => {
    const { tablet } = await tabletOf([role])
    expect(kindsIn((await tablet.readAll()).records.map(({ id }) => id))).toEqual(expected(role))
  })

  test('an observer of the whole province reads no more than one of a place, and of the staff herself', async () => {
    const { tablet, person } = await tabletOf(['observer'])
    await province.own('staff', { wholeProvince: true }, person)
    const { records } = await tablet.readAll()
    expect(kindsIn(records.map(({ id }) => id))).toEqual(expected('observer'))
    expect(records.filter(({ kind }) => kind === 'staff').map(({ id }) => id)).toEqual([person])
  })

  test('somebody with two roles reads what either reads', async () => {
    const { tablet } = await tabletOf(['observer', 'officer'])
    expect(kindsIn((await tablet.readAll()).records.map(({ id }) => id))).toEqual(expected('officer', 'observer'))
  })

  describe('a role', () => {
    test('that is taken away takes its kinds from the tablet, and leaves who they are', async () => {
      const { tablet, person } = await tabletOf(['officer', 'observer'])
      await tablet.readAll()
      await province.own('staff', { roles: { officer: { on: false } } }, person)
      const { gone, records } = await tablet.readAll()
      const lost = expected('officer').filter((kind) => !readBy[kind].includes('observer'))
      expect(kindsIn(gone)).toEqual(lost)
      expect(gone).not.toContain(person)
      expect(records.map(({ id }) => id)).toEqual([person])
      expect((await tablet.readAll()).gone).toEqual([])
    })

    test('that is given brings its kinds whole, however small the pages', async () => {
      const { tablet, person } = await tabletOf(['observer'])
      await tablet.readAll()
      await province.own('staff', { roles: on('officer') }, person)
      const { records, answers } = await tablet.readAll({ room: 900 })
      expect(answers.length).toBeGreaterThan(2)
      expect(kindsIn(records.map(({ id }) => id))).toEqual(expected('officer'))
      for (const { id, writes } of records) expect(writes).toEqual((await province.records()).get(id)!.state.writes)
    })
  })

  test('a record that moves from place to place is never told to who does not read its kind', async () => {
    const there = await province.place('วัดสมมติ')
    const { tablet } = await tabletOf(['observer'], [here, there])
    const moving = await province.own('activity', activityFields(here))
    await tablet.readAll()
    await province.own('activity', { place: there }, moving)
    expect(await tablet.readAll()).toMatchObject({ gone: [], records: [] })
  })

  test('the reach of before this was declared is another now: what it had let through leaves the tablet', async () => {
    const { tablet, person } = await tabletOf(['observer'])
    const keys = ['*', `?${person}`, here].sort()
    const old = JSON.stringify({ everyPlace: false, keys })
    const row = { province: province.id, staff: person, version: 1, reach: old, since_seq: 0 }
    await store().transaction(({ db }) => db.insertInto('reaches').values(row).execute())
    const { epoch, seq } = (await tablet.send([], { readsAs: null })).receipt.receipt
    const mark = createHash('sha256').update(old).digest('base64url').slice(0, 6)
    tablet.cursor = { epoch, seq, scope: `${person}.1.${mark}` }
    const { gone } = await tablet.readAll()
    const letThrough = expected('officer', 'administrator')
    expect(kindsIn(gone)).toEqual(letThrough.filter((kind) => !readBy[kind].includes('observer')))
    expect(gone).not.toContain(person)
  })

  test('a tablet that is for some places has a reach of its own, and two of them do not disturb one another', async () => {
    const there = await province.place('ศาลาสมมติ')
    const standing = { staff: makeId() as string, roles: ['officer'] as const, places: [here, there] }
    const name = async (ceiling: readonly string[] | null) =>
      (await namedReach(store(), province.id, onTablet(standing, ceiling))).name
    const names = [await name([here]), await name([there]), await name(null)]
    expect(new Set(names).size).toBe(3)
    expect([await name([here]), await name([there]), await name(null)]).toEqual(names)
    const rows = await store().db.selectFrom('reaches').select('version').where('staff', '=', standing.staff).execute()
    expect(rows).toHaveLength(3)
  })
})
