import { describe, expect, it } from 'vitest'
import { instantOf } from '#domain/kernel/day.ts'
import { attendedIn, moduleRuns, sessionTimesOf } from './session-times.ts'

const day = '2026-06-16'
const at = (time: string) => instantOf(day as never, time)
const came = (time: string) => [{ id: time, kind: 'in' as const, at: at(time), taker: 'kanda', device: 'one' }]
const modules = {
  M2: { on: true, order: 2, planned: 30 },
  M1: { on: true, order: 1, planned: 30, actual: 20 },
}

describe('moduleRuns', () => {
  it('puts modules in their order, then by code', () => {
    expect(moduleRuns({ modules: { ...modules, M0: { on: true } } })).toEqual([
      { code: 'M1', plannedMinutes: 30, actualMinutes: 20 },
      { code: 'M2', plannedMinutes: 30, actualMinutes: null },
      { code: 'M0', plannedMinutes: 0, actualMinutes: null },
    ])
  })
})

describe('sessionTimesOf', () => {
  it('begins at the written start', () => {
    expect(sessionTimesOf({ heldOn: day, startsAt: '09:00' }, at('08:30'))?.startsAt).toBe('09:00')
  })

  it('begins with the first person when no start is written, on that day only', () => {
    expect(sessionTimesOf({ heldOn: day }, at('09:07'))?.startsAt).toBe('09:07')
    expect(sessionTimesOf({ heldOn: '2026-06-15' }, at('09:07'))).toBeNull()
    expect(sessionTimesOf({ heldOn: day }, undefined)).toBeNull()
    expect(sessionTimesOf({ startsAt: '09:00' }, undefined)).toBeNull()
  })
})

describe('attendedIn', () => {
  const roster = [
    { person: 'mali', marks: came('09:00') },
    { person: 'saeng', marks: came('09:20') },
    { person: 'absent', marks: [] },
  ]

  it('counts to the end of the modules once the session is closed', () => {
    const attended = attendedIn({ id: 's', values: { heldOn: day, state: 'closed', modules } }, roster)
    expect(attended.get('mali')).toEqual({ session: 's', minutes: { M1: 20, M2: 30 } })
    expect(attended.get('saeng')).toEqual({ session: 's', minutes: { M1: 0, M2: 30 } })
    expect(attended.get('absent')).toEqual({ session: 's', minutes: { M1: 0, M2: 0 } })
  })

  it('counts nothing yet while the session is open and nobody left', () => {
    const attended = attendedIn({ id: 's', values: { heldOn: day, state: 'open', modules } }, roster)
    expect(attended.get('mali')?.minutes).toEqual({ M1: 0, M2: 0 })
  })

  it('knows nothing of a session to which nobody came and that has no start', () => {
    expect(attendedIn({ id: 's', values: { heldOn: day, modules } }, [{ person: 'mali', marks: [] }]).size).toBe(0)
  })
})
