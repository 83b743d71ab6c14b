import { normaliseThai, thaiDigitsToArabic } from './thai-text.ts'

export type CountFailure = 'empty' | 'format' | 'negative' | 'fraction' | 'too-large'
export type ParsedCount = { ok: true; value: number } | { ok: false; reason: CountFailure }

/** Nothing counted in one province in one record is larger; more is a slip of the finger. */
export const MAX_COUNT = 1_000_000

const whole = /^(?:\d+|\d{1,3}(?:,\d{3})+)$/

/** Reads a number of people or things: whole, 0 to 1,000,000, Thai or Arabic digits, commas between thousands. */
export function parseCount(text: string): ParsedCount {
  const typed = thaiDigitsToArabic(normaliseThai(text))
  if (typed === '') return { ok: false, reason: 'empty' }
  if (/^[-−]\d/.test(typed)) return { ok: false, reason: 'negative' }
  if (/^[\d,]*\.\d+$/.test(typed)) return { ok: false, reason: 'fraction' }
  if (!whole.test(typed)) return { ok: false, reason: 'format' }
  const value = Number(typed.replaceAll(',', ''))
  return value <= MAX_COUNT ? { ok: true, value } : { ok: false, reason: 'too-large' }
}
