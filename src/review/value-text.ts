import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { Day } from '#domain/kernel/day.ts'
import { kindOf } from '#domain/records/index.ts'
import { clockText, dayText, listOf, momentText, n, t } from '#src/i18n/index.ts'
import type { Names } from '#src/session/names.ts'
import { w } from './words.ts'

/** Where the names of what a value refers to are found. */
export interface ValueWords {
  readonly names: Names
  moduleName(code: string): string
}

type Entries = Readonly<Record<string, Readonly<Record<string, Json>>>>

/** The value of a field as people read it; what this version does not know, as it is. Nothing is an empty text. */
export const valueText = (kind: string, field: string, value: Json | undefined, words: ValueWords): string => {
  if (value === undefined || value === null) return ''
  const declared = kindOf(kind)?.fields[field] as Field | undefined
  if (!declared) return typeof value === 'string' ? value : JSON.stringify(value)
  return spoken(declared, value, words)
}

const spoken = (field: Field, value: Json, words: ValueWords): string => {
  const { names } = words
  switch (field.type) {
    case 'choice':
      return names.label(field.of!, value as string)
    case 'one-of':
      return oneOfText(value as string)
    case 'reference':
      return nameOf(field.of!, value as string, words)
    case 'tags':
      return listOf(Object.keys(value as Entries).map((code) => names.label(field.of!, code)))
    case 'references':
      return listOf(Object.keys(value as Entries).map((id) => nameOf(field.of!, id, words)))
    case 'keyed-set':
      return entriesText(value as Entries, words)
    case 'count':
      return n(value as number)
    case 'flag':
      return value ? t('yes') : t('no')
    case 'day':
      return dayText(value as Day)
    case 'time':
      return clockText(value as string)
    case 'instant':
      return momentText(value as number)
    default:
      return String(value)
  }
}

const nodes = ['home', 'temple', 'school', 'joint'] as const
const states = ['open', 'closed'] as const

const oneOfText = (value: string): string => {
  const [node, state] = [nodes.find((one) => one === value), states.find((one) => one === value)]
  return node ? t(`nodes.${node}`) : state ? w(`values.${state}`) : value
}

const nameOf = (kind: string, id: string, { names }: ValueWords): string =>
  kind === 'place' ? names.placeName(id) : kind === 'staff' ? names.staffName(id) : id

/** Modules with their minutes, trainers with their names, in their order. */
const entriesText = (entries: Entries, { names, moduleName }: ValueWords): string =>
  Object.entries(entries)
    .sort(([, a], [, b]) => Number(a.order ?? 0) - Number(b.order ?? 0))
    .map(([key, entry]) => {
      if (typeof entry.name === 'string') return entry.name
      const minutes = entry.actual ?? entry.planned
      if (typeof minutes === 'number') return `${moduleName(key)} ${t('minutes', { n: minutes })}`
      const person = names.staffName(key)
      return person === '…' ? moduleName(key) : person
    })
    .join(' · ')
