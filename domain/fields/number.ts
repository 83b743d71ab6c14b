import * as z from 'zod/mini'
import { type Field, single } from './field.ts'

/** A whole number of people, minutes or things, 0 to `max`. */
export const count = (options: { max?: number; merge?: 'latest' | 'ask' } = {}): Field<number> => ({
  type: 'count',
  merge: options.merge ?? 'latest',
  schema: z.int().check(z.minimum(0), z.maximum(options.max ?? 1_000_000)),
  max: options.max ?? 1_000_000,
  columns: single,
  cells: (value) => ({ '': value }),
})

export const flag = (): Field<boolean> => ({
  type: 'flag',
  merge: 'latest',
  schema: z.boolean(),
  columns: single,
  cells: (value) => ({ '': value ? 1 : 0 }),
})
