import { addDays, type Day } from '#domain/kernel/day.ts'
import type { IntakeStep } from './content.ts'

/** One sitting of an intake that was not sent: what lies on the tablet while it waits. Nothing of its content is readable there. */
export interface KeptPart {
  readonly key: string
  readonly ticked: readonly IntakeStep[]
  readonly envelope: string
}

/** An intake that was begun and not sent. The draft of the store under `intakeDraft(record)`. */
export interface InterruptedIntake {
  readonly record: string
  /** The day only: the time is inside the seal. */
  readonly startedOn: Day
  readonly parts: readonly KeptPart[]
}

const prefix = 'intake-'
export const intakeDraft = (record: string): string => `${prefix}${record}`
export const isIntakeDraft = (key: string): boolean => key.startsWith(prefix)

/** Days after which an undecided intake is destroyed (docs/security.md). */
const keptDays = 7

export const isOverdue = (intake: Pick<InterruptedIntake, 'startedOn'>, today: Day): boolean =>
  addDays(intake.startedOn, keptDays) <= today

/** The last day on which it can still be decided. */
export const decideUntil = (intake: Pick<InterruptedIntake, 'startedOn'>): Day =>
  addDays(intake.startedOn, keptDays - 1)
