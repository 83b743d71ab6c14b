import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Entry, frame, readFrames } from './frame.ts'

const entry = (n: number, text: string): Entry => ({ n, bytes: new TextEncoder().encode(text) })
const three = [entry(1, 'first'), entry(2, 'the second, a little longer'), entry(3, '')]
const bytes = frame(three)
const ends = [frame(three.slice(0, 1)).length, frame(three.slice(0, 2)).length, bytes.length]

describe('entries of an append-only file', () => {
  test('come back as they were written', () => {
    const written = fc.array(fc.record({ n: fc.maxSafeNat(), bytes: fc.uint8Array({ maxLength: 200 }) }))
    fc.assert(
      fc.property(written, (entries) => {
        expect(readFrames(frame(entries))).toEqual({ entries, damaged: 0 })
      }),
    )
  })

  test('torn at any byte, all whole entries are there and nothing else', () => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { entries, damaged } = readFrames(bytes.subarray(0, cut))
      const whole = ends.filter((end) => end <= cut).length
      expect(entries).toEqual(three.slice(0, whole))
      expect(damaged).toBe(cut - (ends[whole - 1] ?? 0))
    }
  })

  test('a tail of zeros, as a file system may leave it, is no entry', () => {
    const padded = new Uint8Array(bytes.length + 64)
    padded.set(bytes)
    expect(readFrames(padded)).toEqual({ entries: three, damaged: 64 })
  })

  test('one damaged byte anywhere costs only the entry that it is in', () => {
    for (let at = 0; at < bytes.length; at++) {
      const broken = bytes.slice()
      broken[at]! ^= 0x40
      const hit = ends.findIndex((end) => at < end)
      expect(readFrames(broken).entries).toEqual(three.filter((_, index) => index !== hit))
    }
  })
})
