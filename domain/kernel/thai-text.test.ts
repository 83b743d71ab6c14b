import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arabicDigitsToThai, compareThai, normaliseThai, searchKey, thaiDigitsToArabic } from './thai-text.ts'

const letters = [...'กนมเแาำํัิฺุู็่้์ๆ', ...'aB9๙ \n', '\u200B', '\u200D', '\uFEFF', '\u00A0', 'e\u0301']
const messyThai = fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 })

describe('normaliseThai', () => {
  it.each([
    ['sara am typed as two marks', 'น\u0E4D\u0E32', 'นำ'],
    ['sara am in two marks around a tone', 'น\u0E4D\u0E49\u0E32', 'น้ำ'],
    ['a tone before the two marks of sara am', 'น\u0E49\u0E4D\u0E32', 'น้ำ'],
    ['a tone after sara am', 'น\u0E33\u0E49', 'น้ำ'],
    ['sara ae typed as two sara e', 'เเม่', 'แม่'],
    ['a tone before the vowel above', 'ท\u0E48\u0E35', 'ที่'],
    ['a tone before the vowel below', 'ค\u0E38\u0E48', 'คุ่'],
    ['a silent mark before its vowel', 'พันธ\u0E4C\u0E38', 'พันธุ์'],
    ['zero-width characters', '\uFEFFบ้าน\u200Bดอย\u200C\u200D', 'บ้านดอย'],
    ['spaces', '  บ้าน \u00A0\t ดอย ', 'บ้าน ดอย'],
    ['a Latin letter with a separate accent', 'e\u0301', 'é'],
  ])('mends %s', (_, typed, expected) => {
    expect(normaliseThai(typed)).toBe(expected)
  })

  it('leaves correct Thai, Pali and line breaks alone', () => {
    for (const text of ['น้ำใจ', 'จิตฺตธมฺโม', 'สํฆ', 'แก้ไข', 'ข้อ ① ½', 'บรรทัดหนึ่ง\nบรรทัดสอง'])
      expect(normaliseThai(text)).toBe(text)
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(messyThai, (text) => {
        expect(normaliseThai(normaliseThai(text))).toBe(normaliseThai(text))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('digits', () => {
  it('go both ways', () => {
    expect(thaiDigitsToArabic('หมู่ ๑๐ ก.๙')).toBe('หมู่ 10 ก.9')
    expect(arabicDigitsToThai('2566')).toBe('๒๕๖๖')
    fc.assert(fc.property(fc.nat(), (n) => thaiDigitsToArabic(arabicDigitsToThai(String(n))) === String(n)))
  })
})

describe('searchKey', () => {
  it('finds a name however it was typed', () => {
    expect(searchKey('บ้าน  เเม่น\u0E4D\u0E49\u0E32 หมู่ ๒ Mae Nam')).toBe('บ้านแม่น้ำหมู่2maenam')
    expect(searchKey('เด็กชาย สมชาย ใจดี')).toContain(searchKey('สมชายใจดี'))
  })

  it('is its own key, and holds no space', () => {
    fc.assert(
      fc.property(messyThai, (text) => {
        expect(searchKey(searchKey(text))).toBe(searchKey(text))
        expect(searchKey(text)).not.toMatch(/\s/)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('compareThai', () => {
  it('sorts as a Thai dictionary does, and numbers by their value', () => {
    expect(['ขา', 'ไก่', 'แก', 'เกา', 'กา', 'โกง'].toSorted(compareThai)).toEqual(['กา', 'เกา', 'แก', 'โกง', 'ไก่', 'ขา'])
    expect(['หมู่ 10', 'หมู่ ๓', 'หมู่ 2'].toSorted(compareThai)).toEqual(['หมู่ 2', 'หมู่ ๓', 'หมู่ 10'])
  })

  it('calls only the same text equal', () => {
    expect(compareThai('นาย ก.', 'นายก')).not.toBe(0)
    fc.assert(
      fc.property(messyThai, messyThai, (a, b) => {
        expect(compareThai(a, b) === 0).toBe(a === b)
        expect(Math.sign(compareThai(a, b)) + Math.sign(compareThai(b, a))).toBe(0)
      }),
    )
  })
})
