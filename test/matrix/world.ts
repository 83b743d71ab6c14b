import type { FieldSet } from '#domain/change.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { Store } from '#server/db/connect.ts'
import { appendOwn, type OwnChange } from '#server/log/own.ts'
import { enrolOn } from '#test/support/enrolling.ts'
import { on } from '#test/support/on.ts'
import { activityFields, beginProvince, makeId, makeTablet } from '#test/support/province.ts'
import { makeKey, type TestKey } from '#test/support/signing.ts'
import { type Author, authors, type Proof, type TabletState, tabletStates } from './rules.ts'

/** Where signing in and out, and the end of a key, divide the numbers of a tablet. */
export const divide = 500_000

/** How the proof of a cell comes about: which tablet sends it, before or after the divide, and signed with what. */
interface Recipe {
  readonly on: TabletName
  readonly isLate?: true
  readonly key?: KeyName
  readonly spoiled?: 'altered' | 'another line' | 'another tablet' | 'another province'
}
export const recipes: Readonly<Record<Proof, Recipe>> = {
  'signed in': { on: 'signed in' },
  'never signed in': { on: 'nobody' },
  'signed out before this n': { on: 'signed out', isLate: true },
  'signed out after this n': { on: 'signed out' },
  signature: { on: 'signed in', key: 'open' },
  'signature, never signed in': { on: 'nobody', key: 'open' },
  'key ended after this n': { on: 'signed in', key: 'ended' },
  'key ended before this n': { on: 'signed in', key: 'ended', isLate: true },
  'key cut': { on: 'signed in', key: 'cut' },
  'key cut that had ended after this n': { on: 'signed in', key: 'ended and cut' },
  'unknown key': { on: 'signed in', key: 'unknown' },
  'key of another person': { on: 'signed in', key: 'of a colleague' },
  'key of another tablet': { on: 'signed in', key: 'elsewhere' },
  'line of another tablet': { on: 'signed in', key: 'elsewhere', spoiled: 'another tablet' },
  'altered signature': { on: 'signed in', key: 'open', spoiled: 'altered' },
  'signature of another line': { on: 'signed in', key: 'open', spoiled: 'another line' },
  'signature for another province': { on: 'signed in', key: 'open', spoiled: 'another province' },
}

type TabletName = 'signed in' | 'nobody' | 'signed out'
type KeyName = 'open' | 'ended' | 'cut' | 'ended and cut' | 'unknown' | 'of a colleague' | 'elsewhere'

const fateOf: Readonly<Partial<Record<KeyName, FieldSet>>> = {
  open: {},
  ended: { endedAt: divide },
  cut: { cut: true },
  'ended and cut': { endedAt: divide, cut: true },
}

export interface Tablet {
  readonly device: DeviceId
  /** Greatest number before, and after, the divide. */
  readonly last: { early: number; late: number }
  keyOf(author: Author, name: KeyName): TestKey
}

