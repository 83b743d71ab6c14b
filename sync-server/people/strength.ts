import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { commonStems } from './common-passwords.ts'
import { onLatinKeys, onThaiKeys } from './thai-keys.ts'

/** A copied tablet can be guessed at for ever (docs/authority.md, "Keys"): whoever holds a guarded role needs a password worth so many guesses. */
const guardedGuesses = 1e12

/** Longer ones only cost time; nobody guesses what begins so. */
const looksAt = 100

const withLatin = new ZxcvbnFactory({
  dictionary: { ...dictionary, common: [...commonStems] },
  graphs: adjacencyGraphs,
})

/** Whether a password is too weak for what a guarded role may do. */
export const isWeakForGuarded = (password: string, username: string): boolean =>
  guessesOf(password, username) < guardedGuesses

/** How many guesses a password is worth: as it stands, as words of Thai, and as either typed with the keyboard set to the other. */
const guessesOf = (password: string, username: string): number => {
  const text = password.normalize('NFKC').slice(0, looksAt)
  const stem = text.replace(/[\d\p{P}\p{S}\s]+$/u, '')
  const meant = [onThaiKeys(text), onThaiKeys(stem)].filter((one) => isThai.test(one))
  const latin = (one: string) => withLatin.check(one, [username]).guesses
  return Math.min(
    latin(text),
    latin(onLatinKeys(text)),
    thaiGuesses(text, latin),
    ...meant.map((one) => thaiGuesses(one, latin)),
  )
}

const words = new Intl.Segmenter('th', { granularity: 'word' })
/** People choose the commonest words; four of them are what a guarded role needs. */
const aWord = 1_000
const aSign = 50

/** As words that the dictionary of ICU knows; what is not Thai between them as it stands. */
const thaiGuesses = (text: string, latin: (text: string) => number): number =>
  text
    .split(/([\u0e00-\u0e7f]+)/u)
    .filter((part) => part !== '')
    .flatMap((part) =>
      part < '\u0e00' ? [latin(part)] : [...words.segment(part)].map(({ segment }) => worthOf(segment)),
    )
    .reduce((product, value) => product * value, 1)

const worthOf = (segment: string) => (segment.length > 1 ? aWord : aSign)

/** Signs in an order in which Thai is written: letters that were typed at random almost never are. */
const isThai = /^(?:[เแโใไ]?[ก-ฮ]{1,4}[ั-ฺ]?[็-๎]?[ะาำๅๆฯ]?)+$/u
