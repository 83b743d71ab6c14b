import type { FieldSet } from '#domain/change.ts'
import { brokenRules } from '#domain/check.ts'
import { alteration } from '#domain/derive/alteration.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { type Day, instantOf } from '#domain/kernel/day.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { moduleRuns } from '#domain/training/session-times.ts'
import type { SessionValues } from '../parts/types.ts'

type Plain = Readonly<Record<string, Json | undefined>>

/** What is asked when a session closes. A module without a number ran as planned. */
export interface Closing {
  readonly actual: Readonly<Record<string, number | null>>
  readonly endsAt?: string
}

/** The minutes that stand in the form for a module: typed now, written earlier, else as planned; null when the field was emptied. */
export const minutesOf = (values: SessionValues, { actual }: Closing, code: string): number | null => {
  const typed = actual[code]
  if (typed !== undefined) return typed
  const module = values.modules?.[code]
  return module?.actual ?? module?.planned ?? 0
}

/** The session as it would be closed. */
const closedSession = (values: SessionValues, closing: Closing): SessionValues => ({
  ...values,
  ...(closing.endsAt !== undefined && { endsAt: closing.endsAt }),
  modules: Object.fromEntries(
    Object.entries(values.modules ?? {}).map(([code, module]) => [
      code,
      { ...module, actual: minutesOf(values, closing, code) ?? 0 },
    ]),
  ),
  state: 'closed',
})

/** Only what closing alters. */
export const closingSet = (values: SessionValues, closing: Closing): FieldSet =>
  alteration(trainingSession, values as Plain, closedSession(values, closing) as Plain)

export type ClosingWarning =
  | { readonly is: 'ends-after-start' }
  | { readonly is: 'longer-than-session'; readonly minutes: number; readonly of: number }
  | { readonly is: 'nobody-came' }

/** What is odd about it: nothing of it stands in the way. */
export const closingWarnings = (values: SessionValues, closing: Closing, came: number): ClosingWarning[] => {
  const closed = closedSession(values, closing)
  const warnings: ClosingWarning[] = brokenRules(trainingSession, closed as Readonly<Record<string, Json>>).map(() => ({
    is: 'ends-after-start',
  }))
  const minutes = moduleRuns(closed).reduce((sum, run) => sum + (run.actualMinutes ?? 0), 0)
  const { heldOn, startsAt, endsAt } = closed
  if (warnings.length === 0 && heldOn && startsAt && endsAt) {
    const of = (instantOf(heldOn as Day, endsAt) - instantOf(heldOn as Day, startsAt)) / 60_000
    if (minutes > of) warnings.push({ is: 'longer-than-session', minutes, of })
  }
  return came === 0 ? [...warnings, { is: 'nobody-came' }] : warnings
}
