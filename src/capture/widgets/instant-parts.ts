import { type Day, dayOfInstant, instantOf, timeOfInstant } from '#domain/kernel/day.ts'

export interface InstantParts {
  readonly day?: Day | undefined
  readonly time?: string | undefined
}

/** Day and time in Thailand at an instant. */
export const partsOf = (instant: number | undefined): InstantParts =>
  instant === undefined ? {} : { day: dayOfInstant(instant), time: timeOfInstant(instant) }

/** The instant that a day and a time mean; undefined while one of them is missing. */
export const instantFrom = ({ day, time }: InstantParts): number | undefined =>
  day === undefined || time === undefined ? undefined : instantOf(day, time)
