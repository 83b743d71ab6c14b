import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { decision } from '#domain/records/decision.ts'
import { question } from '#domain/records/question.ts'
import { reviewStates } from '#domain/review.ts'
import type { ReviewRow } from '#src/store/database.ts'
import { type InboxPage, inboxItem, inboxPage, reviewedKinds, sortInbox } from '#src/store/review-index.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'

// The supervisor's inbox, on the tablets of a province: what lies sorted must be what sorting everything anew would give.

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let officer: Worker
let supervisor: Worker

beforeEach(async () => {
  server = await temporaryStore()
  field = await beginField(() => server.store)
  school = (await field.province.place('โรงเรียนสมมติ')) as RecordId
  officer = await field.worker(['officer'], [school])
  supervisor = await field.worker(['supervisor'], [school])
})
afterEach(() => server.end())

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

const create = async (): Promise<RecordId> => {
  const edit = anActivity(officer, school)
  await officer.store.save(edit)
  return edit.record
}
const alter = async (worker: Worker, record: RecordId, outcome: string) => {
  const { base } = (await worker.store.record(record))!
  await worker.store.save({ kind: 'activity', record, base, set: { outcome }, author: worker.staff })
}
const withdraw = async (worker: Worker, record: RecordId) => {
  const { base, kind } = (await worker.store.record(record))!
  await worker.store.save({ kind, record, base, set: { withdrawn: { reason: 'ซ้ำ' } }, author: worker.staff })
}
const say = async (kind: 'question' | 'decision', set: Record<string, string | number>): Promise<RecordId> => {
  const record = newId<RecordId>(random)
  await supervisor.store.save({ kind, record, base: null, set, author: supervisor.staff })
  return record
}
const ask = (about: RecordId) => say('question', { about, text: 'ขอใบลงชื่อ', to: officer.staff })
const approve = async (about: RecordId) => {
  const { seq } = (await supervisor.store.record(about))!
  return say('decision', { about, verdict: 'approved', seen: seq, decidedAt: supervisor.tablet.now })
}
const answer = async (worker: Worker, about: RecordId) => {
  const { base } = (await worker.store.record(about))!
  const set = { answer: 'ส่งแล้ว', answeredAt: worker.tablet.now, answeredBy: worker.staff }
  await worker.store.save({ kind: 'question', record: about, base, set, author: worker.staff })
}
const everybodySyncs = async () => {
  for (const worker of [officer, supervisor, officer]) expect((await worker.sync()).state).toBe('quiet')
}
const pass = (ms: number) => {
  for (const { tablet } of [officer, supervisor]) tablet.now += ms
  field.province.clock.now += ms
}

const inbox = async (worker: Worker, more: Partial<Parameters<typeof inboxPage>[1]> = {}): Promise<InboxPage> => {
  await sortInbox(worker.store.core)
  return (await inboxPage(worker.store.core, { states: reviewStates, limit: 1000, ...more }))!
}
const stateOf = (page: InboxPage, id: RecordId) => page.lines.find(({ record }) => record.id === id)?.state

/** Every reviewed record of the tablet, worked out one by one. */
const workedOut = async ({ store }: Worker) => {
  const all = await Promise.all(reviewedKinds.map((kind) => store.records(kind, { withdrawn: true })))
  const items = await Promise.all(all.flat().map(async ({ id }) => (await inboxItem(store.core, id))!))
  return items
    .sort((a, b) => b.movedAt - a.movedAt || (a.record.id < b.record.id ? -1 : 1))
    .map(({ record, state, movedAt }) => ({ id: record.id, state, movedAt }))
}

const expectTrue = async (worker: Worker) => {
  const { lines, counts, unsorted } = await inbox(worker)
  const expected = await workedOut(worker)
  expect(lines.map(({ record, state, movedAt }) => ({ id: record.id, state, movedAt }))).toEqual(expected)
  for (const state of reviewStates) expect(counts[state]).toBe(expected.filter((one) => one.state === state).length)
  expect(unsorted).toBe(0)
}

