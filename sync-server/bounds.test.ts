import { expect, test } from 'vitest'
import { limits } from '#domain/protocol.ts'
import { bounds } from './bounds.ts'
import { newQuotas } from './people/quotas.ts'

const [school, days] = [800, 30]

test.each([
  ['taken in', 0],
  ['held, because the tablet was revoked by mistake', 1],
])('six weeks of the busiest school get through in one day, all of it %s', (_, share) => {
  const quotas = newQuotas()
  const pushes = Math.ceil((school * days * 2) / limits.changes)
  for (let push = 0; push < pushes; push++) {
    const lines = limits.changes
    expect(quotas.mayPush('tablet', lines, 0)).toBeNull()
    quotas.pushed('tablet', { begun: (lines / 2) * (1 - share), held: lines * share }, 0)
  }
})

test('what comes above that is slowed and comes through in the end', () => {
  const quotas = newQuotas({
    lines: { atOnce: 1000, perHour: 1000 },
    newRecords: { atOnce: 100, perHour: 10 },
    heldLines: { atOnce: 100, perHour: 20 },
    enrolments: bounds.enrolments,
  })
  quotas.pushed('begins', { begun: 105, held: 0 }, 0)
  quotas.pushed('is-held', { begun: 0, held: 105 }, 0)
  expect(quotas.mayPush('begins', 1, 0)).toBe(6 * 360)
  expect(quotas.mayPush('is-held', 1, 0)).toBe(6 * 180)
  expect(quotas.mayPush('another', 1, 0)).toBeNull()
  expect(quotas.mayPush('begins', 1, 6 * 360_000)).toBeNull()
  expect(quotas.mayPush('is-held', 1, 6 * 180_000)).toBeNull()
})

test('whoever has nothing to send still reads', () => {
  const quotas = newQuotas()
  quotas.pushed('tablet', { begun: bounds.newRecords.atOnce, held: bounds.heldLines.atOnce }, 0)
  expect(quotas.mayPush('tablet', 1, 0)).not.toBeNull()
  expect(quotas.mayPush('tablet', 0, 0)).toBeNull()
})

test('tablets without end under one sign-in are slowed', () => {
  const quotas = newQuotas()
  for (let i = 0; i < bounds.enrolments.atOnce; i++) {
    expect(quotas.mayEnrol('somebody', 0)).toBeNull()
    quotas.enrolled('somebody', 1, 0)
  }
  expect(quotas.mayEnrol('somebody', 0)).toBe(120)
  expect(quotas.mayEnrol('a colleague', 0)).toBeNull()
})
