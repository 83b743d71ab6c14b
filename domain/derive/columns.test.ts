import { expect, test } from 'vitest'
import { activity } from '#domain/records/activity.ts'
import { attendance } from '#domain/records/attendance.ts'
import { complaint } from '#domain/records/complaint.ts'
import { recordKinds } from '#domain/records/index.ts'
import { person } from '#domain/records/person.ts'
import { cellsOf, columnsOf } from './columns.ts'

const words = {
  label: (list: string, code: string) => `${list}:${code}`,
  name: (id: string) => `name of ${id}`,
  guest: () => 'a guest',
}
const named = (kind: Parameters<typeof columnsOf>[0], personal = false) =>
  columnsOf(kind, { personal }).map(({ field, suffix }) => (suffix ? `${field}/${suffix}` : field))

test('a day has a column for each era, a code one for its label', () => {
  expect(named(activity)).toEqual(
    expect.arrayContaining(['heldOn', 'heldOn/buddhist-era', 'type', 'type/label', 'under15Female']),
  )
})

test('personal columns are left out unless they are asked for', () => {
  expect(named(person)).toEqual(['place', 'grade', 'seat'])
  expect(named(person, true)).toContain('familyName')
  expect(named(attendance)).not.toContain('person')
  expect(named(attendance, true)).toContain('person')
})

test('what is sealed has no column, of any kind', () => {
  for (const kind of recordKinds) {
    const fields = kind.fields as Record<string, { type: string }>
    for (const { field } of columnsOf(kind, { personal: true })) expect(fields[field]!.type).not.toBe('sealed')
  }
  expect(
    cellsOf(complaint, { parts: { a: { on: true, envelope: 'x' } } }, [{ field: 'parts', suffix: '' }], words),
  ).toEqual([''])
})

test('cells follow their columns, and what is missing is empty', () => {
  const columns = columnsOf(activity, { personal: false })
  const values = {
    node: 'home',
    heldOn: '2026-11-23',
    type: 'H1',
    place: 'p',
    under15Female: 0,
    targetGroups: { CHY: { on: true } },
  }
  const cells = cellsOf(activity, values, columns, words)
  const cell = (name: string) => cells[named(activity).indexOf(name)]
  expect(cells).toHaveLength(columns.length)
  expect(cell('node')).toBe('activity.node:home')
  expect(cell('heldOn/buddhist-era')).toBe('23/11/2569')
  expect(cell('type/label')).toBe('activityType:H1')
  expect(cell('place')).toBe('name of p')
  expect(cell('under15Female')).toBe(0)
  expect(cell('targetGroups')).toBe('targetGroup:CHY')
  expect(cell('outcome')).toBe('')
})
