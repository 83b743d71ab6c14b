import type { Field } from '#domain/fields/field.ts'
import type { KeyedSet } from '#domain/fields/keyed-set.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { Day } from '#domain/kernel/day.ts'
import { isId } from '#domain/kernel/id.ts'
import { type AnyRecordKind, fieldOf } from '#domain/record-kind.ts'
import { clockText, dayText, momentText, n, t } from '#src/i18n/index.ts'
import { optionLabel, partLabel } from '#src/i18n/records.ts'
import type { Names } from '#src/session/names.ts'
import { keysOf } from './widgets/keys.ts'
import { w } from './words.ts'

type Told = Pick<Names, 'placeName' | 'staffName' | 'label' | 'place'>

/** A value as people read it, in the language of the screen; '' for nothing. Used wherever a record is shown and not typed. */
export const valueText = (kind: AnyRecordKind, name: string, value: Json | undefined, names: Told): string => {
  const field = fieldOf(kind, name)
  if (value === undefined || value === null || value === '') return ''
  if (!field) return typeof value === 'string' ? value : JSON.stringify(value)
  const option = (one: string) => optionLabel(kind.kind, name, one)
  if (field.type !== 'keyed-set') return textOf(field, value, names, option)
  return entriesOf(field, value as KeyedSet, names, option, (part) => partLabel(kind.kind, name, part))
}

// Labels hold spaces and "and" of their own.
const between = ' · '

const textOf = (field: Field, value: Json, names: Told, option: (value: string) => string): string => {
  switch (field.type) {
    case 'text':
    case 'narrative':
      return String(value)
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
    case 'one-of':
      return option(value as string)
    case 'choice':
      return names.label(field.of ?? '', value as string)
    case 'tags':
      return keysOf(value as never)
        .map((code) => names.label(field.of ?? '', code))
        .join(between)
    case 'reference':
      return nameOf(field.of, value as string, names)
    case 'references':
      return keysOf(value as never)
        .map((id) => nameOf(field.of, id, names))
        .join(between)
    case 'sealed':
      return w('form.notShown')
    default:
      return ''
  }
}

/** A line for each entry, its parts with their labels; a key that a person would know stands first. */
const entriesOf = (
  { parts = {} }: Field,
  value: KeyedSet,
  names: Told,
  option: (value: string) => string,
  label: (part: string) => string,
): string =>
  keysOf(value)
    .map((key) => {
      const told = Object.entries(parts).flatMap(([part, field]) => {
        const one = value[key]?.[part]
        return one === undefined || one === null ? [] : [`${label(part)} ${textOf(field, one, names, option)}`]
      })
      return [...(isId(key) ? [] : [key]), ...told].join(between)
    })
    .join('\n')

const nameOf = (kind: string | undefined, id: string, names: Told): string =>
  kind === 'staff' ? names.staffName(id) : kind === 'place' || names.place(id) ? names.placeName(id) : w('pick.notHere')

const at = (values: object, name: string) => (values as Readonly<Record<string, Json | undefined>>)[name]

const titles: readonly string[] = ['text', 'narrative', 'choice', 'one-of', 'reference', 'day']

/** What a list calls a record: its first answer in words, required fields before the others. */
export const titleOf = (kind: AnyRecordKind, values: object, names: Told): string => {
  const inOrder = Object.keys(kind.fields)
  const required = inOrder.filter((name) => kind.required.includes(name))
  const candidates = titles.flatMap((type) =>
    [...required, ...inOrder].filter((name) => (kind.fields[name] as Field).type === type),
  )
  const name = candidates.find((one) => valueText(kind, one, at(values, one), names) !== '')
  return name === undefined ? w('kinds.unnamed') : valueText(kind, name, at(values, name), names)
}

/** A smaller line: when and where, as far as the title has not said it. */
export const secondOf = (kind: AnyRecordKind, values: object, names: Told): string => {
  const title = titleOf(kind, values, names)
  return Object.entries(kind.fields as Readonly<Record<string, Field>>)
    .filter(([, { type, of }]) => type === 'day' || type === 'one-of' || (type === 'reference' && of === 'place'))
    .map(([name]) => valueText(kind, name, at(values, name), names))
    .filter((text) => text !== '' && text !== title)
    .join(' · ')
}
