import type { KindWords } from '#domain/words/kind-words.ts'
import { wordOf } from '#domain/words/lookup.ts'
import th from '#domain/words/th.ts'
import { defineArea } from './area.ts'

const words = defineArea<KindWords>({ th, en: () => import('#domain/words/en.ts') })

/** The name of a kind; the kind's own word where a later version made it. */
export const kindName = (kind: string): string => find(kind, 'name') ?? kind

/** The label of a field; the field's own word where a later version made it. */
export const fieldLabel = (kind: string, field: string): string => find(kind, 'fields', field) ?? field

const find = (kind: string, ...path: readonly string[]): string | undefined =>
  wordOf(th, kind, ...path) === undefined ? undefined : words(`${kind}.${path.join('.')}` as never)

/** The word for a value of a `one-of`; the value itself where a later version made it. */
export const optionLabel = (kind: string, field: string, value: string): string =>
  find(kind, 'options', field, value) ?? value

/** The sentence of a rule across fields that does not hold. */
export const ruleText = (kind: string, rule: string): string => find(kind, 'rules', rule) ?? rule

/** The label of a part of a keyed set's entries. */
export const partLabel = (kind: string, field: string, part: string): string => find(kind, 'parts', field, part) ?? part
