import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stampOf } from './stamp.ts'

const facts = { at: 500, seen: 100, receivedAt: 1000, stampSeen: 0, devicePrevious: 0 }

test('an honest clock is believed', () => {
  expect(stampOf(facts)).toBe(500)
})

test('a clock in the Buddhist year is stamped with the time of receipt', () => {
  expect(stampOf({ ...facts, at: 500 + 543 * 31_557_600_000 })).toBe(1000)
})

test('a clock that is behind is stamped with the last server time that it had seen', () => {
  expect(stampOf({ ...facts, at: 3 })).toBe(100)
})

test('a change follows every write that it had seen and the change before it, and otherwise stays between what it had seen and receipt', () => {
  const time = fc.integer({ min: 0, max: 10_000 })
  fc.assert(
    fc.property(time, time, time, time, time, (at, seen, later, stampSeen, devicePrevious) => {
      const receivedAt = seen + later
      const stamp = stampOf({ at, seen, receivedAt, stampSeen, devicePrevious })
      expect(stamp).toBeGreaterThan(stampSeen)
      expect(stamp).toBeGreaterThan(devicePrevious)
      expect(stamp).toBeGreaterThanOrEqual(seen)
      expect(stamp).toBeLessThanOrEqual(Math.max(receivedAt, stampSeen + 1, devicePrevious + 1))
    }),
  )
})
