import * as z from 'zod/mini'

/** Two names that look the same are the same: case and the way a letter is composed do not matter. */
const plainUsername = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** 3 to 40 letters and digits of any script, with . _ - @ between them. */
export const username = z.pipe(
  z.string().check(z.maxLength(100)),
  z.pipe(z.transform(plainUsername), z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{2,39}$/u))),
)

/** Any text may be tried as a name; it is only looked up. */
export const triedUsername = z.pipe(z.string().check(z.maxLength(200)), z.transform(plainUsername))
