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
