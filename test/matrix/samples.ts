import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { makeId } from '#test/support/province.ts'

/** A value that the field's type takes: the first stands in the record, the second is written over it. */
export const sample = ({ type, values, max = 99 }: Field, which: 0 | 1): Json => {
  switch (type) {
    case 'text':
    case 'narrative':
    case 'sealed':
      return `${'AB'[which]}${which}`
    case 'choice':
      return ['one', 'two'][which]!
    case 'one-of':
      return values![which]!
    case 'count':
      return Math.min(which + 1, max)
    case 'flag':
      return which === 0
    case 'reference':
      return makeId()
    case 'day':
      return ['2026-11-02', '2026-11-03'][which]!
    case 'time':
      return ['09:00', '10:00'][which]!
    case 'instant':
      return 1_780_000_000_000 + which
  }
  throw new Error(`There is no sample of a field of type ${type}.`)
}

/** An entry with all its parts, but those that the caller says otherwise. */
export const sampleEntry = ({ parts = {} }: Field, which: 0 | 1, said: Readonly<Record<string, Json>> = {}): Json => ({
  on: true,
  ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, sample(part, which)])),
  ...said,
})
