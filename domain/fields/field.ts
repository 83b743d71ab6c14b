import type * as z from 'zod/mini'
import type { Json } from '#domain/kernel/bytes.ts'

/**
 * What the field does with two writes that had not seen each other (docs/sync.md, "Concurrency, seen by people"):
 * `latest` the greatest stamp wins · `ask` both stay until a person settles it · `keyed-set` merged by key, then by part.
 */
export type MergePolicy = 'latest' | 'ask' | 'keyed-set'

/** What a store may look rows up by; everything else stays inside the sealed bytes of a row. */
export type IndexRole = 'place' | 'day' | 'parent'

export interface CellWords {
  /** The label of a code in the reader's language; the code itself when the list does not know it. */
  label(list: string, code: string): string
  /** The name of a place, a person or a member of staff. */
  name(record: string): string
  /** The name of somebody who is in no record, as it may be told. */
  guest(name: string): string
}
export type Cell = string | number

export interface Field<T = Json> {
  readonly type: string
  readonly merge: MergePolicy
  readonly schema: z.ZodMiniType
  readonly index?: IndexRole
  /** Kind that a reference points to, or the code list that a choice is taken from. */
  readonly of?: string
  /** The values of a `one-of`. */
  readonly values?: readonly string[]
  /** Greatest number of a count, greatest length of a text in UTF-16 units. */
  readonly max?: number
  /** The parts of a keyed set's entries. */
  readonly parts?: Readonly<Record<string, Field>>
  /** Personal data: left out of exports unless they are asked for. */
  readonly personal?: boolean
  /** One or more CSV cells, by the suffix of their column ('' for the only one). A method, so that a field of text is a field. */
  cells(value: T, words: CellWords): Readonly<Record<string, Cell>>
  /** The suffixes of `cells`, so that empty values have their columns too. */
  readonly columns: readonly string[]
}

export const single = ['']
