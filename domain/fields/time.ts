import * as z from 'zod/mini'
import { type Field, type IndexRole, single } from './field.ts'

const day400 = /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

const realDay = (text: string): boolean => {
  const [year, month, dayOfMonth] = text.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year, month - 1, dayOfMonth)).getUTCDate() === dayOfMonth
}

/** A day as ISO 8601 Gregorian. Years stop at 2199, so that a Buddhist year can never pass for a Gregorian one. */
export const day = (options: { index?: boolean; merge?: 'latest' | 'ask' } = {}): Field<string> => ({
  type: 'day',
  merge: options.merge ?? 'latest',
  schema: z.string().check(z.regex(day400), z.refine(realDay)),
  ...(options.index && { index: 'day' as IndexRole }),
  columns: ['', 'buddhist-era'],
  cells: (value) => ({ '': value, 'buddhist-era': buddhistDay(value) }),
})

/** `31/03/2566`: what a Thai reader of a spreadsheet expects, unambiguous by its four-digit year. */
const buddhistDay = (iso: string): string => {
  const [year, month, dayOfMonth] = iso.split('-') as [string, string, string]
  return `${dayOfMonth}/${month}/${Number(year) + 543}`
}

/** A time of day in Asia/Bangkok, `HH:MM`. */
export const timeOfDay = (): Field<string> => ({
  type: 'time',
  merge: 'latest',
  schema: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  columns: single,
  cells: (value) => ({ '': value }),
})

/** A moment, in milliseconds since 1970. */
export const instant = (): Field<number> => ({
  type: 'instant',
  merge: 'latest',
  schema: z.int().check(z.minimum(0), z.maximum(7_258_118_400_000)),
  columns: single,
  cells: (value) => ({ '': new Date(value + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') }),
})
