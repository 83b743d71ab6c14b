import { effect } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '#domain/kernel/failure.ts'
import { fail, ok } from '#domain/kernel/result.ts'
import { type MarkSet, runsOf } from '#domain/training/marks.ts'
import type { Edit, Saved, SaveResult } from '#src/store/types.ts'
import type { RosterEntry } from '../parts/use-roster.ts'
import { createCheckIn } from './model.ts'

let news = 0
const people = ['กัลยาณี', 'ก้องภพ', 'ขวัญข้าว']
const entry = (at: number, marks: MarkSet = {}): RosterEntry =>
  ({
    attendance: {
      id: `a${at}`,
      base: { epoch: 'e', seq: at },
      seq: ++news,
      waiting: [],
      values: { person: `p${at}`, marks },
    },
    person: { values: { givenName: people[at % 3], familyName: `สกุล${at}`, seat: String(at + 1), grade: 'ป.4' } },
  }) as unknown as RosterEntry

const roster = (marks: Record<number, MarkSet> = {}, count = 3) =>
  Array.from({ length: count }, (_, at) => entry(at, marks[at]))

const other = (at: number): MarkSet => ({
  z: { on: true, kind: 'in', at, taker: 'daoruang', device: 'two' },
})

const setUp = (save: (edit: Edit) => SaveResult<Saved> = async (edit) => ok({ n: 1, record: edit.record })) => {
  const saves: Edit[] = []
  const failures: Failure[] = []
  let ids = 0
  const model = createCheckIn({
    store: {
      save: (edit) => {
        saves.push(edit)
        return save(edit)
      },
    },
    device: 'one',
    author: () => 'kanda' as never,
    now: () => 1000 + ids,
    newMarkId: () => `m${++ids}`,
    onFailure: (failure) => failures.push(failure),
  })
  const row = (at: number) => model.rows.peek()[at]!
  return { model, saves, failures, row }
}

