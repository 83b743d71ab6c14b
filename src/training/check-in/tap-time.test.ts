import { expect, it } from 'vitest'
import { instantOf } from '#domain/kernel/day.ts'
import { isBackfill, tapTime } from './tap-time.ts'

const day = '2026-06-16'
const at = (on: string, time: string) => instantOf(on as never, time)
const session = { heldOn: day, startsAt: '09:00', endsAt: '12:00', modules: { M1: { on: true, planned: 30 } } }

it('is now on the day itself, and before it', () => {
  for (const now of [at(day, '09:10'), at('2026-06-15', '10:00')]) {
    expect(isBackfill(session, now)).toBe(false)
    expect(tapTime(session, 'in', now)).toBe(now)
  }
})

it('is the beginning and the end of a session of an earlier day', () => {
  const now = at('2026-06-17', '15:00')
  expect(tapTime(session, 'in', now)).toBe(at(day, '09:00'))
  expect(tapTime(session, 'out', now)).toBe(at(day, '12:00'))
  const { endsAt: _, ...open } = session
  expect(tapTime(open, 'out', now)).toBe(at(day, '09:30'))
})

it('is now where nobody wrote when the session began', () => {
  const now = at('2026-06-17', '15:00')
  expect(tapTime({ heldOn: day }, 'in', now)).toBe(now)
})