describe('the inbox of a tablet', () => {
  test('follows a record from its first line to its approval, and after', async () => {
    const record = await create()
    await everybodySyncs()
    expect(stateOf(await inbox(supervisor), record)).toBe('new')
    const asked = await ask(record)
    expect(stateOf(await inbox(supervisor), record)).toBe('returned')
    await everybodySyncs()
    pass(60_000)
    await answer(officer, asked)
    await everybodySyncs()
    const answered = await inbox(supervisor)
    expect(stateOf(answered, record)).toBe('answered')
    expect(answered.lines[0]!.questions.map(({ values }) => values.answeredBy)).toEqual([officer.staff])
    pass(60_000)
    await approve(record)
    await everybodySyncs()
    expect(stateOf(await inbox(supervisor), record)).toBe('approved')
    pass(60_000)
    await alter(officer, record, 'แก้แล้ว')
    await everybodySyncs()
    expect(stateOf(await inbox(supervisor), record)).toBe('changed-since-approval')
    await withdraw(officer, record)
    await everybodySyncs()
    expect(stateOf(await inbox(supervisor), record)).toBe('withdrawn')
    await expectTrue(supervisor)
  })

  test('an approval that was taken back leaves the record new', async () => {
    const record = await create()
    await everybodySyncs()
    const approval = await approve(record)
    expect(stateOf(await inbox(supervisor), record)).toBe('approved')
    await withdraw(supervisor, approval)
    expect(stateOf(await inbox(supervisor), record)).toBe('new')
  })

  test('whatever people do, what lies sorted is what sorting everything anew would give', async () => {
    const records: RecordId[] = []
    const questions: RecordId[] = []
    const one = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)]!
    let state = 20_261_123
    const chance = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      return state / 0x80000000
    }
    for (let i = 0; i < 6; i++) records.push(await create())
    await everybodySyncs()
    const deeds = [
      async () => void records.push(await create()),
      () => alter(one([officer, supervisor]), one(records), `ครั้งที่ ${chance()}`),
      async () => void questions.push(await ask(one(records))),
      async () => questions.length > 0 && answer(supervisor, one(questions)),
      () => approve(one(records)),
      () => withdraw(one([officer, supervisor]), one(records)),
      async () => void (await supervisor.sync()),
      async () => void (await officer.sync()),
    ]
    for (let i = 0; i < 120; i++) {
      pass(1000)
      await one(deeds)()
      // the officer's new records come to the supervisor with the next exchange
      if (i % 3 === 0) await everybodySyncs()
      if (i % 5 === 0) await expectTrue(one([officer, supervisor]))
      if (i % 3 !== 0) await officer.sync().then(() => supervisor.sync())
    }
    await everybodySyncs()
    for (const worker of [officer, supervisor]) await expectTrue(worker)
    const { counts } = await inbox(supervisor)
    expect(reviewStates.filter((name) => counts[name] > 0).length).toBeGreaterThan(4)
  })

  test('the first page is the newest of those states; a filter looks at all of them', async () => {
    const records: RecordId[] = []
    for (let i = 0; i < 8; i++) {
      records.push(await create())
      pass(1000)
    }
    await everybodySyncs()
    await approve(records[7]!)
    const page = await inbox(supervisor, { states: ['new'], limit: 3 })
    expect(page.lines.map(({ record }) => record.id)).toEqual([records[6], records[5], records[4]])
    expect(page.counts).toMatchObject({ new: 7, approved: 1 })
    const only = (row: ReviewRow) => row.id === records[0] || row.id === records[7]
    const filtered = await inbox(supervisor, { states: ['new'], limit: 3, matches: only })
    expect(filtered.lines.map(({ record }) => record.id)).toEqual([records[0]])
    expect(filtered.counts).toMatchObject({ new: 1, approved: 1 })
  })

  test('records that leave the tablet leave the inbox', async () => {
    await create()
    await everybodySyncs()
    expect((await inbox(supervisor)).lines).toHaveLength(1)
    await field.province.own('staff', { places: { [school]: { on: false } } }, supervisor.staff)
    await supervisor.sync()
    const { lines, counts } = await inbox(supervisor)
    expect(lines).toEqual([])
    expect(counts.new).toBe(0)
  })

  test('a tablet that has never sorted sorts everything, and lets no older program write from then on', async () => {
    for (let i = 0; i < 3; i++) await create()
    await everybodySyncs()
    const { core } = supervisor.store
    expect(await inboxPage(core, { states: reviewStates, limit: 10 })).toBeNull()
    // what an older program wrote has no mark
    await core.database.unsorted.clear()
    expect((await inbox(supervisor)).lines).toHaveLength(3)
    expect((await core.database.meta.get('floor'))?.value).toBe(2)
  })

  test('two tabs that sort at once count nothing twice', async () => {
    for (let i = 0; i < 130; i++) await create()
    await everybodySyncs()
    const other = await supervisor.tablet.open()
    await Promise.all([sortInbox(supervisor.store.core), sortInbox(other.core)])
    await expectTrue(supervisor)
    other.close()
  })

  test('a province that moves in finds an empty inbox', async () => {
    await create()
    await everybodySyncs()
    await inbox(supervisor)
    expect(await supervisor.store.wipe()).toBe(true)
    expect(await inboxPage(supervisor.store.core, { states: reviewStates, limit: 10 })).toBeNull()
    expect(await supervisor.store.core.database.unsorted.count()).toBe(0)
  })
})

test('questions and decisions stand under what they are about', () => {
  for (const kind of [question, decision]) expect(kind.fields.about.index).toBe('parent')
})
