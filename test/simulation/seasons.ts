import type { Chance } from './chance.ts'
import { type Deed, type Step, tabletCount } from './steps.ts'

// Courses of events that chance alone seldom deals in this order.

const unhurried = (deeds: readonly Deed[]): readonly Step[] => deeds.map((deed) => ({ ...deed, pause: 2500 }))

/** So much work that segments of the journal are full, then weeks later a restore. */
const dealWork = (chance: Chance): readonly Step[] => {
  const tablet = chance.below(tabletCount)
  const where = { tablet, page: 0 }
  const roster: Deed = { ...where, do: 'roster', place: 0, count: 4 }
  const ask: Deed = { ...where, do: 'ask' }
  return unhurried([
    { do: 'weather', tablet, weather: 'fair' },
    { do: 'back-up', verified: chance.happens(0.5) },
    ...[roster, roster, ask],
    ...(chance.happens(0.5) ? [{ do: 'back-up', verified: true } as const] : []),
    { do: 'days', count: chance.pick([1, 20, 31, 40]) },
    ...[ask, ask],
    { do: 'restore', which: chance.below(2), newEpoch: chance.happens(0.6) },
  ])
}

/** Before a tablet has offered everything again, somebody copies the old file back once more, and the old epoch with it. */
const dealTwoRestores = (chance: Chance): readonly Step[] => {
  const tablet = chance.below(tabletCount)
  const ask: Deed = { tablet, page: 0, do: 'ask' }
  const others = Array.from({ length: tabletCount }, (_, one) => one).filter((one) => one !== tablet)
  const restore = (newEpoch: boolean): Deed => ({ do: 'restore', which: 0, newEpoch })
  const reach = (): Deed => ({ do: 'reach', person: chance.below(4), place: chance.below(3), on: chance.happens(0.5) })
  return [
    ...unhurried([
      ...others.map((one) => ({ do: 'weather', tablet: one, weather: 'no-network' }) as const),
      { do: 'weather', tablet, weather: 'fair' },
      { do: 'back-up', verified: false },
      reach(),
      ask,
      restore(true),
    ]),
    { ...ask, pause: 100 + chance.below(900) },
    ...unhurried([restore(false), reach(), ask]),
  ]
}

/** Colleagues on one tablet both lose the place that only they could read, and one of them alone is there to hear it. */
const dealTwoLeave = (chance: Chance): readonly Step[] => {
  const where = { tablet: 0, page: 0 }
  const ask: Deed = { ...where, do: 'ask' }
  const work = (person: number): Deed => ({ ...where, do: 'switch', person })
  const [home, school] = [0, 2]
  return unhurried([
    { do: 'weather', tablet: 0, weather: 'fair' },
    work(1),
    { ...where, do: 'create', kind: 'activity', place: school },
    ask,
    ...[work(0), ask, work(chance.below(2))],
    { do: 'reach', person: 0, place: home, on: false },
    { do: 'reach', person: 3, place: school, on: false },
    ask,
  ])
}

/** After two restores the old epoch is back and the log has grown past what a colleague had read in it before. */
const dealGrownAgain = (chance: Chance): readonly Step[] => {
  const where = { tablet: 0, page: 0 }
  const school = 2
  const write = (tablet: number): Deed => ({ tablet, page: 0, do: 'create', kind: 'activity', place: school })
  const ask = (tablet: number): Deed => ({ tablet, page: 0, do: 'ask' })
  const lines = (weather: 'fair' | 'no-network', ...tablets: readonly number[]): readonly Deed[] =>
    tablets.map((tablet) => ({ do: 'weather', tablet, weather }))
  return unhurried([
    ...lines('no-network', 1, 2),
    { do: 'back-up', verified: false },
    { ...where, do: 'switch', person: 1 },
    ...Array.from({ length: 1 + chance.below(3) }, () => write(0)),
    ask(0),
    { ...where, do: 'switch', person: 0 },
    ask(0),
    { do: 'restore', which: 0, newEpoch: true },
    ...[ask(0), ask(0), ask(0)],
    { do: 'restore', which: 0, newEpoch: false },
    ...lines('fair', 2),
    ...[write(2), ask(2)],
  ])
}

/** A reach that was never read under is forgotten by a restore, and the next one takes its number. */
const dealReachAgain = (chance: Chance): readonly Step[] => {
  const [home, school] = [1, 2]
  const ask = (tablet: number): Deed => ({ tablet, page: 0, do: 'ask' })
  return unhurried([
    { tablet: 2, page: 0, do: 'create', kind: 'activity', place: school },
    ...[ask(2), ask(2), ask(1), ask(1)],
    ...[0, 1, 2].map((tablet) => ({ do: 'weather', tablet, weather: 'no-network' }) as const),
    { do: 'reach', person: 1, place: home, on: true },
    { do: 'back-up', verified: false },
    { do: 'weather', tablet: 1, weather: 'fair' },
    ...[ask(1), ask(1)],
    { do: 'restore', which: 0, newEpoch: chance.happens(0.3) },
    { do: 'reach', person: 1, place: school, on: true },
    ask(1),
  ])
}