/** A province with one of each author, tablets on which they are signed in, were, and never, and places, parents and a prelude's hand. */
export const beginWorld = async (store: Store) => {
  const province = await beginProvince(store)
  const at = { province: province.id, now: province.clock.now }
  const own = (changes: readonly OwnChange[]) => store.transaction((tx) => appendOwn(tx, at, changes))
  const [here, there] = [await province.place('โรงเรียนสมมติ'), await province.place('วัดสมมติ')]
  const session = (place: RecordId) => province.own('training-session', { place, heldOn: '2026-11-02' })
  const talk = (place: RecordId) => province.own('activity', activityFields(place))
  const sealed = { desk: 'main', receivedOn: '2026-11-02', parts: { a: { on: true, envelope: 'AA', size: 2 } } }
  /** The second of each is there to be moved to. */
  const two = async (make: (place: RecordId) => Promise<RecordId>, place: RecordId) => [
    await make(place),
    await make(place),
  ]
  const parents = {
    session: { own: await two(session, here), other: await two(session, there) },
    about: { own: await two(talk, here), other: await two(talk, there) },
    desk: await province.own('complaint', sealed),
  }
  const colleague = (await province.staff(['supervisor'], [here])) as StaffId
  const registrar = await makeTablet(
    store,
    province,
    (await province.staff(['supervisor', 'desk', 'administrator'], [])) as StaffId,
  )
  const ids = await hireAuthors(province, here)
  const lastAdministrator = await onlyAccount(store, province)

  const enrolAs = async (device: DeviceId, state: TabletState) => {
    if (state === 'never enrolled') return
    const facts: (typeof tabletStates)[TabletState] = tabletStates[state]
    const places = { 'the province': undefined, own: [here], other: [there] }[facts.for]
    const admits = facts.admits ? Object.values(ids) : []
    await enrolOn(store, { ...at, author: province.admin }, device, { admits, ...(places && { places }) })
  }

  const makeTabletOf = async (name: TabletName, state: TabletState): Promise<Tablet> => {
    const { device } = await makeTablet(store, province)
    const people = name === 'nobody' ? [] : Object.values(ids)
    const row = { province: province.id, device, proven_at: 0 }
    const rows = people.map((staff) => ({ ...row, staff, left_n: name === 'signed out' ? divide : null }))
    await store.transaction(async ({ db }) => {
      if (rows.length > 0) await db.insertInto('device_people').values(rows).execute()
      const revoked = { revoked_at: state === 'revoked' ? at.now : null }
      await db
        .updateTable('devices')
        .set(revoked)
        .where('province', '=', province.id)
        .where('id', '=', device)
        .execute()
    })
    await enrolAs(device, state)
    const keys = new Map<string, TestKey>()
    const registered: OwnChange[] = []
    const register = (who: StaffId, set: FieldSet, on: DeviceId = device) => {
      const key = makeKey(province.id, on, who)
      const { id: record, public: x, proof } = key
      registered.push({ author: who, kind: 'key', record, set: { person: who, device: on, public: x, proof, ...set } })
      return key
    }
    const elsewhere = makeId<DeviceId>()
    for (const author of Object.keys(authors) as Author[]) {
      const who = author === 'the tablet' ? (device as string as StaffId) : ids[author]
      for (const [key, fate] of Object.entries(fateOf)) keys.set(`${author} ${key}`, register(who, fate))
      keys.set(`${author} unknown`, makeKey(province.id, device, who))
      keys.set(`${author} of a colleague`, register(colleague, {}))
      keys.set(`${author} elsewhere`, register(who, {}, elsewhere))
    }
    await own(registered)
    return {
      device,
      last: { early: 0, late: divide },
      keyOf: (author, key) => keys.get(`${author} ${key}`)!,
    }
  }
  return { store, province, own, here, there, parents, colleague, registrar, ids, lastAdministrator, makeTabletOf }
}
export type World = Awaited<ReturnType<typeof beginWorld>>

/** The one administrator with an account: the others of this world cannot act. */
const onlyAccount = async (store: Store, province: Awaited<ReturnType<typeof beginProvince>>): Promise<RecordId> => {
  const account = { password: '', must_change: 0, disabled: 0, failures: 0, next_attempt_at: 0, created_at: 0 }
  const staff = await province.staff(['administrator'], [])
  const row = { province: province.id, staff, username: staff, ...account }
  await store.transaction(({ db }) => db.insertInto('accounts').values(row).execute())
  return staff
}

type Ids = Readonly<Record<Author, StaffId>>

const hireAuthors = async (province: Awaited<ReturnType<typeof beginProvince>>, here: RecordId): Promise<Ids> => {
  const ids = {} as Record<Author, StaffId>
  for (const author of Object.keys(authors) as Author[]) {
    const more = staffRecords[author]
    const set = { name: 'เจ้าหน้าที่สมมติ', active: true, places: on(here), ...more }
    ids[author] = (more ? await province.own('staff', set) : makeId()) as StaffId
  }
  return ids
}

/** Null for whoever has no staff record. */
const staffRecords: Readonly<Record<Author, FieldSet | null>> = {
  officer: { roles: on('officer') },
  trainer: { roles: on('trainer') },
  supervisor: { roles: on('supervisor') },
  desk: { roles: on('desk') },
  administrator: { roles: on('administrator') },
  observer: { roles: on('observer') },
  'officer and supervisor': { roles: on('officer', 'supervisor') },
  'officer of the province': { roles: on('officer'), wholeProvince: true },
  'inactive supervisor': { roles: on('supervisor'), active: false },
  'withdrawn administrator': { roles: on('administrator'), withdrawn: { reason: 'สมมติ' } },
  'without a role': {},
  'nobody known': null,
  'the tablet': null,
  'another tablet': null,
}
