import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from '#domain/kernel/bytes.ts'
import { attendanceId, type RecordId } from '#domain/kernel/id.ts'
import type { RecordState } from '#domain/merge.ts'
import type { activity } from '#domain/records/activity.ts'
import type { attendance } from '#domain/records/attendance.ts'
import {
  correctPatch,
  type MarkPatch,
  type MarkSet,
  marksOf,
  presenceOf,
  runsOf,
  strikePatch,
  tapPatch,
} from '#domain/training/marks.ts'
import { view } from '#domain/view.ts'
import type { RecordBody } from '#src/store/record-body.ts'
import { exchangeOnce } from '#src/sync/round.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { makeId, temporaryStore } from '#test/support/province.ts'
import { verify } from '#test/support/tablet.ts'

// Nobody's tap may be lost, and no order of syncing may tell another story (law 9).

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let somchai: Worker
let malee: Worker

beforeEach(async () => {
  server = await temporaryStore()
  field = await beginField(() => server.store)
  school = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
  malee = await field.worker(['officer'], [school])
})
afterEach(() => server.end())

const minute = 60_000
const start = Date.UTC(2026, 10, 2, 3)
const at = (minutes: number) => start + minutes * minute
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Thirty people of whom half stand on the roster; the others walk in, and both tablets make the same record of them. */
const beginSession = async () => {
  const session = makeId()
  const people = upTo(1, 30).map(() => makeId())
  const record = (person: number) => attendanceId(session, people[person - 1]!)
  const edit = (worker: Worker, person: number) => ({
    kind: 'attendance',
    record: record(person),
    base: null,
    set: { session, person: people[person - 1]! },
    author: worker.staff,
  })
  await somchai.store.saveAll([
    {
      kind: 'training-session',
      record: session,
      base: null,
      set: { place: school, heldOn: '2026-11-02', startsAt: '10:00' },
      author: somchai.staff,
    },
    ...upTo(1, 15).map((person) => edit(somchai, person)),
  ])
  const marks = async (worker: Worker, person: number) =>
    marksOf((await worker.store.record<typeof attendance>(record(person)))?.values.marks as MarkSet | undefined)
  const write = async (worker: Worker, person: number, patch: MarkPatch) => {
    const known = await worker.store.record<typeof attendance>(record(person))
    const set = known ? { marks: patch } : { ...edit(worker, person).set, marks: patch }
    const saved = await worker.store.save({ ...edit(worker, person), base: known?.base ?? null, set })
    expect(saved.ok).toBe(true)
  }
  const tap = (worker: Worker, person: number, minutes: number) => {
    worker.tablet.now = at(minutes)
    const device = worker.store.people.identity.peek().device
    const mark = { kind: 'in' as const, at: at(minutes), taker: worker.staff, device }
    return write(worker, person, tapPatch({ id: makeId().slice(0, 8), ...mark }))
  }
  await tap(somchai, 1, 1)
  await somchai.sync()
  await malee.sync()
  return {
    marks,
    tap,
    undo: async (worker: Worker, person: number) =>
      write(worker, person, strikePatch(await marks(worker, person), worker.staff)),
    correct: async (worker: Worker, person: number, minutes: number) =>
      write(worker, person, correctPatch(runsOf(await marks(worker, person))[0]!, at(minutes), worker.staff)),
  }
}
type Session = Awaited<ReturnType<typeof beginSession>>

/**
 * Somchai takes 1 to 20, Malee 11 to 30; each taps one person too many, and corrects one of their own and one of both. Both correct the
 * first, who was known to both: Malee at half past eleven, Somchai an hour after her.
 */
const checkInOffline = async ({ tap, undo, correct }: Session) => {
  for (const person of upTo(2, 20)) await tap(somchai, person, person)
  await tap(somchai, 25, 21)
  await undo(somchai, 25)
  await correct(somchai, 2, 40)
  await correct(somchai, 12, -15)
  somchai.tablet.now = at(150)
  await correct(somchai, 1, -20)
  for (const person of upTo(11, 30)) await tap(malee, person, person + 5)
  await tap(malee, 5, 36)
  await undo(malee, 5)
  await correct(malee, 29, 50)
  await correct(malee, 13, -10)
  malee.tablet.now = at(90)
  await correct(malee, 1, -30)
  for (const clock of [somchai.tablet, malee.tablet, field.province.clock]) clock.now = at(600)
}

/** What a trainer reads of everybody: when they came, and who says so. */
const told = async ({ marks }: Session, worker: Worker) => {
  const names = { [somchai.staff]: 'somchai', [malee.staff]: 'malee' }
  const lines = upTo(1, 30).map(async (person) => {
    const { arrived, left, taps } = presenceOf(await marks(worker, person))
    return { person, arrived, left, takers: taps.map(({ taker }) => names[taker]!).sort() }
  })
  return Promise.all(lines)
}

