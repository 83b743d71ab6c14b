import { expect, test } from 'vitest'
import type { RecordId } from './kernel/id.ts'
import type { RecordState } from './merge.ts'
import { newsAbove, readNews } from './news.ts'

const write = { base: 0, device: 'tablet', author: 'kanda' }
const record: RecordState = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA' as RecordId,
  kind: 'activity',
  seq: 9,
  created: { seq: 3, n: 1, author: 'kanda', device: 'tablet', at: 100 },
  writes: [
    { ...write, seq: 3, n: 1, stamp: 100, at: 100, set: { node: 'home' } },
    { ...write, seq: 7, n: 2, stamp: 200, at: 200, set: { facilitator: 'ครูตัวอย่าง' } },
    { ...write, seq: 9, n: 3, stamp: 301, at: 17_000_000, proven: false, set: { outcome: 'ตกลงกันได้' } },
  ],
}

test('carries the writes above the reader’s number, and a time only where it is not the stamp', () => {
  const news = newsAbove(record, 3)
  expect(news.writes.map(({ seq, at }) => [seq, at])).toEqual([
    [7, undefined],
    [9, 17_000_000],
  ])
  expect(JSON.stringify(news)).not.toContain('created')
  expect(news.seq).toBeUndefined()
  expect(newsAbove({ ...record, seq: 12 }, 3).seq).toBe(12)
})

test('is read as it was written', () => {
  const news = JSON.parse(JSON.stringify(newsAbove(record, 3)))
  expect(readNews(news)).toEqual({ ...record, created: null, writes: record.writes.slice(1) })
  expect(readNews(JSON.parse(JSON.stringify(record)))).toEqual(record)
  const moved = { ...record, seq: 12 }
  expect(readNews(newsAbove(moved, 9))).toEqual({ ...moved, created: null, writes: [] })
})
