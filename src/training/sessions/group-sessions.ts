import type { Day } from '#domain/kernel/day.ts'
import { groupBy } from '../parts/group-by.ts'
import type { SessionValues } from '../parts/types.ts'

type Row = { readonly id: string; readonly values: SessionValues }

export interface Grouped<R> {
  readonly today: readonly R[]
  /** Soonest first. */
  readonly coming: readonly R[]
  /** Newest first. */
  readonly past: readonly R[]
}

/** Sessions as people look for them: today, what comes, and the past. */
export const groupSessions = <R extends Row>(sessions: readonly R[], today: Day): Grouped<R> => {
  const inOrder = sessions.toSorted((a, b) => (whenOf(a) < whenOf(b) ? -1 : 1))
  return {
    today: inOrder.filter((one) => dayOf(one) === today),
    coming: inOrder.filter((one) => dayOf(one) > today),
    past: inOrder.filter((one) => dayOf(one) < today).reverse(),
  }
}

/** By month, `YYYY-MM` or '' for what has no day, in the order in which they come. */
export const byMonth = <R extends Row>(sessions: readonly R[]): ReadonlyMap<string, readonly R[]> =>
  groupBy(sessions, (one) => dayOf(one).slice(0, 7))

/** A session whose day has not reached this tablet stands at the end of the past. */
const dayOf = ({ values }: Row) => values.heldOn ?? ''
const whenOf = (row: Row) => `${dayOf(row)} ${row.values.startsAt ?? '99:99'} ${row.id}`
