import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likelySamePerson, splitFullName, splitTitle } from './person-name.ts'

describe('splitFullName', () => {
  it.each([
    ['ด.ช.สมชาย ใจดี', 'ด.ช.', 'สมชาย', 'ใจดี'],
    ['ด.ช สมชาย ใจดี', 'ด.ช.', 'สมชาย', 'ใจดี'],
    ['ดช.สมชาย ใจดี', 'ด.ช.', 'สมชาย', 'ใจดี'],
    ['ด. ญ. สมหญิง  ใจดี', 'ด.ญ.', 'สมหญิง', 'ใจดี'],
    ['เด็กหญิงสมหญิง ใจดี', 'เด็กหญิง', 'สมหญิง', 'ใจดี'],
    ['นางสาวมาลี ดอกไม้', 'นางสาว', 'มาลี', 'ดอกไม้'],
    ['น.ส.มาลี ดอกไม้', 'น.ส.', 'มาลี', 'ดอกไม้'],
    ['นาง มาลี ดอกไม้', 'นาง', 'มาลี', 'ดอกไม้'],
    ['นายเอก ณ ทุ่งนา', 'นาย', 'เอก', 'ณ ทุ่งนา'],
    ['พระสมชาย จิตฺตธมฺโม', 'พระ', 'สมชาย', 'จิตฺตธมฺโม'],
    ['พระมหาสมชาย จิตฺตธมฺโม', 'พระมหา', 'สมชาย', 'จิตฺตธมฺโม'],
    ['พระครูสุนทร', 'พระครู', 'สุนทร', undefined],
    ['สามเณรน้อย ใจดี', 'สามเณร', 'น้อย', 'ใจดี'],
    ['ส.ณ.น้อย ใจดี', 'ส.ณ.', 'น้อย', 'ใจดี'],
    ['แม่ชีบุญมี', 'แม่ชี', 'บุญมี', undefined],
    ['นอเดอะ', undefined, 'นอเดอะ', undefined],
    ['นายิกา ใจดี', undefined, 'นายิกา', 'ใจดี'],
    ['Naw Paw', undefined, 'Naw', 'Paw'],
  ])('splits %s', (text, title, givenName, familyName) => {
    expect(splitFullName(text)).toEqual({ ...(title && { title }), givenName, ...(familyName && { familyName }) })
  })

  it('finds no name where there is only a title, or nothing', () => {
    expect(splitFullName('ด.ช.')).toEqual({ title: 'ด.ช.', givenName: '' })
    expect(splitFullName('  ')).toEqual({ givenName: '' })
  })

  it('loses no letter of a name', () => {
    const word = fc.string({ unit: fc.constantFrom(...'กขนางยสวพร'), minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(word, word, (given, family) => {
        const { title = '', rest } = splitTitle(`${given} ${family}`)
        expect(`${title}${rest}`.replaceAll(' ', '')).toBe(given + family)
      }),
    )
  })
})

describe('likelySamePerson', () => {
  const name = (givenName: string, familyName?: string) => ({ givenName, ...(familyName && { familyName }) })
  const likely = 0.9

  it.each([
    [name('สมชาย', 'ใจดี'), name('สมชาย', 'ใจดี')],
    [name('สมชาย', 'ใจดี'), name('สมชาย ', 'ใจ ดี')],
    [name('สมชาย', 'น้ำใส'), name('สมชาย', 'น\u0E4D\u0E32ใส')],
    [name('สมชายใจดี'), name('สมชาย', 'ใจดี')],
    [name('นอเดอะ'), name('นอเดอะ')],
    [name('ธนพัฒน์', 'วงศ์สวัสดิ์'), name('ธนพัฒน', 'วงศ์สวัสดิ์')],
    [name('สมชาย', 'ศรีวงศ์ตระกูล'), name('สมชาย', 'ศรีวงษ์ตระกูล')],
  ])('asks about %j and %j', (a, b) => {
    expect(likelySamePerson(a, b)).toBeGreaterThanOrEqual(likely)
  })

  it.each([
    [name('สมชาย', 'ใจดี'), name('สมชัย', 'ใจดี')],
    [name('สมชาย', 'ใจดี'), name('สมหญิง', 'ใจดี')],
    [name('สมชาย', 'ใจดี'), name('สมชาย', 'ดอกไม้')],
    [name('สมชาย', 'ใจดี'), name('สมชาย')],
  ])('does not ask about %j and %j', (a, b) => {
    expect(likelySamePerson(a, b)).toBeLessThan(likely)
  })

  it('passes over titles', () => {
    const boy = { title: 'ด.ช.', ...name('สมชาย', 'ใจดี') }
    expect(likelySamePerson(boy, { ...boy, title: 'นาย' })).toBe(1)
  })

  it('is the same both ways, between 0 and 1, and likely for oneself', () => {
    const word = fc.string({ unit: fc.constantFrom(...'กขชสาี่์ '), minLength: 1, maxLength: 6 })
    const anyName = fc.record({ givenName: word, familyName: word }, { requiredKeys: ['givenName'] })
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        const score = likelySamePerson(a, b)
        expect(likelySamePerson(b, a)).toBe(score)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(likelySamePerson(a, a)).toBeGreaterThanOrEqual(likely)
      }),
    )
  })
})
