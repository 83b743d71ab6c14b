import { type Day, dayOfInstant, instantOf } from '#domain/kernel/day.ts'
import type { SessionValues } from '../parts/types.ts'

/** Whether the session was on an earlier day: people are then entered from a list on paper. */
export const isBackfill = ({ heldOn, startsAt }: SessionValues, now: number): boolean =>
  heldOn !== undefined && startsAt !== undefined && heldOn < dayOfInstant(now)

/**
 * The time that a tap stands for: now. After the day of the session it is the beginning or the end of the session, because the hour at
 * which somebody copies a list says nothing about when people came.
 */
export const tapTime = (values: SessionValues, kind: 'in' | 'out', now: number): number => {
  if (!isBackfill(values, now)) return now
  const day = values.heldOn as Day
  const begins = instantOf(day, values.startsAt!)
  if (kind === 'in') return begins
  const planned = Object.values(values.modules ?? {}).reduce((sum, one) => sum + (one.actual ?? one.planned ?? 0), 0)
  return values.endsAt ? instantOf(day, values.endsAt) : begins + planned * 60_000
}
