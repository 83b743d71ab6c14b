import { describe, expect, test } from 'vitest'
import { type Day, instantOf } from '#domain/kernel/day.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import type { Write } from '#domain/merge.ts'
import { type Decision, type Question, reviewStates } from '#domain/review.ts'
import type { ReviewRow } from '#src/store/database.ts'
import { type InboxLine, itemOf, type StateCounts } from '#src/store/review-index.ts'
import type { RecordView } from '#src/store/types.ts'
import { approvalBlock, besides, countIn, groupByDay, matches, statesIn, tabs } from './inbox.ts'

let counter = 0
const id = () => newId<RecordId>((length) => new Uint8Array(length).fill(++counter, length - 4))
const at = (day: string, time: string) => instantOf(day as Day, time)

const writtenBy = (stamp: number): Write => ({
  seq: 1,
  stamp,
  base: 0,
  device: 'tablet-1',
  n: 1,
  author: 'kanda',
  at: stamp,
  set: {},
})

const record = (stamp: number, more: Partial<RecordView> = {}): RecordView => ({
  id: id(),
  kind: 'activity',
  seq: 10,
  values: { place: 'maechaem', heldOn: '2026-06-11' },
  conflicts: {},
  withdrawn: null,
  created: { seq: 1, n: 1, author: 'kanda', device: 'tablet-1', at: stamp },
  last: writtenBy(stamp),
  base: { epoch: 'e', seq: 10 },
  safety: 'safe',
  waiting: [],
  ...more,
})

const question = (about: string, stamp: number, answeredAt?: number) =>
  ({
    ...record(stamp),
    kind: 'question',
    values: { about, text: 'ขอใบลงชื่อ', ...(answeredAt && { answer: 'ส่งแล้ว', answeredAt }) },
  }) as unknown as Question
const approval = (about: string, seen: number, stamp: number) =>
  ({ ...record(stamp), kind: 'decision', values: { about, verdict: 'approved', seen } }) as unknown as Decision

const morning = at('2026-06-12', '08:15')

describe('a record in the inbox', () => {
  const fresh = record(morning)
  const quarrelled = record(morning + 1, { conflicts: { from25Female: [] } })
  const asked = record(morning + 2)
  const replied = record(morning + 3)
  const approved = record(morning + 4)
  const altered = record(morning + 5, { seq: 12 })
  const gone = record(morning + 6, { withdrawn: { reason: 'ซ้ำ' } })
  const none = { questions: [], decisions: [] }
  const items = [
    itemOf(fresh, none),
    itemOf(quarrelled, none),
    itemOf(asked, { ...none, questions: [question(asked.id, morning + 20)] }),
    itemOf(replied, { ...none, questions: [question(replied.id, morning + 21, morning + 90)] }),
    itemOf(approved, { ...none, decisions: [approval(approved.id, 10, morning + 30)] }),
    itemOf(altered, { ...none, decisions: [approval(altered.id, 10, morning + 31)] }),
    itemOf(gone, none),
  ]

  test('stands somewhere', () => {
    expect(items.map(({ state }) => state)).toEqual([
      'new',
      'conflict',
      'returned',
      'answered',
      'approved',
      'changed-since-approval',
      'withdrawn',
    ])
  })

  test('moved when it was last written or answered', () => {
    expect(items.map(({ movedAt }) => movedAt - morning)).toEqual([0, 1, 2, 90, 4, 5, 6])
  })

  test('is shown as changed when it was approved and a change still waits on this tablet', () => {
    const waiting = record(morning, { waiting: [7], last: { ...writtenBy(Number.MAX_SAFE_INTEGER), at: morning + 5 } })
    const item = itemOf(waiting, { ...none, decisions: [approval(waiting.id, 10, morning)] })
    expect(item.state).toBe('changed-since-approval')
    expect(item.movedAt).toBe(morning + 5)
  })

  test('says why it cannot be approved yet', () => {
    const blocks = items.map((item) => [item.state, approvalBlock(item)])
    expect(Object.fromEntries(blocks)).toEqual({
      new: null,
      conflict: 'conflict',
      returned: 'asked',
      answered: null,
      approved: null,
      'changed-since-approval': null,
      withdrawn: 'withdrawn',
    })
    expect(approvalBlock(itemOf(record(morning, { waiting: [7], conflicts: { outcome: [] } }), none))).toBe('unsent')
    expect(approvalBlock(itemOf(record(morning, { seq: 0 }), none))).toBe('unread')
  })
})

describe('the inbox', () => {
  test('holds in its first part all that needs the supervisor', () => {
    const counts = Object.fromEntries(reviewStates.map((state, at) => [state, 10 ** at])) as StateCounts
    const inParts = Object.fromEntries(tabs.map((tab) => [tab, countIn(counts, tab)]))
    const { conflict, answered, returned, approved } = counts
    const waiting = conflict + answered + counts.new + counts['changed-since-approval']
    expect(inParts).toEqual({ waiting, conflict, answered, returned, approved, all: 1_111_111 })
    expect(statesIn.all).toEqual(reviewStates)
  })

  test('is filtered by kind, district and the day it was held, both ends included', () => {
    const row = (id: string, more: Partial<ReviewRow> = {}): ReviewRow => ({
      id,
      kind: 'activity',
      state: 'new',
      order: -morning,
      place: 'maechaem',
      day: '2026-06-11',
      ...more,
    })
    const districtOf = (place: string | undefined) => (place === 'maechaem' ? '5003' : undefined)
    const { day: _, ...undated } = row('undated')
    const all = [
      row('here'),
      row('elsewhere', { kind: 'training-session', place: 'unknown', day: '2026-06-01' }),
      undated,
    ]
    const found = (filter: Parameters<typeof matches>[1]) =>
      all.filter((one) => matches(one, filter, districtOf)).map(({ id }) => id)
    expect(found({})).toHaveLength(3)
    expect(found({ kind: 'training-session' })).toEqual(['elsewhere'])
    expect(found({ district: '5003' })).toEqual(['here', 'undated'])
    expect(found({ from: '2026-06-11', to: '2026-06-11' })).toEqual(['here'])
    expect(found({ to: '2026-06-10' })).toEqual(['elsewhere'])
    expect(found({ from: '2026-01-01', district: '5003' })).toEqual(['here'])
  })

  const line = (movedAt: number): InboxLine => ({ record: record(movedAt), state: 'new', movedAt, questions: [] })

  test('is parted by the day in Thailand', () => {
    const days = groupByDay([line(at('2026-06-12', '00:10')), line(at('2026-06-11', '23:50'))])
    expect(days.map(({ day, lines }) => [day, lines.length])).toEqual([
      ['2026-06-12', 1],
      ['2026-06-11', 1],
    ])
  })

  test('knows what lies beside a line, and goes on at the beginning from one that has left', () => {
    const lines = Array.from({ length: 7 }, (_, n) => line(morning - n))
    const ids = lines.map(({ record }) => record.id)
    expect(besides(lines, ids[0])).toEqual({ after: ids[1] })
    expect(besides(lines, ids[3])).toEqual({ before: ids[2], after: ids[4] })
    expect(besides(lines, ids[6])).toEqual({ before: ids[5] })
    expect(besides(lines, 'elsewhere')).toEqual({ after: ids[0] })
    expect(besides([], undefined)).toEqual({})
  })
})
