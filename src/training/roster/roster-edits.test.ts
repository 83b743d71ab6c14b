import { describe, expect, it } from 'vitest'
import { attendanceId, type RecordId } from '#domain/kernel/id.ts'
import type { AttendanceView, PersonView } from '../parts/types.ts'
import { attendanceEdit, personEdit, rosterEdits } from './roster-edits.ts'

const id = (letter: string) => `${letter.repeat(21)}A` as RecordId
const session = id('s')
const place = id('p')
const base = { epoch: 'e', seq: 7 }
const row = { line: 2, title: 'ด.ญ.', givenName: 'มาลี', familyName: 'ใจดี', grade: 'ป.5/1', number: '101' }
const known = (values: object, withdrawn = false) =>
  ({ id: id('m'), base, values, withdrawn: withdrawn ? { reason: 'twice' } : null }) as unknown as PersonView

describe('personEdit', () => {
  it('writes a new person as the list has them', () => {
    expect(personEdit({ id: id('m'), row }, place, undefined)).toEqual({
      kind: 'person',
      record: id('m'),
      base: null,
      set: { place, title: 'ด.ญ.', givenName: 'มาลี', familyName: 'ใจดี', grade: 'ป.5/1', number: '101' },
    })
  })

  it('writes nothing about somebody who is known as the list says', () => {
    const { line: _, ...values } = row
    expect(personEdit({ id: id('m'), row }, place, known({ place, ...values }))).toBeNull()
  })

  it('follows the list in class, not in a name that somebody has corrected', () => {
    const before = known({ place, givenName: 'มาลี', familyName: 'ใจดีมาก', grade: 'ป.4/1', number: '101' })
    expect(personEdit({ id: id('m'), row }, place, before)).toMatchObject({ base, set: { grade: 'ป.5/1' } })
    expect(Object.keys(personEdit({ id: id('m'), row }, place, before)?.set ?? {})).toEqual(['grade'])
  })

  it('brings back somebody who had been withdrawn', () => {
    const { line: _, ...values } = row
    expect(personEdit({ id: id('m'), row }, place, known({ place, ...values }, true))?.set).toEqual({ withdrawn: null })
  })
})

describe('attendanceEdit', () => {
  const entry = (withdrawn: boolean) =>
    ({ base, values: {}, withdrawn: withdrawn ? { reason: 'off' } : null }) as unknown as AttendanceView

  it('is the same record on every tablet', () => {
    expect(attendanceEdit(session, id('m'), undefined)).toEqual({
      kind: 'attendance',
      record: attendanceId(session, id('m')),
      base: null,
      set: { session, person: id('m') },
    })
  })

  it('writes nothing about somebody on the roster, and gives back who was taken off', () => {
    expect(attendanceEdit(session, id('m'), entry(false))).toBeNull()
    expect(attendanceEdit(session, id('m'), entry(true))).toMatchObject({ base, set: { withdrawn: null } })
  })

  it('checks in somebody who came unannounced in the same change', () => {
    const marks = { x: { on: true, kind: 'in', at: 1, taker: id('t'), device: 'd' } } as const
    expect(attendanceEdit(session, id('m'), undefined, marks)?.set).toEqual({ session, person: id('m'), marks })
  })
})

it('puts people before the roster that names them, and leaves out what is already so', () => {
  const people = new Map([[id('m') as string, known({ place, ...row, line: undefined })]])
  const edits = rosterEdits(
    [
      { id: id('m'), row },
      { id: id('n'), row: { line: 3, givenName: 'แสง' } },
    ],
    { session, place },
    { people, attendance: new Map() },
  )
  expect(edits.map(({ kind, record }) => [kind, record])).toEqual([
    ['person', id('n')],
    ['attendance', attendanceId(session, id('m'))],
    ['attendance', attendanceId(session, id('n'))],
  ])
})
