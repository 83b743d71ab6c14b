const zeroWidth = /[\u200B-\u200D\uFEFF]/g
const horizontalSpace = /[^\S\r\n]+/g
const stackedMarks = /[\u0E31\u0E34-\u0E3A\u0E47-\u0E4D]{2,}/g
const toneMark = /[\u0E48-\u0E4C]/
const splitSaraAm = /\u0E4D([\u0E48-\u0E4C]*)\u0E32/g
const saraAmAndTones = /[\u0E33\u0E48-\u0E4C]{2,}/g

/**
 * One spelling for what looks the same on screen: NFC, `ํา` as `ำ`, `เเ` as `แ`, a vowel before its tone mark,
 * no zero-width characters, single spaces, trimmed. Line breaks are kept. Applying it twice changes nothing.
 */
export function normaliseThai(text: string): string {
  // NFKC would split ำ in two, and NFC leaves most Thai marks in the order they were typed.
  return text
    .replace(zeroWidth, '')
    .normalize('NFC')
    .replace(stackedMarks, vowelsBeforeTones)
    .replace(splitSaraAm, '$1ำ')
    .replace(saraAmAndTones, tonesBeforeSaraAm)
    .replaceAll('เเ', 'แ')
    .replace(horizontalSpace, ' ')
    .trim()
    .normalize('NFC')
}

const isTone = (mark: string) => toneMark.test(mark)
const isNoTone = (mark: string) => !toneMark.test(mark)

function vowelsBeforeTones(marks: string): string {
  return [...marks]
    .filter(isNoTone)
    .concat([...marks].filter(isTone))
    .join('')
}

function tonesBeforeSaraAm(marks: string): string {
  return [...marks]
    .filter(isTone)
    .concat([...marks].filter(isNoTone))
    .join('')
}

/** ๐–๙ become 0–9; everything else stays. */
export function thaiDigitsToArabic(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
}

/** 0–9 become ๐–๙; everything else stays. */
export function arabicDigitsToThai(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
}

/**
 * The form to search in and to search for, by substring: Thai has no spaces between words and a word
 * segmenter breaks names apart, so spaces are dropped on both sides.
 */
export function searchKey(text: string): string {
  // Spaces go first: dropping them later could leave a pair of letters that normalising would have joined.
  return thaiDigitsToArabic(normaliseThai(text.replace(/\s+/g, '')).toLowerCase())
}

const collator = new Intl.Collator('th', { numeric: true })

/** Dictionary order (เกา after กา, หมู่ 2 before หมู่ ๑๐), the same on every device. */
export function compareThai(a: string, b: string): number {
  // The Thai collator passes over punctuation and spaces: code points settle what it calls equal.
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
