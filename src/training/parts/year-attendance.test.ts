import { expect, it } from 'vitest'
import { instantOf } from '#domain/kernel/day.ts'
import { completionByPerson, type SessionAttendance } from './year-attendance.ts'

const came = (day: string, time: string) => [
  { id: time, kind: 'in' as const, at: instantOf(day as never, time), taker: 'kanda', device: 'one' },
]
const session = (id: string, heldOn: string, module: string, people: Record<string, string>): SessionAttendance => ({
  id,
  values: { heldOn, startsAt: '09:00', state: 'closed', modules: { [module]: { on: true, order: 1, planned: 60 } } },
  roster: Object.entries(people).map(([person, time]) => ({ person, marks: came(heldOn, time) })),
})
const rule = {
  thresholdMinutes: 110,
  requireAllModules: true,
  modules: [
    { code: 'M1', minutes: 60 },
    { code: 'M2', minutes: 60 },
  ],
}

it('adds up the sessions of a year and says what is missing', () => {
  const year = [
    session('june', '2026-06-16', 'M1', { mali: '09:00', saeng: '09:30' }),
    session('july', '2026-07-07', 'M2', { mali: '08:50' }),
  ]
  const all = completionByPerson(['mali', 'saeng', 'absent'], year, rule)
  expect(all.get('mali')?.explanation).toMatchObject({ key: 'completed', minutes: 120 })
  expect(all.get('saeng')?.explanation).toEqual({ key: 'short-both', minutes: 30, missingMinutes: 80, modules: ['M2'] })
  expect(all.get('absent')?.explanation.key).toBe('nothing-yet')
})
