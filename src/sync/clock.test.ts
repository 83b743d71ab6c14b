import { describe, expect, test } from 'vitest'
import { type ClockFacts, clockTrouble, fallenBehind } from './clock.ts'

const builtAt = Date.UTC(2026, 10, 1)
const minute = 60_000
const day = 24 * 60 * minute
const right: ClockFacts = { now: builtAt + 30 * day, builtAt, seen: builtAt + 30 * day, ahead: 0, fallen: 0 }

describe('a clock that lies is noticed by itself (law 10)', () => {
  test('one that is right is not troubled', () => {
    expect(clockTrouble(right)).toBeNull()
    expect(clockTrouble({ ...right, seen: 0 })).toBeNull()
  })

  test('a Buddhist year taken for a Gregorian one', () => {
    expect(clockTrouble({ ...right, now: Date.UTC(2569, 10, 23) })).toBe('far-ahead')
  })

  test('a time before the program was built', () => {
    expect(clockTrouble({ ...right, now: builtAt - 2 * day })).toBe('before-build')
  })

  test('a time that the server had already passed', () => {
    expect(clockTrouble({ ...right, now: right.seen - 3 * minute })).toBe('behind-server')
    expect(clockTrouble({ ...right, now: right.seen - minute })).toBeNull()
  })

  test('a time well after the server’s', () => {
    expect(clockTrouble({ ...right, ahead: 11 * minute })).toBe('ahead-of-server')
    expect(clockTrouble({ ...right, ahead: 9 * minute })).toBeNull()
  })

  test('a clock that was put back while the program ran', () => {
    const start = { wall: 1_000_000_000, monotonic: 0 }
    expect(fallenBehind(start, { wall: start.wall - 60 * minute, monotonic: minute })).toBe(61 * minute)
    expect(clockTrouble({ ...right, fallen: 61 * minute })).toBe('went-back')
  })

  test('a tablet that slept, so that only the wall clock went on, is not troubled', () => {
    const start = { wall: 1_000_000_000, monotonic: 0 }
    expect(fallenBehind(start, { wall: start.wall + day, monotonic: minute })).toBe(0)
  })
})
