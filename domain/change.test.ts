import { describe, expect, test } from 'vitest'
import { type Change, changeDigest, changeLine, isDrop, readChange } from './change.ts'
import { type DeviceId, newId, type StaffId } from './kernel/id.ts'

let counter = 0
const id = () => newId<StaffId>((length) => new Uint8Array(length).fill(++counter))
const change: Change = {
  n: 1,
  author: id(),
  at: 1_793_588_400_000,
  seen: 0,
  kind: 'activity',
  v: 1,
  record: id(),
  set: { outcome: 'น้ำใจดี "มาก"\nสองบรรทัด', from25Female: 3, targetGroups: { CHY: { on: true } } },
}
const lineWith = (more: object) => JSON.stringify({ ...change, ...more })

describe('A change', () => {
  test('comes out of its line as it went in, and the line has no break', () => {
    expect(readChange(changeLine(change))).toEqual(change)
    expect(changeLine(change)).not.toContain('\n')
  })

  test('keeps what a later version adds to it', () => {
    expect(readChange(lineWith({ mood: 'ดี' }))).toMatchObject({ mood: 'ดี' })
  })

  test.each([
    ['no JSON', '{"n":1'],
    ['no object', '7'],
    ['n of 0', lineWith({ n: 0 })],
    ['n that is no whole number', lineWith({ n: 1.5 })],
    ['an author that is no id', lineWith({ author: 'kanda' })],
    ['a record that is no id', lineWith({ record: '../../etc' })],
    ['a base without an epoch', lineWith({ base: { seq: 4 } })],
    ['fields that are a list', lineWith({ set: ['a'] })],
    ['fields nested without end', lineWith({ set: { a: JSON.parse('['.repeat(9) + ']'.repeat(9)) } })],
    [
      'more keys than anybody types',
      lineWith({ set: { a: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [i, 1])) } }),
    ],
    ['a key that would alter every object', lineWith({}).replace('"outcome"', '"__proto__"')],
  ])('is not read with %s', (_, line) => {
    expect(readChange(line)).toBe(null)
  })

  test('has another digest with one byte altered, and on another tablet', () => {
    const [a, b] = [id(), id()] as unknown as [DeviceId, DeviceId]
    const line = changeLine(change)
    expect(changeDigest(a, line)).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set([changeDigest(a, line), changeDigest(b, line), changeDigest(a, `${line} `)]).size).toBe(3)
  })

  test('drops a held one when it replaces it and sets nothing', () => {
    expect(isDrop({ replaces: 4, set: {} })).toBe(true)
    expect(isDrop({ replaces: 4, set: { outcome: 'x' } })).toBe(false)
    expect(isDrop({ set: {} })).toBe(false)
  })
})
