import type { RandomBytes } from '#domain/kernel/id.ts'
import { sameText } from '#server/people/secret.ts'
import type { SetUpCode } from '#server/province.ts'

/** Signs that are not mistaken for each other when they are read off a screen. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const groups = 3
const groupLength = 4
const tries = 10

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

export const newCode = (random: RandomBytes, say: (line: string) => void): SetUpCode => {
  let code = make(random)
  let left = tries
  const announce = () => say(`Set-up code (once, for the first sign-in): ${code}`)
  return {
    announce,
    accepts: (tried) => {
      const right = sameText(plain(tried), plain(code))
      if (!right && --left === 0) {
        code = make(random)
        left = tries
        say('Ten wrong set-up codes were tried; here is another.')
        announce()
      }
      return right
    },
  }
}
