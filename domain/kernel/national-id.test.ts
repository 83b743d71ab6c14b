import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkNationalId, maskNationalId } from './national-id.ts'

// Made-up numbers with a right check digit, one for each kind of first digit that some software refuses.
const valid = [
  ...['1101700230708', '3500100123457', '6000050123458', '7500189000123'],
  ...['0500189123457', '0004112345674', '8500184000018'],
]

describe('checkNationalId', () => {
  it.each(valid)('accepts %s', (digits) => {
    expect(checkNationalId(digits)).toEqual({ ok: true, value: { kind: 'thai-id', digits } })
  })

  it('reads dashes, spaces and Thai digits', () => {
    const value = { kind: 'thai-id', digits: '1101700230708' }
    expect(checkNationalId('1-1017-00230-70-8')).toEqual({ ok: true, value })
    expect(checkNationalId('๑ ๑๐๑๗ ๐๐๒๓๐ ๗๐ ๘')).toEqual({ ok: true, value })
  })

  it('accepts the G number of a learner without registration', () => {
    const value = { kind: 'g-code', digits: 'G123456789012' }
    expect(checkNationalId('G123456789012')).toEqual({ ok: true, value })
    expect(checkNationalId('g12-3456-789012')).toEqual({ ok: true, value })
  })

  it.each([
    ['1101700230705', 'check-digit'],
    ['110170023070', 'length'],
    ['11017002307080', 'length'],
    ['', 'length'],
    ['G12345678901', 'length'],
    ['G1234567890123', 'length'],
    ['11017002307O8', 'characters'],
    ['1G01700230708', 'characters'],
    ['ไม่มี', 'characters'],
  ])('refuses "%s": %s', (text, reason) => {
    expect(checkNationalId(text)).toEqual({ ok: false, reason })
  })

  it.each(['9999999999081', '9999999999030'])('accepts %s, whose sum leaves 0 or 1', (digits) => {
    expect(checkNationalId(digits).ok).toBe(true)
  })

  it('accepts exactly one check digit for any beginning', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (beginning) => {
        const twelve = String(beginning).padStart(12, '0')
        const accepted = [...'0123456789'].filter((last) => checkNationalId(twelve + last).ok)
        expect(accepted).toHaveLength(1)
      }),
    )
  })

  it('notices any single wrong digit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.nat(12), fc.integer({ min: 1, max: 9 }), (digits, place, shift) => {
        const wrong = String((Number(digits[place]) + shift) % 10)
        const typed = digits.slice(0, place) + wrong + digits.slice(place + 1)
        // The formula writes 10 as 0 and 11 as 1, so a few slips in the last places cannot be told apart.
        const remainder = (text: string) =>
          [...text.slice(0, 12)].reduce((sum, digit, index) => sum + Number(digit) * (13 - index), 0) % 11
        fc.pre(place === 12 || (remainder(typed) - remainder(digits)) % 10 !== 0)
        expect(checkNationalId(typed)).toEqual({ ok: false, reason: 'check-digit' })
      }),
    )
  })
})

describe('maskNationalId', () => {
  it('shows the last four digits and nothing else', () => {
    expect(maskNationalId('1101700230708')).toBe('x-xxxx-xxxx0-70-8')
    expect(maskNationalId('G123456789012')).toBe('xxxxxxxxx9012')
    expect(maskNationalId('12345')).toBe('xxxxx')
  })
})
