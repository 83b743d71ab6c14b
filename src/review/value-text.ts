import type { Json } from '#domain/kernel/bytes.ts'
import { fieldOf } from '#domain/record-kind.ts'
import { kindOf } from '#domain/records/index.ts'
import { valueText as plainText } from '#src/capture/value-text.ts'
import { t } from '#src/i18n/index.ts'
import type { Names } from '#src/session/names.ts'

/** Where the names of what a value refers to are found. */
export interface ValueWords {
  readonly names: Names
  moduleName(code: string): string
}

type Entries = Readonly<Record<string, Readonly<Record<string, Json>>>>

/** The value of a field as people read it; what this version does not know, as it is. Nothing is an empty text. */
export const valueText = (kind: string, field: string, value: Json | undefined, words: ValueWords): string => {
  if (value === undefined || value === null) return ''
  const known = kindOf(kind)
  const declared = known && fieldOf(known, field)
  if (!known || !declared) return typeof value === 'string' ? value : JSON.stringify(value)
  return declared.type === 'keyed-set'
    ? entriesText(value as Entries, words)
    : plainText(known, field, value, words.names)
}

/** Modules with their minutes, trainers with their names, in their order. */
const entriesText = (entries: Entries, { names, moduleName }: ValueWords): string =>
  Object.entries(entries)
    .sort(([, a], [, b]) => Number(a.order ?? 0) - Number(b.order ?? 0))
    .map(([key, entry]) => {
      if (typeof entry.name === 'string') return entry.name
      const minutes = entry.actual ?? entry.planned
      if (typeof minutes === 'number') return `${moduleName(key)} ${t('minutes', { n: minutes })}`
      const isStaff = names.staff.value.some(({ id }) => id === key)
      return isStaff ? names.staffName(key) : moduleName(key)
    })
    .join(' · ')
