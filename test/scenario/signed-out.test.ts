import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { on } from '#test/support/on.ts'
import { makeId, temporaryStore } from '#test/support/province.ts'

// What lies on a tablet is what the people who are signed in on it may read (law 11).

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let temple: RecordId
let kanda: Worker
let supervisor: StaffId
/** At the school, and at the temple, one of each kind that lies at a place or under a record that does. */
let schools: readonly string[]
let temples: readonly string[]

const family = async (place: RecordId) => {
  const { own } = field.province
  const session = await own('training-session', { place, heldOn: '2026-11-02' })
  const person = await own('person', { place, givenName: 'ใบบุญสมมติ' })
  const attendance = await own('attendance', { session, person })
  const activity = await own('activity', { node: 'school', type: 'talk', place, heldOn: '2026-11-02' })
  const question = await own('question', { about: attendance, text: 'ถามสมมติ' })
  return [session, person, attendance, activity, question]
}

beforeEach(async () => {
  server = await temporaryStore()
  field = await beginField(() => server.store)
  school = await field.province.place('โรงเรียนสมมติ')
  temple = await field.province.place('วัดสมมติ')
  ;[schools, temples] = [await family(school), await family(temple)]
  await field.province.own('complaint', {
    desk: 'main',
    receivedOn: '2026-11-02',
    parts: { one: { on: true, envelope: 'c2VhbGVk', size: 6 } },
  })
  supervisor = (await field.province.staff(['supervisor', 'desk'], [school, temple])) as StaffId
  kanda = await field.worker(['officer'], [school])
  await kanda.sync()
})
afterEach(() => server.end())

const here = async ({ store }: Worker) => (await store.core.database.records.toArray()).map(({ id }) => id as string)
const kindsHere = async ({ store }: Worker) =>
  [...new Set((await store.core.database.records.toArray()).map(({ kind }) => kind))].sort()
const none = (found: readonly string[], of: readonly string[]) => of.filter((id) => found.includes(id))

const sharedWithSupervisor = async () => {
  await kanda.addColleague(supervisor)
  await kanda.sync()
  expect(await here(kanda)).toEqual(expect.arrayContaining([...schools, ...temples]))
  expect(await kindsHere(kanda)).toContain('complaint')
}

describe('somebody with a wider reach is signed out of a shared tablet', () => {
  test('what only she could read leaves with her, with no network; what her colleague reads stays', async () => {
    await sharedWithSupervisor()
    kanda.weather = 'no-network'
    await kanda.store.people.signedOut(supervisor)
    const left = await here(kanda)
    expect(left).toEqual(expect.arrayContaining([...schools, school, temple, kanda.staff]))
    expect(none(left, temples)).toEqual([])
    expect(await kindsHere(kanda)).not.toContain('complaint')
    await kanda.store.people.switchTo(kanda.staff)
    kanda.weather = 'fair'
    await kanda.sync()
    expect((await here(kanda)).sort()).toEqual(left.sort())
  })

  test('what she saved there and has not sent stays until it is sent, and then goes', async () => {
    await sharedWithSupervisor()
    kanda.weather = 'no-network'
    const edit = { ...anActivity(kanda, temple), author: supervisor }
    expect((await kanda.store.save(edit)).ok).toBe(true)
    await kanda.store.people.signedOut(supervisor)
    expect(none(await here(kanda), [...temples, edit.record])).toEqual([edit.record])
    expect(await kanda.store.exchange.queue()).toHaveLength(1)
    kanda.weather = 'fair'
    await kanda.sync()
    expect(none(await here(kanda), [edit.record])).toEqual([])
    expect((await field.province.records()).has(edit.record)).toBe(true)
  })

  test('an answer that was on its way for her brings nothing any more', async () => {
    await kanda.addColleague(supervisor)
    const gate = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const line = kanda.line.bind(kanda)
    kanda.line = () => ({
      exchange: async (...given) => {
        const reply = await line().exchange(...given)
        asked.resolve()
        await gate.promise
        return reply
      },
    })
    const syncing = kanda.syncOnce()
    await asked.promise
    await kanda.store.people.signedOut(supervisor)
    gate.resolve()
    await syncing
    expect(none(await here(kanda), temples)).toEqual([])
  })

  test('a page that dies before her rows have left lets them go when it is opened again', async () => {
    await sharedWithSupervisor()
    const { database } = kanda.store.core
    const broken = () => {
      throw new Error('the page is gone')
    }
    database.records.hook('deleting', broken)
    await expect(kanda.store.people.signedOut(supervisor)).rejects.toThrow()
    database.records.hook('deleting').unsubscribe(broken)
    expect(none(await here(kanda), temples)).toEqual(temples)
    await kanda.restart()
    expect(none(await here(kanda), temples)).toEqual([])
    expect(none(await here(kanda), schools)).toEqual(schools)
  })

  test('when she comes back she reads all of it again', async () => {
    await sharedWithSupervisor()
    await kanda.store.people.signedOut(supervisor)
    await kanda.addColleague(supervisor)
    await kanda.sync()
    expect(await here(kanda)).toEqual(expect.arrayContaining([...schools, ...temples]))
  })

  test('somebody whose reach a colleague shares leaves nothing and takes nothing, and nobody reads anew', async () => {
    const colleague = (await field.province.staff(['officer'], [school])) as StaffId
    await kanda.addColleague(colleague)
    await kanda.sync()
    const before = await here(kanda)
    await kanda.store.people.signedOut(colleague)
    expect(await here(kanda)).toEqual(before)
    await kanda.store.people.switchTo(kanda.staff)
    await kanda.sync()
    const { cursor } = JSON.parse(kanda.sent.at(-1)!.split('\n')[0]!)
    expect(cursor.seq).toBeGreaterThan(0)
  })
})

