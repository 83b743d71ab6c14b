/// <reference path="./diceware.d.ts" />
import words from '@zxcvbn-ts/language-common/dist/diceware.json.mjs'
import type { RandomBytes } from '#domain/kernel/id.ts'

/** Words of a one-time code: 77 bits. */
export const codeWords = 6

/** So many words, each of 7,776 that are equally likely: 12.9 bits a word. */
export const generateWords = (random: RandomBytes, count: number): readonly string[] => {
  // two bytes at or above the greatest multiple are thrown away
  const usable = 65_536 - (65_536 % words.length)
  const chosen: string[] = []
  while (chosen.length < count) {
    const [high = 0, low = 0] = random(2)
    const at = high * 256 + low
    if (at < usable) chosen.push(words[at % words.length]!)
  }
  return chosen
}
