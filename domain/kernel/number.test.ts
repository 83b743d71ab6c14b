import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_COUNT, parseCount } from './number.ts'
import { arabicDigitsToThai } from './thai-text.ts'

describe('parseCount', () => {
  it.each([
    ['0', 0],
    ['007', 7],
    ['๑,๒๓๔', 1234],
    [' 1,000,000 ', 1_000_000],
  ])('reads "%s"', (text, value) => {
    expect(parseCount(text)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'empty'],
    ['-5', 'negative'],
    ['−5', 'negative'],
    ['1.5', 'fraction'],
    ['12.0', 'fraction'],
    ['1,23', 'format'],
    ['1234,567', 'format'],
    ['1 234', 'format'],
    ['1e3', 'format'],
    ['สิบ', 'format'],
    ['1000001', 'too-large'],
    ['9'.repeat(400), 'too-large'],
  ])('refuses "%s": %s', (text, reason) => {
    expect(parseCount(text)).toEqual({ ok: false, reason })
  })

  it('reads every count as a Thai or an English form prints it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_COUNT }), (value) => {
        for (const text of [
          String(value),
          value.toLocaleString('en-US'),
          arabicDigitsToThai(value.toLocaleString('en-US')),
        ]) {
          expect(parseCount(text)).toEqual({ ok: true, value })
        }
      }),
    )
  })
})