describe('nobody is left on a tablet', () => {
  test('nothing lies there but what waits', async () => {
    kanda.weather = 'no-network'
    const edit = anActivity(kanda, school)
    await kanda.store.save(edit)
    await kanda.store.people.signedOut(kanda.staff)
    expect(await here(kanda)).toEqual([edit.record])
    kanda.weather = 'fair'
    await kanda.sync()
    expect(await here(kanda)).toEqual([])
    // law 8: what was acknowledged is still there to be offered again
    expect(await kanda.store.core.database.acked.count()).toBe(1)
  })

  test('a complaint that was taken there stays, sealed, as long as the tablet is not wiped', async () => {
    const record = makeId()
    const { device } = kanda.store.people.identity.peek()
    const parts = { one: { on: true, envelope: 'c2VhbGVk', size: 6 } }
    const set = { desk: 'main', receivedOn: '2026-11-02', parts }
    const author = device as string as StaffId
    expect((await kanda.store.save({ kind: 'complaint', record, base: null, set, author })).ok).toBe(true)
    await kanda.sync()
    await kanda.store.people.signedOut(kanda.staff)
    expect(await here(kanda)).toEqual([record])
  })
})

describe('an observer', () => {
  const open = ['code-list', 'curriculum', 'place', 'staff']

  test('holds lists, curricula, places and herself', async () => {
    const somsri = await field.worker(['observer'], [school])
    await somsri.sync()
    expect((await kindsHere(somsri)).filter((kind) => !open.includes(kind))).toEqual([])
    expect(await here(somsri)).toEqual(expect.arrayContaining([school, temple, somsri.staff]))
    const staff = (await somsri.store.core.database.records.where('kind').equals('staff').toArray()).map(({ id }) => id)
    expect(staff).toEqual([somsri.staff])
  })

  test('who was an officer holds no more than that once her tablet has heard', async () => {
    const somsri = await field.worker(['officer', 'observer'], [school])
    await somsri.sync()
    expect(none(await here(somsri), schools)).toEqual(schools)
    await field.province.own('staff', { roles: { officer: { on: false } } }, somsri.staff)
    await somsri.sync()
    expect((await kindsHere(somsri)).filter((kind) => !open.includes(kind))).toEqual([])
  })

  test('on a tablet that an officer leaves keeps of the staff only herself', async () => {
    const somsri = (await field.province.staff(['observer'], [school])) as StaffId
    await kanda.addColleague(somsri)
    await kanda.sync()
    await kanda.store.people.signedOut(kanda.staff)
    expect((await kindsHere(kanda)).filter((kind) => !open.includes(kind))).toEqual([])
    expect(await here(kanda)).toContain(somsri)
    expect(none(await here(kanda), [kanda.staff, supervisor, ...schools])).toEqual([])
  })

  test('is given a role: everything of it is read', async () => {
    const somsri = await field.worker(['observer'], [school])
    await somsri.sync()
    await field.province.own('staff', { roles: on('trainer') }, somsri.staff)
    await somsri.sync()
    expect(none(await here(somsri), schools)).toEqual(schools)
  })
})
