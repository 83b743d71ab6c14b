import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeThaiBytes } from './thai-decode.ts'

const utf8 = new TextEncoder()

describe('decodeThaiBytes', () => {
  it('reads UTF-8 with and without a byte-order mark', () => {
    expect(decodeThaiBytes(utf8.encode('ชื่อ,é,😀'))).toEqual({ text: 'ชื่อ,é,😀', encoding: 'utf-8' })
    expect(decodeThaiBytes(utf8.encode('\uFEFFชื่อ'))).toEqual({ text: 'ชื่อ', encoding: 'utf-8' })
    expect(decodeThaiBytes(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' })
  })

  it('reads Windows-874', () => {
    const bytes = Uint8Array.of(0xaa, 0xd7, 0xe8, 0xcd, 0x2c, 0xf1, 0x80, 0x85, 0x93, 0x97, 0xa0, 0xdb)
    expect(decodeThaiBytes(bytes)).toEqual({ text: 'ชื่อ,๑€…“—\u00A0\uFFFD', encoding: 'windows-874' })
  })

  it('agrees with the platform on every byte that Windows-874 defines', () => {
    const platform = new TextDecoder('windows-874')
    for (let byte = 0; byte < 256; byte += 1) {
      // 0xFF makes the whole invalid as UTF-8.
      const ours = decodeThaiBytes(Uint8Array.of(byte, 0xff)).text[0] ?? ''
      const theirs = platform.decode(Uint8Array.of(byte))
      const isControl = /[\u0080-\u009F]/.test(theirs)
      expect(ours).toBe(isControl ? '\uFFFD' : theirs)
    }
  })

  it('takes as UTF-8 exactly what the platform takes, and reads it alike', () => {
    const strict = new TextDecoder('utf-8', { fatal: true })
    const platform = (bytes: Uint8Array) => {
      try {
        return strict.decode(bytes)
      } catch {
        return undefined
      }
    }
    // Bytes at the borders of what is valid: overlong forms, surrogates, the last code point, cut-off sequences.
    const border = fc.constantFrom(
      0x41,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xf8,
    )
    const borderBytes = fc.array(border, { maxLength: 5 }).map((bytes) => Uint8Array.from(bytes))
    const text = fc.string({ unit: 'grapheme' }).map((letters) => utf8.encode(letters))
    fc.assert(
      fc.property(fc.oneof(borderBytes, text), (bytes) => {
        const decoded = decodeThaiBytes(bytes)
        expect(decoded.encoding === 'utf-8' ? decoded.text : undefined).toBe(platform(bytes))
      }),
      { numRuns: 5000 },
    )
  })
})
