import { normaliseThai, thaiDigitsToArabic } from './thai-text.ts'

export type NationalId = { kind: 'thai-id' | 'g-code'; digits: string }
export type NationalIdFailure = 'length' | 'characters' | 'check-digit'
export type CheckedNationalId = { ok: true; value: NationalId } | { ok: false; reason: NationalIdFailure }

/**
 * Checks a 13-digit identity number, or the `G` number that schools give to learners without civil registration.
 * Spaces, dashes and Thai digits are understood. Every first digit is somebody: 0, 6, 7 and 8 are people without
 * nationality or with a temporary status, and must never be refused for it. A G number has no check digit.
 */
export function checkNationalId(text: string): CheckedNationalId {
  const digits = thaiDigitsToArabic(normaliseThai(text))
    .replace(/[\s\-–]/g, '')
    .toUpperCase()
  if (!/^G?\d*$/.test(digits)) return { ok: false, reason: 'characters' }
  if (digits.length !== 13) return { ok: false, reason: 'length' }
  if (digits.startsWith('G')) return { ok: true, value: { kind: 'g-code', digits } }
  if (checkDigit(digits) !== digits[12]) return { ok: false, reason: 'check-digit' }
  return { ok: true, value: { kind: 'thai-id', digits } }
}

function checkDigit(digits: string): string {
  const sum = [...digits.slice(0, 12)].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0)
  return String((11 - (sum % 11)) % 10)
}

/** What may be shown of a number: its last four digits. Anything that is not 13 characters long shows nothing. */
export function maskNationalId(digits: string): string {
  if (digits.length !== 13) return 'x'.repeat(digits.length)
  const last = digits.slice(-4)
  return digits.startsWith('G') ? `${'x'.repeat(9)}${last}` : `x-xxxx-xxxx${last[0]}-${last.slice(1, 3)}-${last[3]}`
}
