import { describe, expect, test } from 'vitest'
import { type Day, instantOf } from '#domain/kernel/day.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import type { Write } from '#domain/merge.ts'
import type { Decision, Question } from '#domain/review.ts'
import type { RecordView } from '#src/store/types.ts'
import { approvalBlock, besides, countTabs, groupByDay, type InboxItem, inboxOf, isIn, matches, tabs } from './inbox.ts'

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

const districtOf = (place: string | undefined) => (place === 'maechaem' ? '5003' : undefined)
const morning = at('2026-06-12', '08:15')

describe('the inbox', () => {
  const fresh = record(morning)
  const quarrelled = record(morning + 1, { conflicts: { from25Female: [] } })
  const asked = record(morning + 2)
  const replied = record(morning + 3)
  const approved = record(morning + 4)
  const altered = record(morning + 5, { seq: 12 })
  const gone = record(morning + 6, { withdrawn: { reason: 'ซ้ำ' } })
  const items = inboxOf(
    [fresh, quarrelled, asked, replied, approved, altered, gone],
    [question(asked.id, morning + 20), question(replied.id, morning + 21, morning + 90)],
    [approval(approved.id, 10, morning + 30), approval(altered.id, 10, morning + 31)],
    districtOf,
  )
  const stateOf = (one: RecordView) => items.find(({ record }) => record.id === one.id)?.state
  const idsIn = (tab: (typeof tabs)[number]) => items.filter((item) => isIn(item, tab)).map(({ record }) => record.id)

  test('knows where each record stands', () => {
    expect([fresh, quarrelled, asked, replied, approved, altered, gone].map(stateOf)).toEqual([
      'new',
      'conflict',
      'returned',
      'answered',
      'approved',
      'changed-since-approval',
      'withdrawn',
    ])
  })

  test('puts first what moved last, and an answer moves its record', () => {
    expect(items[0]?.record.id).toBe(replied.id)
    expect(items.slice(1).map(({ movedAt }) => movedAt)).toEqual([6, 5, 4, 2, 1, 0].map((n) => morning + n))
  })

  test('holds in its first part all that needs the supervisor, and the counts add up', () => {
    expect(idsIn('waiting')).toEqual([replied.id, altered.id, quarrelled.id, fresh.id])
    const counts = countTabs(items)
    expect(counts).toEqual({ waiting: 4, conflict: 1, answered: 1, returned: 1, approved: 1, all: 7 })
    for (const tab of tabs) expect(idsIn(tab), tab).toHaveLength(counts[tab])
  })

  test('shows as changed an approved record with a change that still waits on this tablet', () => {
    const waiting = record(morning, { waiting: [7], last: { ...writtenBy(Number.MAX_SAFE_INTEGER), at: morning + 5 } })
    const [item] = inboxOf([waiting], [], [approval(waiting.id, 10, morning)], districtOf)
    expect(item?.state).toBe('changed-since-approval')
    expect(item?.movedAt).toBe(morning + 5)
  })

  test('says why a record cannot be approved yet', () => {
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
    const [unsent] = inboxOf([record(morning, { waiting: [7], conflicts: { outcome: [] } })], [], [], districtOf)
    expect(approvalBlock(unsent!)).toBe('unsent')
  })

  test('forgets a question and an approval that were taken back', () => {
    const undone = { withdrawn: { reason: 'กดผิด' } }
    const [item] = inboxOf(
      [fresh],
      [{ ...question(fresh.id, morning), ...undone }],
      [{ ...approval(fresh.id, 10, morning), ...undone }],
      districtOf,
    )
    expect(item).toMatchObject({ state: 'new', questions: [], decisions: [] })
  })

  test('is filtered by kind, district and the day it was held, both ends included', () => {
    const elsewhere = record(morning, {
      kind: 'training-session',
      values: { place: 'unknown', heldOn: '2026-06-01' },
    })
    const all = inboxOf([fresh, elsewhere], [], [], districtOf)
    const found = (filter: Parameters<typeof matches>[1]) =>
      all.filter((item) => matches(item, filter)).map(({ record }) => record.id)
    expect(found({})).toHaveLength(2)
    expect(found({ kind: 'training-session' })).toEqual([elsewhere.id])
    expect(found({ district: '5003' })).toEqual([fresh.id])
    expect(found({ from: '2026-06-11', to: '2026-06-11' })).toEqual([fresh.id])
    expect(found({ to: '2026-06-10' })).toEqual([elsewhere.id])
    const undated = inboxOf([record(morning, { values: {} })], [], [], districtOf)
    expect(undated.filter((item) => matches(item, { from: '2026-01-01' }))).toEqual([])
  })

  test('is parted by the day in Thailand', () => {
    const late = record(at('2026-06-11', '23:50'))
    const early = record(at('2026-06-12', '00:10'))
    const days = groupByDay(inboxOf([late, early], [], [], districtOf))
    expect(days.map(({ day, items }) => [day, items.length])).toEqual([
      ['2026-06-12', 1],
      ['2026-06-11', 1],
    ])
  })

  test('knows what lies beside an item, and goes on at the beginning from one that has left', () => {
    const ids = items.map(({ record }) => record.id)
    expect(besides(items, ids[0])).toEqual({ after: ids[1] })
    expect(besides(items, ids[3])).toEqual({ before: ids[2], after: ids[4] })
    expect(besides(items, ids[6])).toEqual({ before: ids[5] })
    expect(besides(items, 'elsewhere')).toEqual({ after: ids[0] })
    expect(besides([], undefined)).toEqual({})
  })

  test('keeps ten thousand records in order', () => {
    const many: RecordView[] = Array.from({ length: 10_000 }, (_, n) => record(morning + ((n * 7919) % 10_007)))
    const all: readonly InboxItem[] = inboxOf(many, [], [], districtOf)
    expect(all).toHaveLength(10_000)
    expect(all.every((item, n) => n === 0 || item.movedAt <= all[n - 1]!.movedAt)).toBe(true)
  })
})
