import { describe, expect, it } from 'vitest'
import { groupsOf, matching, searchable } from './pick.ts'

const options = searchable([
  { value: 'a', label: 'วัดดอยคำหลวง', second: 'ต.บ้านแปะ', group: 'mine' },
  { value: 'b', label: 'โรงเรียนบ้านห้วยไผ่งาม', second: 'ต.แม่นะ', group: 'mine' },
  { value: 'c', label: 'บ้านห้วยไผ่ หมู่ ๓', second: 'ต.แม่นะ', group: 'others' },
  { value: 'd', label: 'ศาลาห้วยไผ่', second: 'ต.แม่แดด', group: 'others' },
  { value: 'e', label: 'ห้วยไผ่', second: 'ต.แม่แดด', group: 'others' },
])
const found = (text: string) => matching(options, text).map(({ value }) => value)

describe('searching what can be chosen', () => {
  it('gives everything for nothing typed', () => {
    expect(found('  ')).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('finds by part of the name and by the smaller line, in any order of words', () => {
    expect(found('แม่นะ ห้วย')).toEqual(['b', 'c'])
    expect(found('ดอยคำ')).toEqual(['a'])
  })

  it('reads Thai digits and spellings that look the same', () => {
    expect(found('หมู่ 3')).toEqual(['c'])
    expect(found('ดอยคํา')).toEqual(['a'])
  })

  it('puts names that begin with it first, but never a stranger before one’s own', () => {
    expect(found('ห้วยไผ่')).toEqual(['b', 'e', 'c', 'd'])
  })

  it('finds nothing for what is nowhere', () => {
    expect(found('ไม่มีที่นี่')).toEqual([])
  })
})

it('keeps groups together in their order', () => {
  expect(groupsOf(options).map(({ group, items }) => [group, items.length])).toEqual([
    ['mine', 2],
    ['others', 3],
  ])
})
