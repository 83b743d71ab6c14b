import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Day, instantOf } from '#domain/kernel/day.ts'
import {
  arrivedAt,
  type Mark,
  moduleMinutes,
  moduleSlots,
  presentIntervals,
  type SessionTimes,
} from './attendance-time.ts'

const heldOn = '2023-03-31' as Day
const nine = instantOf(heldOn, '09:00')
const minute = 60_000
const at = (time: string) => instantOf(heldOn, time)

let taps = 0
const mark = (kind: 'in' | 'out', when: number, struckBy: string | null = null): Mark => {
  taps += 1
  return { id: `mark-${taps}`, kind, at: when, taker: 'somsri', device: 'tablet-1', struckBy }
}
const cameIn = (time: string) => mark('in', at(time))
const wentOut = (time: string) => mark('out', at(time))

const session = (changes: Partial<SessionTimes> = {}): SessionTimes => ({
  heldOn,
  startsAt: '09:00',
  closed: true,
  modules: [
    { code: 'M1', plannedMinutes: 30 },
    { code: 'M2', plannedMinutes: 60, actualMinutes: 40 },
    { code: 'M3', plannedMinutes: 20, startsAt: '13:00' },
  ],
  ...changes,
})

describe('presentIntervals', () => {
  it('pairs each in with the next out', () => {
    const marks = [cameIn('09:00'), wentOut('10:00'), cameIn('10:15'), wentOut('11:00')]
    expect(presentIntervals(marks, {})).toEqual([
      [at('09:00'), at('10:00')],
      [at('10:15'), at('11:00')],
    ])
  })

  it('ignores a second in, and an out without an in', () => {
    const marks = [wentOut('08:50'), cameIn('09:00'), cameIn('09:30'), wentOut('10:00'), wentOut('10:30')]
    expect(presentIntervals(marks, {})).toEqual([[at('09:00'), at('10:00')]])
  })

  it('counts an open in up to the close, and nothing before there is one', () => {
    expect(presentIntervals([cameIn('09:00')], { closesAt: at('12:00') })).toEqual([[at('09:00'), at('12:00')]])
    expect(presentIntervals([cameIn('09:00')], { closesAt: null })).toEqual([])
    expect(presentIntervals([cameIn('12:30')], { closesAt: at('12:00') })).toEqual([])
  })

  it('is one stay when an out and an in fall on the same instant', () => {
    const marks = [cameIn('09:00'), cameIn('10:00'), wentOut('10:00'), wentOut('11:00')]
    expect(presentIntervals(marks, {})).toEqual([[at('09:00'), at('11:00')]])
  })
})

describe('arrivedAt', () => {
  it('is the first in that stands', () => {
    const struck = mark('in', at('08:00'), 'somsri')
    expect(arrivedAt([cameIn('09:30'), wentOut('08:30'), cameIn('09:10'), struck])).toBe(at('09:10'))
    expect(arrivedAt([wentOut('09:00'), struck])).toBeUndefined()
  })
})

describe('moduleSlots', () => {
  it('runs modules one after the other, by delivered minutes, unless one has its own start', () => {
    const modules = [...session().modules, { code: 'M4', plannedMinutes: 10, startsAt: null }]
    expect(moduleSlots(session({ modules }))).toEqual([
      { code: 'M1', start: at('09:00'), end: at('09:30') },
      { code: 'M2', start: at('09:30'), end: at('10:10') },
      { code: 'M3', start: at('13:00'), end: at('13:20') },
      { code: 'M4', start: at('13:20'), end: at('13:30') },
    ])
  })
})

describe('moduleMinutes', () => {
  it('gives everything to a person who came early and never tapped out of a closed session', () => {
    expect(moduleMinutes(session(), [cameIn('08:40')])).toEqual({ M1: 30, M2: 40, M3: 20 })
  })

  it('gives nothing yet to the same person while the session is open', () => {
    expect(moduleMinutes(session({ closed: false }), [cameIn('08:40')])).toEqual({ M1: 0, M2: 0, M3: 0 })
  })

  it('gives each module its own part of a stay', () => {
    const marks = [cameIn('09:10'), wentOut('09:50'), cameIn('13:15')]
    expect(moduleMinutes(session(), marks)).toEqual({ M1: 20, M2: 20, M3: 5 })
  })

  it('counts whole minutes over all stays together', () => {
    const marks = [
      mark('in', nine),
      mark('out', nine + 90_000),
      mark('in', nine + 120_000),
      mark('out', nine + 209_000),
    ]
    expect(moduleMinutes(session(), marks).M1).toBe(2)
  })

  it('knows no minutes of a module that did not run, nor of a session without modules', () => {
    const modules = [{ code: 'M1', plannedMinutes: 30, actualMinutes: 0 }]
    expect(moduleMinutes(session({ modules }), [cameIn('09:00')])).toEqual({ M1: 0 })
    expect(moduleMinutes(session({ modules: [] }), [cameIn('09:00')])).toEqual({})
  })
})

