import type { RandomBytes } from '#domain/kernel/id.ts'
import { sameText } from '#server/people/secret.ts'
import type { SetUpCode } from '#server/province.ts'

/** Signs that are not mistaken for each other when they are read off a screen. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const groups = 3
const groupLength = 4
const tellAfter = 10

/** Spaces, dashes and small letters do not matter. */
const plain = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, '')

const make = (random: RandomBytes): string => {
  const signs: string[] = []
  // A byte at or above the greatest multiple is thrown away, so that every sign is equally likely.
  const usable = 256 - (256 % alphabet.length)
  while (signs.length < groups * groupLength) {
    const byte = random(1)[0]!
    if (byte < usable) signs.push(alphabet[byte % alphabet.length]!)
  }
  return signs
    .join('')
    .match(new RegExp(`.{${groupLength}}`, 'g'))!
    .join('-')
}

/** It stands until the province is set up: nobody guesses it, and whoever tries cannot void what the operator has in hand. */
export const newCode = (random: RandomBytes, say: (line: string) => void): SetUpCode => {
  const code = make(random)
  let wrong = 0
  return {
    announce: () => say(`Set-up code (once, for the first sign-in): ${code}`),
    accepts: (tried) => {
      const right = sameText(plain(tried), plain(code))
      if (!right && ++wrong === tellAfter) say('Ten wrong set-up codes were tried; the code stays as it is.')
      return right
    },
  }
}