/**
 * A form stays open while the log that it was opened on is lost, in part or in name alone, and is saved once its tablet has read what came in its place; where the tablet
 * is shared, a colleague has read it too and is there when it is sent.
 */
const dealOpenForm = (chance: Chance): readonly Step[] => {
  const temple = 1
  const [facilitator, outcome] = [1, 2]
  const isShared = chance.happens(0.5)
  const isNothingLost = chance.happens(0.3)
  const backUp: Deed = { do: 'back-up', verified: false }
  const [here, there] = isShared ? [0, 2] : [2, 0]
  const line = (tablet: number, weather: 'fair' | 'no-network'): Deed => ({ do: 'weather', tablet, weather })
  const ask = (tablet: number): Deed => ({ tablet, page: 0, do: 'ask' })
  const write = (tablet: number, field: number, stale: boolean): Deed => {
    return { tablet, page: 0, do: 'edit', record: 0, field, stale }
  }
  const person = (one: number): Deed => ({ tablet: here, page: 0, do: 'switch', person: one })
  const after = (pause: number, deed: Deed): Step => ({ ...deed, pause })
  const restore = (newEpoch: boolean): Deed => ({ do: 'restore', which: 0, newEpoch })
  const missed = [line(there, 'fair'), write(there, outcome, false), ask(there)]
  const openForm = after(50, write(here, outcome, true))
  const courses: readonly (readonly Step[])[] = [
    // one restore, and something is written that the form does not show, or nothing
    [
      ...unhurried([restore(chance.happens(0.5)), ...(chance.happens(0.5) ? missed : [])]),
      ...[openForm, after(2000, ask(here))],
    ],
    // behind the restore the older file is copied back: while the tablet has been refused only, or once it has read
    ...[400, 2000].map((heard) => [
      ...[after(2500, restore(true)), openForm, after(heard, ask(here)), after(50, restore(false))],
      ...missed.map((deed) => after(100, deed)),
    ]),
  ]
  return [
    ...unhurried([
      ...[line(1, 'no-network'), line(here, 'fair'), line(there, 'fair')],
      { tablet: there, page: 0, do: 'create', kind: 'activity', place: temple },
      ...[ask(there), person(0), ask(here)],
      backUp,
      line(there, 'no-network'),
      ...[write(here, facilitator, false), write(here, facilitator, false), ask(here)],
      ...(isNothingLost ? [backUp] : []),
    ]),
    ...chance.pick(courses),
    ...[after(850, person(1)), after(50, person(0)), after(150, line(here, 'no-network')), after(100, person(1))],
    ...unhurried([line(here, 'fair'), ask(here)]),
  ]
}

/** A draft is found again long after what it has become was let go of. */
const dealOldDraft = (chance: Chance): readonly Step[] => {
  const where = { tablet: 1 + chance.below(2), page: 0 }
  const write: Deed = { ...where, do: 'create', kind: 'activity', place: where.tablet }
  const ask: Deed = { ...where, do: 'ask' }
  return unhurried([
    { do: 'weather', tablet: where.tablet, weather: 'fair' },
    ...Array.from({ length: 3 + chance.below(4) }, () => write),
    ...[ask, ask],
    { do: 'back-up', verified: true },
    ...[write, ask],
    { do: 'days', count: 40 },
    ...[ask, ask, write, ask],
    { ...where, do: 'crash', after: chance.below(20), reopen: 10 },
    ...[ask, ask],
    { ...where, do: 'save-again', altered: chance.happens(0.3) },
    ask,
  ])
}

/** What is held stays so over a restore, and in the new log somebody else's words bear the numbers that its base has counted. */
const dealHeldOverRestore = (chance: Chance): readonly Step[] => {
  const [temple, school] = [1, 2]
  const [facilitator, outcome] = [1, 2]
  const where = { tablet: 0, page: 0 }
  const ask = (tablet: number): Deed => ({ tablet, page: 0, do: 'ask' })
  const line = (tablet: number, weather: 'fair' | 'no-network'): Deed => ({ do: 'weather', tablet, weather })
  const write = (tablet: number, field: number): Deed => {
    return { tablet, page: 0, do: 'edit', record: 0, field, stale: false }
  }
  return unhurried([
    ...[line(1, 'no-network'), line(0, 'fair'), line(2, 'fair')],
    { tablet: 2, page: 0, do: 'create', kind: 'activity', place: temple },
    ...[ask(2), ask(0)],
    { do: 'back-up', verified: chance.happens(0.5) },
    ...[write(0, facilitator), write(0, facilitator), ask(0)],
    { ...where, do: 'move', record: 0, place: school },
    ...[write(0, outcome), ask(0), line(0, 'no-network')],
    { do: 'restore', which: 0, newEpoch: true },
    ...[write(2, outcome), ask(2), line(0, 'fair'), ask(0)],
    write(0, outcome),
    { ...where, do: 'mend', drop: true },
    ask(0),
  ])
}

