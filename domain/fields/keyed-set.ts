import * as z from 'zod/mini'
import type { Json } from '#domain/kernel/bytes.ts'
import { type Cell, type CellWords, type Field, single } from './field.ts'

/** One entry of a keyed set: `on` says that it is there; the other parts are the entry's own fields. */
export type Entry<P = Record<string, Json>> = { readonly on?: boolean } & {
  readonly [K in keyof P]?: P[K] | null
}
export type KeyedSet<P = Record<string, Json>> = { readonly [key: string]: Entry<P> }

type PartFields = Readonly<Record<string, Field>>
type Parts<F extends PartFields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never }

const key = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/))

/**
 * A set whose entries merge by key, and within a key part by part as `latest`. A change carries only the keys and parts that it
 * alters: adding is `{key: {on: true, …}}`, removing `{key: {on: false}}`.
 */
export const keyedSet = <F extends PartFields>(
  parts: F,
  cell: (key: string, entry: Entry<Parts<F>>, words: CellWords) => Cell | null = (name) => name,
): Field<KeyedSet<Parts<F>>> & { readonly parts: F } => ({
  type: 'keyed-set',
  merge: 'keyed-set',
  schema: z.record(key, entrySchema(parts)),
  parts,
  columns: single,
  cells: (value: KeyedSet<Parts<F>>, words: CellWords) => ({
    '': Object.entries(value)
      .map(([name, entry]) => cell(name, entry, words))
      .filter((text) => text !== null)
      .join('; '),
  }),
})

/** The set with these keys, each there. */
export const keyedSetOf = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, { on: true }]))

/** Codes of a list, each there or not. */
export const tags = (list: string) => ({
  ...keyedSet({}, (code, _, words) => words.label(list, code)),
  type: 'tags',
  of: list,
})

/** Other records, each there or not; the key is the record's id. */
export const references = (kind: string) => ({
  ...keyedSet({}, (id, _, words) => words.name(id)),
  type: 'references',
  of: kind,
})

const entrySchema = (parts: PartFields) =>
  z.looseObject({
    on: z.optional(z.boolean()),
    ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, z.optional(z.nullable(part.schema))])),
  })
