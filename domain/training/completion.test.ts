import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttendedSession, type Curriculum, completionOf, explainCompletion } from './completion.ts'

const curriculum = (changes: Partial<Curriculum> = {}): Curriculum => ({
  thresholdMinutes: 180,
  requireAllModules: true,
  modules: [
    { code: 'M1', minutes: 60 },
    { code: 'M2', minutes: 60 },
    { code: 'M3', minutes: 60 },
  ],
  ...changes,
})

describe('completionOf', () => {
  it('adds up distinct modules over several sessions', () => {
    const attended = [
      { session: 'march', minutes: { M1: 60, M2: 50 } },
      { session: 'april', minutes: { M3: 70 } },
    ]
    expect(completionOf(attended, curriculum())).toEqual({
      completed: true,
      minutes: 180,
      missingMinutes: 0,
      missingModules: [],
      perModule: [
        { code: 'M1', minutes: 60, session: 'march' },
        { code: 'M2', minutes: 50, session: 'march' },
        { code: 'M3', minutes: 70, session: 'april' },
      ],
    })
  })

  it('counts a repeated module once, by its best attendance', () => {
    const attended = [
      { session: 'march', minutes: { M1: 40 } },
      { session: 'april', minutes: { M1: 60 } },
      { session: 'may', minutes: { M1: 50 } },
    ]
    const result = completionOf(attended, curriculum())
    expect(result.minutes).toBe(60)
    expect(result.perModule[0]).toEqual({ code: 'M1', minutes: 60, session: 'april' })
  })

  it('names the same session on every device when two are equally good, and none for no minutes', () => {
    const attended = ['may', 'april', 'march'].map((session) => ({ session, minutes: { M1: 60, M2: 0 } }))
    const [first, second] = completionOf(attended, curriculum()).perModule
    expect(first).toEqual({ code: 'M1', minutes: 60, session: 'april' })
    expect(second).toEqual({ code: 'M2', minutes: 0, session: null })
  })

  it('misses a module that was not attended, however many minutes there are', () => {
    const attended = [{ session: 'march', minutes: { M1: 120, M2: 120, M3: 0 } }]
    const all = completionOf(attended, curriculum())
    expect([all.completed, all.missingMinutes, all.missingModules]).toEqual([false, 0, ['M3']])
    const any = completionOf(attended, curriculum({ requireAllModules: false }))
    expect([any.completed, any.missingModules]).toEqual([true, []])
  })

  it('is one minute short at 179', () => {
    const result = completionOf([{ session: 'march', minutes: { M1: 60, M2: 60, M3: 59 } }], curriculum())
    expect([result.completed, result.missingMinutes]).toEqual([false, 1])
  })

  it('gives nothing for a module outside the curriculum, whatever its code', () => {
    const minutes = { OPENING: 300, constructor: 300 } as unknown as Record<string, number>
    expect(completionOf([{ session: 'march', minutes }], curriculum()).minutes).toBe(0)
    expect(completionOf([], curriculum({ modules: [{ code: 'toString', minutes: 60 }] })).minutes).toBe(0)
  })
})

describe('explainCompletion', () => {
  const explain = (minutes: Record<string, number>) =>
    explainCompletion(completionOf([{ session: 'march', minutes }], curriculum()))
  it.each([
    [
      { M1: 60, M2: 60, M3: 60 },
      { key: 'completed', minutes: 180, missingMinutes: 0, modules: [] },
    ],
    [
      { M1: 60, M2: 60, M3: 20 },
      { key: 'short-minutes', minutes: 140, missingMinutes: 40, modules: [] },
    ],
    [
      { M1: 90, M2: 90 },
      { key: 'short-modules', minutes: 180, missingMinutes: 0, modules: ['M3'] },
    ],
    [{ M1: 60 }, { key: 'short-both', minutes: 60, missingMinutes: 120, modules: ['M2', 'M3'] }],
    [{}, { key: 'nothing-yet', minutes: 0, missingMinutes: 180, modules: ['M1', 'M2', 'M3'] }],
  ] as [Record<string, number>, object][])('says of %j: %j', (minutes, explanation) => {
    expect(explain(minutes)).toEqual(explanation)
  })
})

describe('laws of completion', () => {
  const minutes = fc.dictionary(fc.constantFrom('M1', 'M2', 'M3', 'X'), fc.nat(100))
  const attended: fc.Arbitrary<AttendedSession[]> = fc.array(
    fc.record({ session: fc.constantFrom('march', 'april', 'may', 'june'), minutes }),
    { maxLength: 6 },
  )
  const anyCurriculum = fc.boolean().map((requireAllModules) => curriculum({ requireAllModules }))

  it('agrees with the rule read out module by module', () => {
    fc.assert(
      fc.property(attended, anyCurriculum, (sessions, rule) => {
        const bests = ['M1', 'M2', 'M3'].map((code) => Math.max(0, ...sessions.map((one) => one.minutes[code] ?? 0)))
        const sum = bests.reduce((a, b) => a + b)
        const result = completionOf(sessions, rule)
        expect(result.minutes).toBe(sum)
        expect(result.completed).toBe(sum >= 180 && (!rule.requireAllModules || bests.every((best) => best > 0)))
        expect(explainCompletion(result).key === 'completed').toBe(result.completed)
      }),
      { numRuns: 1000 },
    )
  })

  it('does not depend on the order of sessions, nor on hearing of one twice', () => {
    fc.assert(
      fc.property(attended, anyCurriculum, (sessions, rule) => {
        const result = completionOf(sessions, rule)
        expect(completionOf(sessions.toReversed(), rule)).toEqual(result)
        expect(completionOf([...sessions, ...sessions], rule)).toEqual(result)
      }),
    )
  })

  it('never loses by one more session', () => {
    fc.assert(
      fc.property(attended, minutes, anyCurriculum, (sessions, more, rule) => {
        const before = completionOf(sessions, rule)
        const after = completionOf([...sessions, { session: 'july', minutes: more }], rule)
        expect(after.minutes).toBeGreaterThanOrEqual(before.minutes)
        expect(after.completed || !before.completed).toBe(true)
      }),
    )
  })
})
