import type { FieldSet } from '#domain/change.ts'
import type { CaseView } from '../rows.ts'

type Reasoned = Pick<CaseView, 'values'> | null | undefined

/** Whether a note says why the case came to this state. */
export const reasonGiven = (view: Reasoned, state: string | undefined): boolean =>
  state !== undefined && Object.values(view?.values.notes ?? {}).some(({ reasonFor }) => reasonFor === state)

/** What is written when a case comes to a state: reasons for what it is no longer are reasons no more, or they would count again. */
export const comingTo = (view: Reasoned, state: string): FieldSet => {
  const outdated = Object.entries(view?.values.notes ?? {}).filter(
    ([, { reasonFor }]) => reasonFor && reasonFor !== state,
  )
  if (outdated.length === 0) return { state }
  return { state, notes: Object.fromEntries(outdated.map(([key]) => [key, { reasonFor: null }])) }
}
