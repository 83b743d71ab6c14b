import { describe, expect, it } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import type { RosterPerson } from './roster-import.ts'
import { matchRoster, planRoster, presumed, unanswered } from './roster-plan.ts'

const idOf = (number: string) => `id-${number}` as RecordId
const row = (line: number, givenName: string, familyName: string, number?: string): RosterPerson => ({
  line,
  givenName,
  familyName,
  ...(number && { number }),
})
const known = (id: string, givenName: string, familyName: string) => ({ id: id as RecordId, givenName, familyName })
const ids = () => {
  let count = 0
  return () => `new-${++count}` as RecordId
}
const plan = (rows: RosterPerson[], people: ReturnType<typeof known>[] = []) => {
  const matches = matchRoster(rows, people, idOf)
  return planRoster(matches, presumed(matches), ids()).map(({ id }) => id)
}

describe('a numbered list', () => {
  const list = [row(2, 'มาลี', 'ใจดี', '101'), row(3, 'แสง', 'ดอกไม้', '102')]

  it('means the same people, however often it is read', () => {
    expect(plan(list)).toEqual(['id-101', 'id-102'])
    expect(plan(list, [known('id-101', 'มาลี', 'ใจดี')])).toEqual(['id-101', 'id-102'])
  })

  it('asks nothing about a namesake, two numbers are two people', () => {
    const [first] = matchRoster([row(2, 'มาลี', 'ใจดี', '103')], [known('id-101', 'มาลี', 'ใจดี')], idOf)
    expect(first).toMatchObject({ numbered: 'id-103', candidate: null })
  })

  it('has one person for a number that stands twice', () => {
    expect(plan([...list, row(4, 'มาลี', 'ใจดี', '101')])).toEqual(['id-101', 'id-102'])
  })
})

describe('a list without numbers', () => {
  it('presumes the person of the same name, and is corrected by an answer', () => {
    const matches = matchRoster([row(2, 'มาลี', 'ใจ ดี')], [known('p', 'มาลี', 'ใจดี')], idOf)
    expect(planRoster(matches, presumed(matches), ids())[0]?.id).toBe('p')
    expect(planRoster(matches, new Map([[2, 'different']]), ids())[0]?.id).toBe('new-1')
  })

  it('asks about a name that is only alike', () => {
    const matches = matchRoster([row(2, 'เอื้องคำ', 'กันทะมูล')], [known('p', 'เอืองคำ', 'กันทะมูล')], idOf)
    expect(matches[0]?.candidate).toEqual({ by: 'known', person: 'p', certain: false })
    expect(unanswered(matches, presumed(matches))).toEqual([2])
    expect(planRoster(matches, new Map([[2, 'same']]), ids())[0]?.id).toBe('p')
    expect(unanswered(matches, new Map([[2, 'same']]))).toEqual([])
  })

  it('sees a person who stands in the list twice', () => {
    const rows = [row(2, 'มาลี', 'ใจดี'), row(3, 'แสง', 'ดอกไม้'), row(4, 'มาลี', 'ใจดี')]
    const matches = matchRoster(rows, [], idOf)
    expect(matches[2]?.candidate).toEqual({ by: 'row', line: 2, certain: true })
    expect(planRoster(matches, presumed(matches), ids()).map(({ id }) => id)).toEqual(['new-1', 'new-2'])
    expect(planRoster(matches, new Map([[4, 'different']]), ids())).toHaveLength(3)
  })

  it('says nothing of people with other names', () => {
    expect(matchRoster([row(2, 'มาลี', 'ใจดี')], [known('p', 'แสง', 'ใจดี')], idOf)[0]?.candidate).toBeNull()
  })
})
