import * as z from 'zod/mini'
import { type Field, single } from './field.ts'

const code = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/))

/** One of a few values that the program itself distinguishes. */
export const oneOf = <const T extends string>(
  values: readonly [T, ...T[]],
): Field<T> & { readonly values: readonly T[] } => ({
  type: 'one-of',
  merge: 'latest',
  schema: z.enum(values),
  values,
  columns: single,
  cells: (value) => ({ '': value }),
})

/** A code of a list that administrators edit; a code that the list no longer has is kept and shown as it is. */
export const choice = (list: string, options: { merge?: 'latest' | 'ask' } = {}): Field<string> => ({
  type: 'choice',
  merge: options.merge ?? 'latest',
  schema: code,
  of: list,
  columns: ['', 'label'],
  cells: (value, words) => ({ '': value, label: words.label(list, value) }),
})
