import { type Day, daysBetween } from '#domain/kernel/day.ts'

/** States in which nothing more is waited for. Codes of the list `complaintStatus`. */
const ended: ReadonlySet<string> = new Set(['rejected', 'closed', 'withdrawn'])

export const hasEnded = (state: string | undefined): boolean => state !== undefined && ended.has(state)

/** Whole days since the next step was due; 0 when it is not overdue. */
export const daysLate = (next: Day | undefined, state: string | undefined, today: Day): number =>
  next === undefined || hasEnded(state) ? 0 : Math.max(0, daysBetween(next, today))
