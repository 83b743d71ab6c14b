import type { Chance } from './chance.ts'
import { dealSeason } from './seasons.ts'
import { type Weather, weathers } from './tablet.ts'
import { type Attack, attacks } from './thief.ts'

/** Where a person does something: which tablet, which of its tabs. */
interface Where {
  readonly tablet: number
  readonly page: number
}

/** One thing that happens. Numbers choose among what there is at that moment, so that any step may be left out of a history. */
export type Deed =
  | (Where & {
      readonly do: 'create'
      readonly kind: 'activity' | 'training-session' | 'visit'
      readonly place: number
    })
  | (Where & { readonly do: 'edit'; readonly record: number; readonly field: number; readonly stale: boolean })
  | (Where & { readonly do: 'check-in'; readonly session: number; readonly person: number; readonly out: boolean })
  | (Where & { readonly do: 'strike'; readonly record: number })
  | (Where & { readonly do: 'withdraw'; readonly record: number; readonly back: boolean })
  | (Where & { readonly do: 'move'; readonly record: number; readonly place: number })
  | (Where & { readonly do: 'roster'; readonly place: number; readonly count: number })
  | (Where & { readonly do: 'mend'; readonly drop: boolean })
  | (Where & { readonly do: 'save-again'; readonly altered: boolean })
  | (Where & { readonly do: 'look'; readonly record: number })
  | (Where & { readonly do: 'switch'; readonly person: number })
  | (Where & { readonly do: 'crash'; readonly after: number; readonly reopen: number })
  | (Where & { readonly do: 'leave' })
  | (Where & { readonly do: 'ask' })
  | { readonly do: 'tear'; readonly tablet: number; readonly bytes: number }
  | { readonly do: 'erase'; readonly tablet: number; readonly what: 'database' | 'disk' }
  | { readonly do: 'weather'; readonly tablet: number; readonly weather: Weather }
  | { readonly do: 'clock'; readonly tablet: number; readonly skew: number }
  | { readonly do: 'revoke'; readonly tablet: number }
  | { readonly do: 'upgrade'; readonly what: 'server' | number }
  | { readonly do: 'reach'; readonly person: number; readonly place: number; readonly on: boolean }
  | { readonly do: 'drop-held'; readonly which: number }
  | { readonly do: 'back-up'; readonly verified: boolean }
  | { readonly do: 'restore'; readonly which: number; readonly newEpoch: boolean }
  | { readonly do: 'review-access' }
  | { readonly do: 'days'; readonly count: number }
  | { readonly do: 'attack'; readonly how: Attack; readonly which: number }

export type Step = Deed & {
  /** Milliseconds that pass afterwards. */
  readonly pause: number
}

export const tabletCount = 3
export const pagesOf = (tablet: number) => (tablet === 0 ? 2 : 1)

const minute = 60_000
const year = 365.25 * 24 * 60 * minute
/** From minutes to the Buddhist year taken for a Gregorian one. */
const skews = [
  0,
  5 * minute,
  -5 * minute,
  3 * 60 * minute,
  -26 * 60 * minute,
  40 * 24 * 60 * minute,
  -2 * year,
  543 * year,
]

const dealers: readonly [weight: number, deal: (chance: Chance, where: Where) => Deed][] = [
  [14, (chance, where) => ({ ...where, do: 'create', kind: kindOf(chance), place: chance.below(4) })],
  [22, (c, w) => ({ ...w, do: 'edit', record: c.below(12), field: c.below(7), stale: c.happens(0.3) })],
  [10, (c, w) => ({ ...w, do: 'check-in', session: c.below(3), person: c.below(3), out: c.happens(0.3) })],
  [3, (c, w) => ({ ...w, do: 'strike', record: c.below(12) })],
  [4, (c, w) => ({ ...w, do: 'withdraw', record: c.below(12), back: c.happens(0.3) })],
  [5, (c, w) => ({ ...w, do: 'move', record: c.below(12), place: c.below(4) })],
  [3, (c, w) => ({ ...w, do: 'roster', place: c.below(3), count: 1 + c.below(4) })],
  [6, (c, w) => ({ ...w, do: 'mend', drop: c.happens(0.4) })],
  [3, (c, w) => ({ ...w, do: 'save-again', altered: c.happens(0.3) })],
  [6, (c, w) => ({ ...w, do: 'look', record: c.below(12) })],
  [6, (c, w) => ({ ...w, do: 'switch', person: c.below(2) })],
  [9, (c, w) => ({ ...w, do: 'crash', after: c.below(c.happens(0.5) ? 40 : 250), reopen: 10 + c.below(3000) })],
  [2, (_, w) => ({ ...w, do: 'leave' })],
  [5, (_, w) => ({ ...w, do: 'ask' })],
  [2, (c, { tablet }) => ({ do: 'tear', tablet, bytes: c.below(400) })],
  [4, (c, { tablet }) => ({ do: 'erase', tablet, what: c.happens(0.6) ? 'database' : 'disk' })],
  [14, (c, { tablet }) => ({ do: 'weather', tablet, weather: c.happens(0.35) ? 'fair' : c.pick(weathers) })],
  [3, (c, { tablet }) => ({ do: 'clock', tablet, skew: c.pick(skews) })],
  [2, (_, { tablet }) => ({ do: 'revoke', tablet })],
  [2, (c, { tablet }) => ({ do: 'upgrade', what: c.happens(0.5) ? 'server' : tablet })],
  [6, (c) => ({ do: 'reach', person: c.below(4), place: c.below(3), on: c.happens(0.5) })],
  [2, (c) => ({ do: 'drop-held', which: c.below(3) })],
  [5, (c) => ({ do: 'back-up', verified: c.happens(0.4) })],
  [4, (c) => ({ do: 'restore', which: c.below(3), newEpoch: c.happens(0.6) })],
  [3, () => ({ do: 'review-access' })],
  [3, (c) => ({ do: 'days', count: c.pick([1, 10, 31, 40]) })],
  [12, (c) => ({ do: 'attack', how: c.pick(attacks), which: c.below(12) })],
]
const total = dealers.reduce((sum, [weight]) => sum + weight, 0)

const kindOf = (chance: Chance) =>
  chance.happens(0.6) ? 'activity' : chance.happens(0.7) ? 'training-session' : ('visit' as const)

const dealDeed = (chance: Chance): Deed => {
  const tablet = chance.below(tabletCount)
  const where = { tablet, page: chance.below(pagesOf(tablet)) }
  let left = chance.below(total)
  for (const [weight, deal] of dealers) {
    left -= weight
    if (left < 0) return deal(chance, where)
  }
  return { ...where, do: 'ask' }
}

/** Pauses from "in the same moment" to "after lunch". */
const dealPause = (chance: Chance): number =>
  chance.happens(0.4) ? chance.below(30) : chance.happens(0.9) ? chance.below(3000) : chance.below(100_000)

/** How many histories have a season in them, from 0 to 1. */
const seasonShare = Number(process.env.SEASONS ?? 0.07)

/** The steps of a history: mostly short, now and then a long one. */
export const dealSteps = (chance: Chance): readonly Step[] => {
  const length = chance.happens(0.03) ? 60 + chance.below(60) : 6 + chance.below(14)
  const steps: Step[] = Array.from({ length }, () => ({ ...dealDeed(chance), pause: dealPause(chance) }))
  if (chance.happens(seasonShare)) steps.splice(chance.below(length), 0, ...dealSeason(chance))
  return steps
}
