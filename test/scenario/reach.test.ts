import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'

// A tablet holds what its people may read (law 11), and sends whoever is signed in (law 13).

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let temple: RecordId
let somchai: Worker
let malee: Worker

beforeEach(async () => {
  server = await temporaryStore()
  field = await beginField(() => server.store)
  school = await field.province.place('โรงเรียนสมมติ')
  temple = await field.province.place('วัดสมมติ')
  somchai = await field.worker(['officer'], [school])
  malee = await field.worker(['officer'], [school, temple])
})
afterEach(() => server.end())

const placesOf = (worker: Worker, places: Record<string, { on: boolean }>) =>
  field.province.own('staff', { places }, worker.staff)
const ids = async (worker: Worker) => (await worker.store.records(activity)).map(({ id }) => id).sort()
const wrote = async (worker: Worker, place: RecordId) => {
  const edit = anActivity(worker, place)
  await worker.store.save(edit)
  await worker.sync()
  return edit.record
}

describe('what a tablet holds', () => {
  test('a place that is given is read from the beginning', async () => {
    const old = await wrote(malee, temple)
    await somchai.sync()
    expect(await ids(somchai)).toEqual([])
    await placesOf(somchai, { [temple]: { on: true } })
    await somchai.sync()
    expect(await ids(somchai)).toEqual([old])
  })

  test('a place that is taken away goes from the tablet', async () => {
    const there = await wrote(malee, school)
    await somchai.sync()
    expect(await ids(somchai)).toEqual([there])
    await placesOf(somchai, { [school]: { on: false } })
    await somchai.sync()
    expect(await ids(somchai)).toEqual([])
  })

  test('but not before what waits there was handed over', async () => {
    const there = await wrote(malee, school)
    await somchai.sync()
    await placesOf(somchai, { [school]: { on: false } })
    somchai.weather = 'no-network'
    const { base } = (await somchai.store.record(there))!
    await somchai.store.save({ ...anActivity(somchai, school), record: there, base, set: { from15Male: 5 } })
    somchai.weather = 'fair'
    await somchai.sync()
    // the server holds it back, because the place is no longer his; it stays until somebody has decided
    expect(await somchai.store.record(there)).toMatchObject({ safety: 'aside', values: { from15Male: 5 } })
  })

  test('two people on one tablet each bring what they may read, and taking it from one leaves the other’s', async () => {
    const here = await wrote(malee, school)
    const there = await wrote(malee, temple)
    const colleague = (await field.province.staff(['officer'], [temple])) as StaffId
    await somchai.addColleague(colleague)
    await somchai.sync()
    expect(await ids(somchai)).toEqual([there])
    await somchai.store.people.switchTo(somchai.staff)
    await somchai.sync()
    expect(await ids(somchai)).toEqual([here, there].sort())

    await placesOf(somchai, { [temple]: { on: true } })
    await somchai.sync()
    await placesOf(somchai, { [temple]: { on: false } })
    await somchai.sync()
    await somchai.store.people.switchTo(colleague)
    await somchai.sync()
    expect(await ids(somchai)).toContain(there)
  })
})

describe('two people on one tablet', () => {
  test('what both may no longer read leaves it, also when one of them had to read again in between', async () => {
    const here = await wrote(malee, school)
    const there = await wrote(malee, temple)
    const colleague = (await field.province.staff(['officer'], [temple])) as StaffId
    await somchai.addColleague(colleague)
    for (const person of [somchai.staff, colleague]) {
      await somchai.store.people.switchTo(person)
      await somchai.sync()
    }
    expect(await ids(somchai)).toEqual([here, there].sort())
    // Somchai loses his place; before he reads again, his colleague loses another one, and hears of it
    await placesOf(somchai, { [school]: { on: false } })
    await field.province.own('staff', { places: { [temple]: { on: false } } }, colleague)
    await somchai.sync()
    expect(await ids(somchai)).toEqual([here])
    await somchai.store.people.switchTo(somchai.staff)
    await somchai.sync()
    expect(await ids(somchai)).toEqual([])
  })
})

describe('sending never needs a person’s session', () => {
  test('with nobody signed in the work of the tablet still goes up, and nothing comes down', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    const other = await wrote(malee, school)
    await somchai.store.people.signedOut(somchai.staff)
    expect(await somchai.sync()).toMatchObject({ state: 'quiet', progress: { waiting: 0, reads: false } })
    await malee.sync()
    expect(await ids(malee)).toEqual([edit.record, other].sort())
    // nobody who is signed in there reads it
    expect(await ids(somchai)).toEqual([])
  })
})
