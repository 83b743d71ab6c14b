import type { Values } from './record-kind.ts'
import type { decision } from './records/decision.ts'
import type { question } from './records/question.ts'
import type { View } from './view.ts'

export type Question = View<Values<typeof question>>
export type Decision = View<Values<typeof decision>>

/** Where a record stands with its supervisor. The first that holds, from the top, is shown. */
export const reviewStates = [
  'withdrawn',
  'conflict',
  'returned',
  'answered',
  'changed-since-approval',
  'approved',
  'new',
] as const
export type ReviewState = (typeof reviewStates)[number]

/** An unanswered question is open until it is answered or withdrawn. */
export const isOpen = (question: Question): boolean => !question.withdrawn && question.values.answer === undefined

/**
 * The state of a record, from it and what was asked and decided about it. An approval names the number that was seen: anything written
 * later is *changed since approval*.
 */
export const reviewState = (
  record: View,
  questions: readonly Question[],
  decisions: readonly Decision[],
): ReviewState => {
  if (record.withdrawn) return 'withdrawn'
  if (Object.keys(record.conflicts).length > 0) return 'conflict'
  const asked = questions.filter((one) => !one.withdrawn)
  if (asked.some(isOpen)) return 'returned'
  const decided = latest(decisions.filter((one) => !one.withdrawn))
  const approved = decided?.values.verdict === 'approved' ? decided : null
  const answered = latest(asked)
  if (answered && (!approved || momentOf(answered) > momentOf(approved))) return 'answered'
  if (!approved) return 'new'
  return record.seq > (approved.values.seen ?? 0) ? 'changed-since-approval' : 'approved'
}

const momentOf = (one: View<object>): number => one.last?.stamp ?? 0

const latest = <T extends View<object>>(all: readonly T[]): T | undefined =>
  all.reduce<T | undefined>((best, one) => (best && momentOf(best) >= momentOf(one) ? best : one), undefined)
