import { describe, expect, it } from 'vitest'
import { isStrongEnough, passphraseStrength } from './passphrase.ts'

describe('a passphrase', () => {
  it.each(['', 'short', 'four are too few', '           '])('of too little is refused: “%s”', (text) => {
    expect(passphraseStrength(text)).toBe('too-short')
  })

  it.each([
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    '12345678901234567890',
    'ช้าง ช้าง ช้าง ช้าง ช้าง',
    'abcdefghijklmnop',
  ])('that is the same over and over is refused: “%s”', (text) => expect(passphraseStrength(text)).toBe('too-plain'))

  it.each(['ข้าว ควาย ดอย น้ำ ฟ้า', 'K7#pLm2!vQ9zRt', 'ดอยสุเทพหน้าฝนหมอกลง'])(
    'of five words or fourteen signs will do: “%s”',
    (text) => {
      expect(isStrongEnough(text)).toBe(true)
    },
  )

  it('that is longer is called strong', () => {
    expect(passphraseStrength('ข้าว ควาย ดอย น้ำ ฟ้า ไฟ')).toBe('strong')
  })
})