/** While a tablet waits as long as the server has asked it to, its clock is put back, and it stays so. */
const dealClockPutBack = (chance: Chance): readonly Step[] => {
  const where = { tablet: 1 + chance.below(2), page: 0 }
  const ask: Deed = { ...where, do: 'ask' }
  const hour = 3_600_000
  return [
    { do: 'weather', tablet: where.tablet, weather: 'busy', pause: 100 },
    { ...where, do: 'create', kind: 'activity', place: where.tablet, pause: 2000 },
    { ...ask, pause: 300 },
    { do: 'clock', tablet: where.tablet, skew: chance.pick([-26, -17_500]) * hour, pause: 20 },
    { ...ask, pause: 20 },
    { do: 'weather', tablet: where.tablet, weather: 'fair', pause: 2500 },
  ]
}

/** Away from any network a session is moved, people are checked in to it, and it is moved on or back; all of it goes up in one request. */
const dealMovedAndBack = (chance: Chance): readonly Step[] => {
  const where = { tablet: chance.pick([0, 2]), page: 0 }
  const [home, temple] = [0, 1]
  const line = (weather: 'fair' | 'no-network'): Deed => ({ do: 'weather', tablet: where.tablet, weather })
  const ask: Deed = { ...where, do: 'ask' }
  return unhurried([
    line('fair'),
    { ...where, do: 'switch', person: 0 },
    { ...where, do: 'create', kind: 'training-session', place: home },
    ...[ask, line('no-network')],
    // what is newest comes first: the session, and after it whoever was checked in to it
    { ...where, do: 'move', record: 0, place: temple },
    { ...where, do: 'check-in', session: 0, person: chance.below(3), out: false },
    { ...where, do: 'move', record: 1, place: chance.happens(0.7) ? home : temple },
    ...[line('fair'), ask],
  ])
}

/** A draft is saved, altered and saved, and saved once more with its first words; then IndexedDB is gone. */
const dealFirstWordsAgain = (chance: Chance): readonly Step[] => {
  const where = { tablet: 1 + chance.below(2), page: 0 }
  const ask: Deed = { ...where, do: 'ask' }
  return unhurried([
    { do: 'weather', tablet: where.tablet, weather: 'fair' },
    { ...where, do: 'create', kind: 'activity', place: chance.below(4) },
    ask,
    { ...where, do: 'save-again', altered: true },
    { ...where, do: 'save-again', altered: false },
    ask,
    { do: 'erase', tablet: where.tablet, what: 'database' },
    ask,
  ])
}

/** What is held is altered, which waits, and then mended; a colleague may have a word on it before the next alteration. */
const dealMended = (chance: Chance): readonly Step[] => {
  const where = { tablet: 0, page: 0 }
  const [temple, school] = [1, 2]
  const ask: Deed = { ...where, do: 'ask' }
  const line = (weather: 'fair' | 'no-network'): Deed => ({ do: 'weather', tablet: 0, weather })
  const write = (tablet: number): Deed => {
    return { tablet, page: 0, do: 'edit', record: 0, field: chance.pick([0, 1, 2, 2, 3]), stale: false }
  }
  const mend: Deed = { ...where, do: 'mend', drop: chance.happens(0.2) }
  return unhurried([
    ...[line('fair'), { do: 'weather', tablet: 2, weather: 'fair' } as const],
    { ...where, do: 'create', kind: 'activity', place: chance.happens(0.7) ? school : temple },
    ask,
    ...(chance.happens(0.5) ? [write(0), { ...where, do: 'move', record: 0, place: school } as const, ask] : []),
    ...[write(0), write(0), ask],
    ...(chance.happens(0.5) ? [line('no-network')] : []),
    ...[mend, line('fair'), ask],
    ...[{ ...ask, tablet: 2 }, write(2), { ...ask, tablet: 2 }, ask, write(0), ask],
  ])
}

/** Forms that stay open come in more courses than the rest. */
const seasons = [
  dealWork,
  dealTwoRestores,
  dealTwoLeave,
  dealGrownAgain,
  dealReachAgain,
  dealOldDraft,
  dealHeldOverRestore,
  dealClockPutBack,
  dealMovedAndBack,
  dealFirstWordsAgain,
  dealMended,
  ...Array.from({ length: 4 }, () => dealOpenForm),
]

export const dealSeason = (chance: Chance): readonly Step[] => chance.pick(seasons)(chance)
