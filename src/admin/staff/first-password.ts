import type { RandomBytes } from '#domain/kernel/id.ts'

/** Small letters and digits that nobody mistakes for each other when they read them aloud or copy them by hand. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
const [groups, groupLength] = [4, 4]

/** A password for the first sign-in, such as `kx7p-m4tq-9dwe-hr2c`: 16 of 31 signs, each equally likely. */
export const firstPassword = (random: RandomBytes): string => {
  const fair = 256 - (256 % signs.length)
  let text = ''
  while (text.length < groups * groupLength) {
    for (const byte of random(groups * groupLength)) if (byte < fair) text += signs[byte % signs.length]
  }
  return Array.from({ length: groups }, (_, at) => text.slice(at * groupLength, (at + 1) * groupLength)).join('-')
}