describe('check-in', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('shows a tap before it is saved, and saves exactly one mark', async () => {
    const { model, saves, row } = setUp()
    model.update(roster())
    const done = model.tap(row(1).id, 'in')
    expect(row(1).state.peek()).toMatchObject({ came: 'here', fresh: true })
    expect(model.came.value).toEqual({ here: 1, other: 0, of: 3 })
    expect(await done).toBe(true)
    expect(saves).toEqual([
      {
        kind: 'attendance',
        record: 'a1',
        base: { epoch: 'e', seq: 1 },
        set: { marks: { m1: { on: true, kind: 'in', at: expect.any(Number), taker: 'kanda', device: 'one' } } },
        author: 'kanda',
      },
    ])
  })

  it('draws one row for one tap, also when the store answers with the whole roster again', async () => {
    const { model, row } = setUp()
    model.update(roster({}, 300))
    let drawn = 0
    const stops = model.rows.peek().map((one) =>
      effect(() => {
        one.state.value
        one.hidden.value
        drawn++
      }),
    )
    const before = model.rows.peek()
    drawn = 0
    await model.tap(row(7).id, 'in')
    model.update(roster({ 7: { m1: { on: true, kind: 'in', at: 1001, taker: 'kanda', device: 'one' } } }, 300))
    expect(drawn).toBe(1)
    expect(model.rows.peek()).toBe(before)
    for (const stop of stops) stop()
  })

  it('takes a tap back when it could not be saved, and says so on the row', async () => {
    const { model, failures, row } = setUp(async () => fail({ failure: { code: 'tablet-full' }, fields: [], at: 0 }))
    model.update(roster())
    expect(await model.tap(row(0).id, 'in')).toBe(false)
    expect(row(0).state.peek()).toMatchObject({ came: undefined, failed: true })
    expect(model.came.value.here).toBe(0)
    expect(failures).toEqual([{ code: 'tablet-full' }])
  })

  it('keeps what is being saved when older news arrives', async () => {
    const { model, row } = setUp()
    model.update(roster())
    void model.tap(row(0).id, 'in')
    model.update(roster({ 1: other(900) }))
    expect(row(0).state.peek().came).toBe('here')
    expect(row(1).state.peek().came).toBe('other')
    expect(model.came.value).toEqual({ here: 1, other: 1, of: 3 })
  })

  it('keeps a tapped row in its place for three seconds', async () => {
    const { model, row } = setUp()
    model.update(roster())
    model.filter.value = 'not-yet'
    void model.tap(row(0).id, 'in')
    vi.advanceTimersByTime(2900)
    expect(row(0).hidden.value).toBe(false)
    vi.advanceTimersByTime(200)
    expect(row(0).hidden.value).toBe(true)
    model.filter.value = 'came'
    expect([row(0).hidden.value, row(1).hidden.value]).toEqual([false, true])
  })

  it('shows what another tablet corrected later, once its own correction is safely here', async () => {
    const { model, row } = setUp()
    const mark = { on: true, kind: 'in' as const, at: 1000, taker: 'kanda', device: 'one' }
    model.update(roster({ 0: { m: mark } }))
    await model.correct(row(0).id, runsOf(row(0).marks.peek())[0]!, 2000)
    model.update(roster({ 0: { m: { ...mark, correctedTo: 3000, correctedBy: 'malee' } } }))
    expect(row(0).state.peek().arrived).toBe(2000)
    vi.advanceTimersByTime(5000)
    expect(row(0).state.peek().arrived).toBe(3000)
  })

  it('keeps a saved tap for as long as the store has not shown it, and an undo longer than the tap', async () => {
    const { model, row } = setUp()
    model.update(roster())
    await model.tap(row(0).id, 'in')
    vi.advanceTimersByTime(60_000)
    expect(row(0).state.peek().came).toBe('here')
    const [mark] = row(0).marks.peek()
    model.update(roster())
    vi.advanceTimersByTime(2000)
    await model.strike(row(0).id, [mark!])
    vi.advanceTimersByTime(4000)
    expect(row(0).state.peek().came).toBeUndefined()
    model.update(roster({ 0: { m1: { on: true, kind: 'in', at: 1001, taker: 'kanda', device: 'one' } } }))
    expect(row(0).state.peek().came).toBeUndefined()
    model.stop()
  })

  it('undoes the newest tap of this tablet, naming who did, and then the one before', async () => {
    const { model, saves, row } = setUp()
    model.update(roster({ 2: other(5000) }))
    await model.tap(row(0).id, 'in')
    await model.tap(row(1).id, 'in')
    expect(model.last.value?.row.id).toBe('a1')
    await model.strike(model.last.value!.row.id, [model.last.value!.mark])
    expect(saves.at(-1)?.set).toEqual({ marks: { m2: { struckBy: 'kanda' } } })
    expect(row(1).state.peek().came).toBeUndefined()
    expect(model.last.value?.row.id).toBe('a0')
  })

  it('knows the newest tap by its order, also when its time was corrected to an earlier one', async () => {
    const { model, row } = setUp()
    model.update(roster())
    await model.tap(row(0).id, 'in')
    await model.tap(row(1).id, 'in')
    await model.correct(row(1).id, runsOf(row(1).marks.peek())[0]!, 5)
    expect(model.last.value?.row.id).toBe('a1')
  })

  it('counts a person whom two tablets tapped once, and names both takers of the room', async () => {
    const { model, row } = setUp()
    model.update(roster({ 0: other(900), 1: other(901) }))
    await model.tap(row(0).id, 'in')
    expect(model.came.value).toEqual({ here: 1, other: 1, of: 3 })
    expect(model.takers.value).toEqual([
      { device: 'one', taker: 'kanda', count: 1 },
      { device: 'two', taker: 'daoruang', count: 1 },
    ])
  })

  it('knows who has left, and that they came', async () => {
    const { model, row } = setUp()
    model.update(roster())
    await model.tap(row(0).id, 'in')
    await model.tap(row(0).id, 'out')
    expect(row(0).state.peek()).toMatchObject({ came: 'here', left: expect.any(Number) })
    expect(model.came.value.here).toBe(1)
  })

  it('finds by name, family name and seat', () => {
    const { model, row } = setUp()
    model.update(roster())
    const shown = () =>
      model.rows
        .peek()
        .filter((one) => !one.hidden.value)
        .map(({ id }) => id)
    model.search.value = 'ขวัญ'
    expect(shown()).toEqual(['a2'])
    model.search.value = '๒'
    expect(shown()).toEqual(['a1'])
    model.search.value = 'ไม่มีใคร'
    expect(shown()).toEqual([])
    expect(row(0).hidden.value).toBe(true)
  })
})
