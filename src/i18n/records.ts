import type { KnownKind } from '#domain/records/index.ts'
import { defineArea } from './area.ts'
import type { KindWords } from './kind-words.ts'
import th from './th/records.ts'

const words = defineArea<KindWords>({ th, en: () => import('./en/records.ts') })

const known = (kind: string): kind is KnownKind => Object.hasOwn(th, kind)

/** The name of a kind; the kind's own word where a later version made it. */
export const kindName = (kind: string): string => (known(kind) ? words(`${kind}.name`) : kind)

/** The label of a field; the field's own word where a later version made it. */
export const fieldLabel = (kind: string, field: string): string =>
  known(kind) && Object.hasOwn(th[kind].fields, field) ? words(`${kind}.fields.${field}` as never) : field

const find = (kind: string, ...path: readonly string[]): string | undefined => {
  let at: unknown = known(kind) ? th[kind] : undefined
  for (const part of path)
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? at[part as never] : undefined
  return typeof at === 'string' ? words(`${kind}.${path.join('.')}` as never) : undefined
}

/** The word for a value of a `one-of`; the value itself where a later version made it. */
export const optionLabel = (kind: string, field: string, value: string): string =>
  find(kind, 'options', field, value) ?? value

/** The sentence of a rule across fields that does not hold. */
export const ruleText = (kind: string, rule: string): string => find(kind, 'rules', rule) ?? rule

/** The label of a part of a keyed set's entries. */
export const partLabel = (kind: string, field: string, part: string): string => find(kind, 'parts', field, part) ?? part
