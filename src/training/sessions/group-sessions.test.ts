import { expect, it } from 'vitest'
import type { Day } from '#domain/kernel/day.ts'
import { byMonth, groupSessions } from './group-sessions.ts'

const at = (id: string, heldOn?: string, startsAt?: string) => ({
  id,
  values: { ...(heldOn && { heldOn }), ...(startsAt && { startsAt }) },
})
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

it('parts sessions into today, the coming ones and the past by month', () => {
  const grouped = groupSessions(
    [
      at('next-week', '2026-06-23'),
      at('tomorrow', '2026-06-17'),
      at('afternoon', '2026-06-16', '13:00'),
      at('no-time', '2026-06-16'),
      at('morning', '2026-06-16', '09:00'),
      at('may', '2026-05-30'),
      at('june-1', '2026-06-01'),
      at('june-2', '2026-06-02'),
      at('no-day'),
    ],
    '2026-06-16' as Day,
  )
  expect(ids(grouped.today)).toEqual(['morning', 'afternoon', 'no-time'])
  expect(ids(grouped.coming)).toEqual(['tomorrow', 'next-week'])
  expect([...byMonth(grouped.past)].map(([month, sessions]) => [month, ids(sessions)])).toEqual([
    ['2026-06', ['june-2', 'june-1']],
    ['2026-05', ['may']],
    ['', ['no-day']],
  ])
})

it('knows empty days', () => {
  expect(groupSessions([], '2026-06-16' as Day)).toEqual({ today: [], coming: [], past: [] })
})
