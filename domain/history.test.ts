import { describe, expect, test } from 'vitest'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { differenceSince, reviewedSeq, startOf, survivingWrites, versionsOf } from './history.ts'
import { emptyRecord, mergeAll, pendingSeq, type Write } from './merge.ts'
import type { Decision } from './review.ts'
import { view } from './view.ts'

const record = newId<RecordId>((length) => new Uint8Array(length))

const write = (seq: number, author: string, set: Write['set'], more: Partial<Write> = {}): Write => ({
  seq,
  stamp: seq * 1000,
  base: seq - 1,
  device: 'tablet-1',
  n: seq,
  author,
  at: seq * 1000,
  set,
  ...more,
})

const approval = (seen: number, withdrawn = false) =>
  ({ withdrawn: withdrawn ? { reason: 'by mistake' } : null, values: { verdict: 'approved', seen } }) as Decision

const story = [
  write(4, 'kanda', { node: 'home', facilitator: 'ครูตัวอย่าง', from25Female: 100 }),
  write(7, 'daoruang', { from25Female: 120 }),
  write(9, 'kanda', { outcome: 'ตั้งกรรมการ 7 คน', facilitator: null }),
]
const versions = versionsOf(record, 'activity', story)
const now = view(mergeAll(emptyRecord(record, 'activity'), story)).values

describe('the history of a record', () => {
  test('tells what it was after each change, whatever the order in which they are given', () => {
    const backwards = versionsOf(record, 'activity', [...story].reverse())
    expect(backwards).toEqual(versions)
    expect(versions.map(({ values }) => values.from25Female)).toEqual([100, 120, 120])
    expect(versions[2]?.values).toEqual(now)
  })

  test('compares with the first version while nobody has reviewed it', () => {
    const { changed, same } = differenceSince('activity', versions, startOf(versions, reviewedSeq([])), now)
    expect(changed.map(({ field, before, after, by }) => [field, before, after, by?.author])).toEqual([
      ['facilitator', 'ครูตัวอย่าง', undefined, 'kanda'],
      ['from25Female', 100, 120, 'daoruang'],
      ['outcome', undefined, 'ตั้งกรรมการ 7 คน', 'kanda'],
    ])
    expect(same).toEqual([{ field: 'node', value: 'home' }])
  })

  test('compares with the version that the last decision named, and a decision taken back does not count', () => {
    const seen = reviewedSeq([approval(4), approval(8), approval(9, true)])
    const { changed } = differenceSince('activity', versions, startOf(versions, seen), now)
    expect(changed.map(({ field }) => field)).toEqual(['facilitator', 'outcome'])
  })

  test('a decision has seen the very change whose number it names', () => {
    expect(startOf(versions, 7)).toBe(versions[1])
  })

  test('a decision that names a number before the first change compares with the first', () => {
    expect(startOf(versions, 2)).toBe(versions[0])
    expect(startOf([], 2)).toBeUndefined()
  })

  test('shows a field that this program does not know, after those it knows', () => {
    const later = [...story, write(12, 'kanda', { weather: 'ฝน', type: 'H1' })]
    const { changed } = differenceSince('activity', versionsOf(record, 'activity', later), versions[2], {
      ...now,
      weather: 'ฝน',
      type: 'H1',
    })
    expect(changed.map(({ field }) => field)).toEqual(['type', 'weather'])
  })

  test('changes that wait on the tablet come after those the server numbered, in the order in which they were made', () => {
    const waiting = [3, 2].map((n) => write(pendingSeq, 'kanda', { from25Female: n }, { n, stamp: pendingSeq }))
    expect(versionsOf(record, 'activity', [...waiting, ...story]).map(({ write }) => write.n)).toEqual([4, 7, 9, 2, 3])
  })

  test('without a server it is told by the writes that survive, each once and the newest last', () => {
    const other = write(8, 'daoruang', { from25Female: 102, from25Male: 7 }, { device: 'tablet-2', base: 4, n: 1 })
    const both = view(mergeAll(emptyRecord(record, 'activity'), [...story, other]))
    expect(Object.keys(both.conflicts)).toEqual(['from25Female'])
    expect(survivingWrites(both).map(({ device, n }) => [device, n])).toEqual([
      ['tablet-1', 7],
      ['tablet-2', 1],
      ['tablet-1', 9],
    ])
  })
})
