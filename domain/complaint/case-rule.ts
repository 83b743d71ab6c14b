import { hasEnded } from './case-state.ts'

/**
 * Categories (codes of `rightsCategory`) whose complaints no member of the desk may bring to mediation or end without a word: torture and
 * enforced disappearance, sexual violence, violence against children. Of the first, the Prevention and Suppression of Torture and Enforced
 * Disappearance Act B.E. 2565, section 29, asks whoever learns of it to notify the authorities without delay. That none of them is mediated is
 * this program's own rule, which a legal officer has to confirm (docs/security.md).
 */
const protectedCategories: ReadonlySet<string> = new Set(['TORTURE', 'SEXUAL-VIOLENCE', 'CHILD-VIOLENCE'])

export const isProtected = (category: string | undefined): boolean =>
  category !== undefined && protectedCategories.has(category)

export interface Decided {
  readonly state: string | undefined
  /** What any sitting has called it; null where this browser does not know, because something of it is still sealed here. */
  readonly categories: readonly string[] | null
  readonly hasReason: boolean
}

/** Why a decision does not stand; `unread` where only an open envelope could tell. */
export type CaseFault = 'mediation' | 'no-reason' | 'unread'

/**
 * The rule on what a case may come to. It is judged before a decision is saved, and again by each browser of the desk that has the complaint
 * open: the category is sealed, so that the server cannot, and an older program did not.
 */
export const caseFault = ({ state, categories, hasReason }: Decided): CaseFault | null => {
  const mediates = state === 'mediating'
  if (!mediates && (!hasEnded(state) || hasReason)) return null
  if (categories === null) return 'unread'
  if (!categories.some(isProtected)) return null
  return mediates ? 'mediation' : 'no-reason'
}