const expected = upTo(1, 30).map((person) => ({
  person,
  arrived: at({ 1: -20, 2: 40, 12: -15, 13: -10, 29: 50 }[person] ?? (person <= 20 ? person : person + 5)),
  left: undefined,
  takers: [...(person >= 11 ? ['malee'] : []), ...(person <= 20 ? ['somchai'] : [])],
}))

/** One exchange of at most so many bytes of changes. */
const once = (worker: Worker, bytes: number) => {
  const { exchange, people } = worker.store
  const round = {
    exchange,
    transport: worker.line(),
    verify,
    now: () => worker.tablet.now,
    identity: () => people.identity.peek(),
    person: () => people.current.peek()?.id ?? null,
  }
  return exchangeOnce(round, { bytes: () => bytes, succeeded: () => {}, failed: () => {} })
}

const waitingBytes = async (worker: Worker) =>
  (await worker.store.exchange.queue()).reduce((sum, { size }) => sum + size + 1, 0)

/** The confirmed states of a kind as they lie on a tablet, and as they lie on the server. */
const onTablet = async (worker: Worker, kind: string) => {
  const { database, codec } = await worker.tablet.ports()
  const rows = await database.records.where('kind').equals(kind).sortBy('id')
  database.close()
  const bodies = await Promise.all(rows.map(({ bytes }) => codec.decode<RecordBody>(bytes)))
  expect(bodies.flatMap(({ pending }) => pending)).toEqual([])
  return bodies.map(({ confirmed }) => canonicalJson(confirmed as unknown as Json))
}
const onServer = async (kind: string) =>
  [...(await field.province.records()).values()]
    .filter(({ state }) => state.kind === kind)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ state }) => canonicalJson(state as unknown as Json))

/** All ways to put three exchanges of the one between three of the other. */
const interleavings = (a: number, b: number): readonly string[] => {
  if (a === 0 || b === 0) return ['A'.repeat(a) + 'B'.repeat(b)]
  return [...interleavings(a - 1, b).map((rest) => `A${rest}`), ...interleavings(a, b - 1).map((rest) => `B${rest}`)]
}

const meet = async (order: string, bytesOf: (worker: Worker) => number) => {
  for (const turn of order) await once(turn === 'A' ? somchai : malee, bytesOf(turn === 'A' ? somchai : malee))
  for (const worker of [somchai, malee]) expect(await worker.store.exchange.queue()).toEqual([])
  for (const worker of [somchai, malee, somchai]) expect((await worker.sync()).state).toBe('quiet')
}

const thirdOfEach = async () => {
  const third = async (worker: Worker) => Math.ceil((await waitingBytes(worker)) / 3) + 300
  const sizes = new Map([
    [somchai, await third(somchai)],
    [malee, await third(malee)],
  ])
  return (worker: Worker) => sizes.get(worker)!
}

describe('two tablets check in one session without a network', () => {
  const tellsOneStory = async (session: Session) => {
    const confirmed = await onServer('attendance')
    expect(confirmed).toHaveLength(30)
    for (const worker of [somchai, malee]) {
      expect(await told(session, worker)).toEqual(expected)
      expect(await onTablet(worker, 'attendance')).toEqual(confirmed)
    }
  }

  test.each(interleavings(3, 3))('exchanging in the order %s', async (order) => {
    const session = await beginSession()
    await checkInOffline(session)
    await meet(order, await thirdOfEach())
    await tellsOneStory(session)
  })

  test.each(['AB', 'BA'])('exchanging a change or two at a time, in turns, %s', async (turns) => {
    const session = await beginSession()
    await checkInOffline(session)
    await meet(turns.repeat(25), () => 900)
    await tellsOneStory(session)
  })
})

describe('two tablets alter the same count', () => {
  test.each(interleavings(1, 1).flatMap((order) => [...'AB'].map((settler) => [order, settler] as const)))(
    'exchanging in the order %s, settled by %s',
    async (order, settler) => {
      const edit = anActivity(somchai, school)
      await somchai.store.save(edit)
      await somchai.sync()
      await malee.sync()
      const shown = async (worker: Worker) => (await worker.store.record<typeof activity>(edit.record))!
      const alter = async (worker: Worker, count: number) => {
        const { base } = await shown(worker)
        await worker.store.save({ ...edit, base, set: { from15Female: count }, author: worker.staff })
      }
      await alter(somchai, 20)
      await alter(malee, 30)
      await meet(order, () => 64_000)
      for (const worker of [somchai, malee]) {
        const { from15Female } = (await shown(worker)).conflicts
        expect(from15Female!.map(({ value }) => value).sort()).toEqual([20, 30])
      }

      await alter(settler === 'A' ? somchai : malee, 30)
      await meet(order, () => 64_000)
      const confirmed = await onServer('activity')
      for (const worker of [somchai, malee]) {
        expect(await shown(worker)).toMatchObject({ conflicts: {}, values: { from15Female: 30 } })
        expect(await onTablet(worker, 'activity')).toEqual(confirmed)
      }
      expect(view(JSON.parse(confirmed[0]!) as RecordState).conflicts).toEqual({})
    },
  )
})
