import { describe, expect, it } from 'vitest'
import { closingSet, closingWarnings, minutesOf } from './close-plan.ts'

const session = {
  heldOn: '2026-06-16',
  startsAt: '09:00',
  endsAt: '10:00',
  state: 'open' as const,
  modules: { M1: { on: true, order: 1, planned: 30 }, M2: { on: true, order: 2, planned: 30, actual: 20 } },
}

describe('closing a session', () => {
  it('writes down the minutes of each module, and only what it alters', () => {
    expect(closingSet(session, { actual: {} })).toEqual({ state: 'closed', modules: { M1: { actual: 30 } } })
    expect(closingSet(session, { actual: { M2: 25 }, endsAt: '10:05' })).toEqual({
      state: 'closed',
      endsAt: '10:05',
      modules: { M1: { actual: 30 }, M2: { actual: 25 } },
    })
  })

  it('lets a field be emptied while typing; empty means that the module did not run', () => {
    expect(minutesOf(session, { actual: { M1: null } }, 'M1')).toBeNull()
    expect(closingSet(session, { actual: { M1: null } })).toMatchObject({ modules: { M1: { actual: 0 } } })
  })

  it('warns about odd times, and that nobody came', () => {
    expect(closingWarnings(session, { actual: {} }, 3)).toEqual([])
    expect(closingWarnings(session, { actual: { M1: 90 } }, 3)).toEqual([
      { is: 'longer-than-session', minutes: 110, of: 60 },
    ])
    expect(closingWarnings(session, { actual: {}, endsAt: '08:00' }, 0)).toEqual([
      { is: 'ends-after-start' },
      { is: 'nobody-came' },
    ])
  })
})