describe('laws of minutes', () => {
  const anyMark = (instant: fc.Arbitrary<number>) =>
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom<'in' | 'out'>('in', 'out'),
      at: instant,
      taker: fc.constant('somsri'),
      device: fc.constantFrom('tablet-1', 'tablet-2'),
      struckBy: fc.option(fc.constant('somsri'), { freq: 4 }),
    })
  const fullMinutes = fc.integer({ min: -20, max: 150 }).map((count) => nine + count * minute)
  const marksOf = (instant: fc.Arbitrary<number>) => fc.array(anyMark(instant), { maxLength: 10 })
  const anyModule = (code: string) =>
    fc.record({
      code: fc.constant(code),
      plannedMinutes: fc.nat(40),
      actualMinutes: fc.option(fc.nat(50)),
      startsAt: fc.option(fc.constantFrom('09:00', '09:20', '10:05'), { freq: 3 }),
    })
  const anySession = fc
    .record({ closed: fc.boolean(), modules: fc.tuple(anyModule('M1'), anyModule('M2'), anyModule('M3')) })
    .map(({ closed, modules }) => session({ closed, modules }))

  /** Walks from minute to minute, replaying the taps, and counts those in which the person was there. */
  function countMinuteByMinute(of: SessionTimes, marks: readonly Mark[]): Record<string, number> {
    const minutes: Record<string, number> = {}
    const runs = new Map<string, [number, number]>()
    let clock = nine
    for (const run of of.modules) {
      if (run.startsAt) clock = at(run.startsAt)
      const start = clock
      clock += (run.actualMinutes ?? run.plannedMinutes) * minute
      runs.set(run.code, [start, clock])
      minutes[run.code] = 0
    }
    const end = Math.max(...[...runs.values()].map((run) => run[1]))
    const walkEnd = Math.max(end, ...marks.map((one) => one.at))
    const counted: number[] = []
    let pending: number[] = []
    let inside = false
    for (let now = Math.min(nine, ...marks.map((one) => one.at)); now <= walkEnd; now += minute) {
      const taps = marks.filter((one) => !one.struckBy && one.at === now).map((one) => one.kind)
      if (taps.includes('out')) {
        if (inside) counted.push(...pending)
        pending = []
        inside = false
      }
      if (taps.includes('in')) inside = true
      if (inside) pending.push(now)
    }
    if (of.closed) counted.push(...pending.filter((now) => now < end))
    for (const now of counted) {
      for (const [code, [start, stop]] of runs) if (now >= start && now < stop) minutes[code] = (minutes[code] ?? 0) + 1
    }
    return minutes
  }

  it('agree with a count minute by minute', () => {
    fc.assert(
      fc.property(anySession, marksOf(fullMinutes), (of, marks) => {
        expect(moduleMinutes(of, marks)).toEqual(countMinuteByMinute(of, marks))
      }),
      { numRuns: 2000 },
    )
  })

  const anyInstant = fc.integer({ min: nine - 20 * minute, max: nine + 150 * minute })

  it('do not depend on the order of marks', () => {
    const shuffled = marksOf(fc.oneof(fullMinutes, anyInstant)).chain((marks) =>
      fc.tuple(fc.constant(marks), fc.shuffledSubarray(marks, { minLength: marks.length })),
    )
    fc.assert(
      fc.property(anySession, shuffled, (of, [marks, mixed]) => {
        expect(moduleMinutes(of, mixed)).toEqual(moduleMinutes(of, marks))
        expect(arrivedAt(mixed)).toBe(arrivedAt(marks))
      }),
    )
  })

  it('pass over struck marks', () => {
    fc.assert(
      fc.property(anySession, marksOf(anyInstant), (of, marks) => {
        const standing = marks.filter((one) => !one.struckBy)
        expect(moduleMinutes(of, marks)).toEqual(moduleMinutes(of, standing))
        expect(arrivedAt(marks)).toBe(arrivedAt(standing))
      }),
    )
  })

  it('are whole, never negative, never more than delivered', () => {
    fc.assert(
      fc.property(anySession, marksOf(anyInstant), (of, marks) => {
        const minutes = moduleMinutes(of, marks)
        for (const run of of.modules) {
          expect(Number.isInteger(minutes[run.code])).toBe(true)
          expect(minutes[run.code]).toBeGreaterThanOrEqual(0)
          expect(minutes[run.code]).toBeLessThanOrEqual(run.actualMinutes ?? run.plannedMinutes)
        }
      }),
    )
  })

  it('come from stays that are sorted, apart and not empty', () => {
    fc.assert(
      fc.property(marksOf(fc.oneof(fullMinutes, anyInstant)), fc.option(anyInstant), (marks, closesAt) => {
        const stays = presentIntervals(marks, { closesAt })
        stays.forEach(([start, end], index) => {
          expect(end).toBeGreaterThan(start)
          expect(start).toBeGreaterThan(stays[index - 1]?.[1] ?? -Infinity)
        })
      }),
    )
  })
})
