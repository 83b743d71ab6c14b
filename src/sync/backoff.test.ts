import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseAfter } from './backoff.ts'

test('pauses double from one to two seconds up to five minutes', () => {
  expect([1, 2, 3, 4].map((failures) => pauseAfter(failures, () => 1))).toEqual([2000, 4000, 8000, 16_000])
  expect(pauseAfter(1, () => 0)).toBe(1000)
  expect(pauseAfter(500, () => 1)).toBe(300_000)
})

test('half of every pause is chance, so that the tablets of a province do not return all at once', () => {
  expect(pauseAfter(5, () => 0)).toBe(16_000)
  expect(pauseAfter(5, () => 1)).toBe(32_000)
})

test('the server’s own word is never undercut', () => {
  const facts = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3600))
  fc.assert(
    fc.property(facts, ([failures, chance, seconds]) => {
      expect(pauseAfter(failures, () => chance, seconds)).toBeGreaterThanOrEqual(seconds * 1000)
    }),
  )
})
