import { describe, expect, it } from 'vitest'
import { compareOnRoster, fullName, matchesSearch, searchableOf } from './roster-order.ts'

it('writes names as they are written', () => {
  expect(fullName({ title: 'นาย', givenName: 'สมชาย', familyName: 'ใจดี' })).toBe('นายสมชาย ใจดี')
  expect(fullName({ title: 'ด.ญ.', givenName: 'มณีจันทร์' })).toBe('ด.ญ. มณีจันทร์')
  expect(fullName({ title: 'Ms', givenName: 'Mani', familyName: 'Chan' })).toBe('Ms Mani Chan')
  expect(fullName(null)).toBe('')
})

it('stands as on the list of the school: class, seat, name', () => {
  const people = [
    { givenName: 'ข', grade: 'ป.5/1', seat: '1' },
    { givenName: 'ค', grade: 'ป.4/1' },
    { givenName: 'ง', grade: 'ป.4/1', seat: '10' },
    { givenName: 'จ', grade: 'ป.4/1', seat: '9' },
    { givenName: 'ก', grade: 'ป.4/1' },
  ]
  expect(people.sort(compareOnRoster).map((one) => one.givenName)).toEqual(['จ', 'ง', 'ก', 'ค', 'ข'])
})

describe('a search', () => {
  const mani = searchableOf({
    title: 'ด.ญ.',
    givenName: 'มณีจันทร์',
    familyName: 'ก๋องคำ',
    nickname: 'ฟ้า',
    seat: '26',
    number: '10423',
  })

  it.each(['', 'มณี', 'จันทร์ ก๋อง', 'ฟ้า', '26', '๒๖', '104'])('for “%s” finds her', (wanted) => {
    expect(matchesSearch(mani, wanted)).toBe(true)
  })

  it.each(['มานี', '2', '423'])('for “%s” does not', (wanted) => {
    expect(matchesSearch(mani, wanted)).toBe(false)
  })
})
