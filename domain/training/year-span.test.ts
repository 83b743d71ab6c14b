import { expect, it } from 'vitest'
import type { Day } from '#domain/kernel/day.ts'
import { yearSpan } from './year-span.ts'

it.each([
  ['school', '2026-05-16', 2569, '2026-05-16', '2027-05-15'],
  ['school', '2026-05-15', 2568, '2025-05-16', '2026-05-15'],
  ['school', '2027-01-10', 2569, '2026-05-16', '2027-05-15'],
  ['fiscal', '2026-09-30', 2569, '2025-10-01', '2026-09-30'],
  ['fiscal', '2026-10-01', 2570, '2026-10-01', '2027-09-30'],
] as const)('the %s year of %s is %i', (kind, day, year, from, to) => {
  expect(yearSpan(kind, day as Day)).toEqual({ year, from, to })
})
