import { isOpen, type Question } from '#domain/review.ts'

export interface OpenQuestions {
  /** For the person who works here: asked of them, or of nobody in particular on this tablet. */
  readonly mine: readonly Question[]
  /** For a colleague, about a record that came from this tablet. */
  readonly colleagues: readonly Question[]
}

/** The questions that are tasks here, the oldest first, for it has waited longest. */
export const questionsFor = (
  questions: readonly Question[],
  here: { readonly person: string | undefined; readonly devices: readonly (string | undefined)[] },
): OpenQuestions => {
  const open = questions
    .filter(isOpen)
    .sort((a, b) => (a.created?.at ?? 0) - (b.created?.at ?? 0) || (a.id < b.id ? -1 : 1))
  const isMine = ({ values: { to, toDevice } }: Question) =>
    to === undefined ? toDevice === undefined || here.devices.includes(toDevice) : to === here.person
  return {
    mine: open.filter(isMine),
    colleagues: open.filter(
      (one) => !isMine(one) && one.values.to !== undefined && here.devices.includes(one.values.toDevice),
    ),
  }
}
