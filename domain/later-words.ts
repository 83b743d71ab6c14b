import { own } from '#domain/kernel/own.ts'
import type { FieldSet } from './change.ts'
import { isObject, withField, withoutKeys } from './field-set.ts'
import { policyOf, type Write } from './merge.ts'

/**
 * What a change still says that enters the log after what its device wrote later, because it was held meanwhile: a person's later words
 * stand. It is cut down once, when it enters, because what replaced its words may itself have been replaced by then, and the fold no longer
 * know of it.
 */
export const withoutLaterWords = (kind: string, set: FieldSet, later: FieldSet): FieldSet => {
  let left = set
  for (const [field, value] of Object.entries(later)) {
    const mine = own(left, field)
    if (mine === undefined) continue
    const byKeys = policyOf(kind, field) === 'keyed-set' && isObject(mine) && isObject(value)
    left = withField(left, field, byKeys ? withoutKeys(mine, value) : undefined)
  }
  return left
}

type Said = Pick<Write, 'device' | 'n' | 'set'>

/** A change of the log as the fold takes it, where these entered before it. */
export const asItEntered = <W extends Said>(kind: string, write: W, before: readonly Said[]): W => {
  const later = before.filter((one) => one.device === write.device && one.n > write.n)
  if (later.length === 0) return write
  return { ...write, set: later.reduce((left, { set }) => withoutLaterWords(kind, left, set), write.set) }
}
