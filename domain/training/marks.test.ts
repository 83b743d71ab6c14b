import { describe, expect, it } from 'vitest'
import type { Json } from '#domain/kernel/bytes.ts'
import { emptyRecord, mergeAll, type Write } from '#domain/merge.ts'
import { view } from '#domain/view.ts'
import { correctPatch, type MarkSet, marksOf, presenceOf, roomOf, runsOf, strikePatch, tapPatch } from './marks.ts'

const nine = Date.parse('2026-06-16T02:00:00Z')
const minute = 60_000
const at = (minutes: number) => nine + minutes * minute
const tap = (id: string, kind: 'in' | 'out', minutes: number, taker = 'kanda', device = 'one') =>
  tapPatch({ id, kind, at: at(minutes), taker, device })

/** What a tablet shows once it has met all of these changes, each from its own device. */
const merged = (...changes: { device: string; marks: object }[]): MarkSet => {
  const writes = changes.map(
    ({ device, marks }, index): Write => ({
      seq: index + 1,
      stamp: index + 1,
      base: 0,
      device,
      n: index + 1,
      author: device,
      at: 0,
      set: { marks: marks as Json },
    }),
  )
  const { values } = view(mergeAll(emptyRecord('a' as never, 'attendance'), writes))
  return (values as { marks?: MarkSet }).marks ?? {}
}

describe('presenceOf', () => {
  it('is nobody before the first tap', () => {
    expect(presenceOf([])).toEqual({ taps: [] })
  })

  it('knows who came, who left and who came back', () => {
    const came = { ...tap('a', 'in', 0) }
    expect(presenceOf(marksOf(came)).arrived).toBe(nine)
    const gone = { ...came, ...tap('b', 'out', 60) }
    expect(presenceOf(marksOf(gone))).toMatchObject({ arrived: nine, left: at(60) })
    const back = { ...gone, ...tap('c', 'in', 70) }
    expect(presenceOf(marksOf(back)).left).toBeUndefined()
  })

  it('passes over marks of which only a part is known', () => {
    expect(marksOf({ a: { on: true, kind: 'in' }, b: { at: nine } })).toEqual([])
  })
})

describe('two tablets', () => {
  it('name both takers of one coming, at the earlier time', () => {
    const marks = marksOf(
      merged(
        { device: 'two', marks: tap('b', 'in', 5, 'daoruang', 'two') },
        { device: 'one', marks: tap('a', 'in', 0) },
      ),
    )
    expect(runsOf(marks)).toHaveLength(1)
    expect(presenceOf(marks)).toEqual({
      arrived: nine,
      taps: expect.arrayContaining([
        { taker: 'kanda', device: 'one' },
        { taker: 'daoruang', device: 'two' },
      ]),
    })
  })

  it('meet in the later correction, whoever is heard first', () => {
    const start = { ...tap('a', 'in', 0), ...tap('b', 'in', 5, 'daoruang', 'two') }
    const run = runsOf(marksOf(start))[0]!
    const set = merged(
      { device: 'one', marks: start },
      { device: 'one', marks: correctPatch(run, at(-10), 'kanda') },
      { device: 'two', marks: correctPatch(run, at(20), 'daoruang') },
    )
    expect(presenceOf(marksOf(set)).arrived).toBe(at(20))
    expect(marksOf(set).map((mark) => mark.taker)).toEqual(['kanda', 'daoruang'])
  })

  it('keep the tap of the one when the other undoes its own', () => {
    const one = tap('a', 'in', 0)
    const set = merged(
      { device: 'one', marks: one },
      { device: 'one', marks: strikePatch(marksOf(one), 'kanda') },
      { device: 'two', marks: tap('b', 'in', 5, 'daoruang', 'two') },
    )
    expect(presenceOf(marksOf(set))).toEqual({ arrived: at(5), taps: [{ taker: 'daoruang', device: 'two' }] })
    expect(marksOf(set)).toHaveLength(2)
  })

  it('leave a struck tap struck, also when the other corrects its time', () => {
    const one = tap('a', 'in', 0)
    const [run] = runsOf(marksOf(one))
    const strike = { device: 'one', marks: strikePatch(marksOf(one), 'kanda') }
    const correct = { device: 'two', marks: correctPatch(run!, at(9), 'daoruang') }
    for (const order of [
      [strike, correct],
      [correct, strike],
    ]) {
      expect(presenceOf(marksOf(merged({ device: 'one', marks: one }, ...order))).arrived).toBeUndefined()
    }
  })
})

describe('roomOf', () => {
  it('lies between the neighbours', () => {
    const runs = runsOf(marksOf({ ...tap('a', 'in', 0), ...tap('b', 'out', 60), ...tap('c', 'in', 70) }))
    expect(roomOf(runs, runs[0]!)).toEqual({ before: at(60) })
    expect(roomOf(runs, runs[1]!)).toEqual({ after: nine, before: at(70) })
    expect(roomOf(runs, runs[2]!)).toEqual({ after: at(60) })
  })

  it('at one instant lets the person be there, as the minutes do', () => {
    const runs = runsOf(marksOf({ ...tap('a', 'in', 60), ...tap('b', 'out', 60), ...tap('c', 'in', 0) }))
    expect(runs.map((run) => run.kind)).toEqual(['in', 'out', 'in'])
  })
})
