import type { Day } from '#domain/kernel/day.ts'
import { groupBy } from '../parts/group-by.ts'
import type { SessionValues } from '../parts/types.ts'

type Row = { readonly id: string; readonly values: SessionValues }

export interface Grouped<R> {
  readonly today: readonly R[]
  /** Soonest first. */
  readonly coming: readonly R[]
  /** Newest month first, newest session first; `month` is `YYYY-MM`. */
  readonly months: readonly { readonly month: string; readonly sessions: readonly R[] }[]
}

/** Sessions as people look for them: today, what comes, and the past by month. */
export const groupSessions = <R extends Row>(sessions: readonly R[], today: Day): Grouped<R> => {
  const inOrder = sessions.toSorted((a, b) => (whenOf(a) < whenOf(b) ? -1 : 1))
  const past = inOrder.filter((one) => dayOf(one) < today).reverse()
  const months = groupBy(past, (one) => dayOf(one).slice(0, 7))
  return {
    today: inOrder.filter((one) => dayOf(one) === today),
    coming: inOrder.filter((one) => dayOf(one) > today),
    months: [...months].map(([month, rows]) => ({ month, sessions: rows })),
  }
}

/** A session whose day has not reached this tablet stands at the end of the past. */
const dayOf = ({ values }: Row) => values.heldOn ?? ''
const whenOf = (row: Row) => `${dayOf(row)} ${row.values.startsAt ?? '99:99'} ${row.id}`
