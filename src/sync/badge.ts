import type { Counts } from '#src/store/types.ts'

/** What the badge is decided from, and nothing else. */
export interface BadgeFacts extends Omit<Counts, 'safe'> {
  /** The exchange that runs now; null when none does. */
  readonly sending: { readonly done: number; readonly total: number } | null
}

/** The four states in the words of the screens: needs you · sending n of m · saved on this tablet · safe on the server. */
export type Badge =
  | { readonly state: 'aside'; readonly held: number; readonly conflicts: number; readonly questions: number }
  | { readonly state: 'sending'; readonly done: number; readonly total: number }
  | { readonly state: 'tablet'; readonly waiting: number }
  | { readonly state: 'safe' }

/** A change is held back, two people wrote different things, or somebody asked this person something. */
export const needsYou = ({ held, conflicts, questions }: BadgeFacts): boolean => held + conflicts + questions > 0

/** An exchange is under way and there is something of this tablet in it. */
export const isSending = ({ sending, waiting }: BadgeFacts): boolean =>
  sending !== null && sending.total > 0 && waiting > 0

/** Every change of this tablet has a verified receipt: none waits and none is held. Nothing less may say safe. */
export const isSafe = ({ waiting, held }: BadgeFacts): boolean => waiting === 0 && held === 0

export const badgeOf = (facts: BadgeFacts): Badge => {
  const { held, conflicts, questions, sending, waiting } = facts
  if (needsYou(facts)) return { state: 'aside', held, conflicts, questions }
  if (isSending(facts)) return { state: 'sending', done: sending!.done, total: sending!.total }
  return isSafe(facts) ? { state: 'safe' } : { state: 'tablet', waiting }
}
