const fewestWords = 5
const fewestSigns = 14

export type PassphraseStrength = 'too-short' | 'too-plain' | 'enough' | 'strong'

/**
 * What a passphrase is worth against somebody who has the wrapped key and all the time. At least five words or fourteen signs, and not
 * the same few over and over. Thai is written without spaces, so words can only be counted where somebody puts them.
 */
export const passphraseStrength = (text: string): PassphraseStrength => {
  const phrase = text.normalize('NFC').trim()
  const signs = [...phrase.replace(/\s+/g, '')]
  const words = phrase.split(/\s+/).filter((word) => word.length > 1)
  if (words.length < fewestWords && signs.length < fewestSigns) return 'too-short'
  if (new Set(signs).size < 7 || isRun(signs) || (words.length >= fewestWords && new Set(words).size < fewestWords))
    return 'too-plain'
  return words.length > fewestWords || signs.length >= 24 ? 'strong' : 'enough'
}

export const isStrongEnough = (text: string): boolean => ['enough', 'strong'].includes(passphraseStrength(text))

/** abcdefgh… and 12345678…: mostly steps of one. */
const isRun = (signs: readonly string[]): boolean => {
  const codes = signs.map((sign) => sign.codePointAt(0)!)
  const steps = codes.slice(1).filter((code, at) => Math.abs(code - codes[at]!) <= 1).length
  return steps > (codes.length - 1) * 0.7
}
