import type { Mark } from '#domain/training/attendance-time.ts'
import type { CompletionExplanation, CompletionResult, Curriculum } from '#domain/training/completion.ts'
import { completionOf, explainCompletion } from '#domain/training/completion.ts'
import { marksOf } from '#domain/training/marks.ts'
import { attendedIn } from '#domain/training/session-times.ts'
import type { AttendanceView, SessionValues } from './types.ts'

/** One session of the year with everybody's marks, as far as this tablet knows them. */
export interface SessionAttendance {
  readonly id: string
  readonly values: SessionValues
  readonly roster: readonly { readonly person: string; readonly marks: readonly Mark[] }[]
}

export const sessionAttendance = (
  session: { readonly id: string; readonly values: SessionValues },
  rows: readonly AttendanceView[],
): SessionAttendance => ({
  id: session.id,
  values: session.values,
  roster: rows.flatMap(({ values }) =>
    values.person ? [{ person: values.person, marks: marksOf(values.marks) }] : [],
  ),
})

export interface PersonCompletion {
  readonly result: CompletionResult
  readonly explanation: CompletionExplanation
}

/** By person, whether they have completed over all these sessions, and what is missing. */
export const completionByPerson = (
  people: readonly string[],
  year: readonly SessionAttendance[],
  rule: Curriculum,
): Map<string, PersonCompletion> => {
  const attended = year.map((session) => attendedIn(session, session.roster))
  return new Map(
    people.map((person) => {
      const result = completionOf(
        attended.flatMap((session) => session.get(person) ?? []),
        rule,
      )
      return [person, { result, explanation: explainCompletion(result) }]
    }),
  )
}
