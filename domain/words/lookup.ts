import type { KnownKind } from '#domain/records/index.ts'
import type { KindWords } from './kind-words.ts'

/** Any word of a kind by its path (`fields.heldOn`, `options.node.home`); undefined for what a later version made. */
export const wordOf = (words: KindWords, kind: string, ...path: readonly string[]): string | undefined => {
  let at: unknown = Object.hasOwn(words, kind) ? words[kind as KnownKind] : undefined
  for (const part of path) {
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? at[part as never] : undefined
  }
  return typeof at === 'string' ? at : undefined
}
