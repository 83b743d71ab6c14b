import * as z from 'zod/mini'
import { type Field, single } from './field.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are what it refuses
const oneLine = /^[^\u0000-\u001f\u007f]*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are what it refuses
const manyLines = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/

/** One line of text. `max` counts UTF-16 units: a visible Thai letter may take four. */
export const text = (options: { max: number; personal?: boolean }): Field<string> => ({
  type: 'text',
  merge: 'latest',
  schema: z.string().check(z.maxLength(options.max), z.regex(oneLine)),
  max: options.max,
  ...(options.personal && { personal: true }),
  columns: single,
  cells: (value) => ({ '': value }),
})

/** Text in sentences. Two people's sentences never replace each other silently. */
export const narrative = (options: { max: number; personal?: boolean }): Field<string> => ({
  ...text(options),
  type: 'narrative',
  merge: 'ask',
  schema: z.string().check(z.maxLength(options.max), z.regex(manyLines)),
})

/** Ciphertext as base64url: what the desk's keys alone open. */
export const sealed = (options: { max: number }): Field<string> => ({
  type: 'sealed',
  merge: 'latest',
  schema: z.string().check(z.maxLength(options.max), z.regex(/^[A-Za-z0-9_-]+$/)),
  columns: [],
  cells: () => ({}),
})
