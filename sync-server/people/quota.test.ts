import { expect, test } from 'vitest'
import { quota } from './quota.ts'

test('slows whoever has used it up, and nobody else, until enough has come again', () => {
  const spend = quota({ atOnce: 100, perHour: 50 }).spend
  expect(spend('a', 100, 0)).toBeNull()
  expect(spend('b', 100, 0)).toBeNull()
  expect(spend('a', 10, 0)).toBe(720)
  expect(spend('a', 10, 700_000)).toBe(20)
  expect(spend('a', 10, 720_000)).toBeNull()
  expect(spend('a', 10, 720_000)).toBe(720)
})

test('lets through in the end what is more than there ever is', () => {
  const spend = quota({ atOnce: 100, perHour: 100 }).spend
  expect(spend('a', 500, 0)).toBeNull()
  expect(spend('a', 500, 0)).toBe(3600)
  expect(spend('a', 500, 3_600_000)).toBeNull()
})
