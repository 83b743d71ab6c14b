import { describe, expect, test } from 'vitest'
import { brokenRules, checkFields, lifted } from './check.ts'
import { newId, type StaffId } from './kernel/id.ts'
import type { AnyRecordKind } from './record-kind.ts'
import { activity } from './records/activity.ts'
import { trainingSession } from './records/training-session.ts'

const id = newId<StaffId>((length) => new Uint8Array(length))
const begun = { node: 'school', type: 'S2', place: id, heldOn: '2026-11-02' }
describe('The fields of a change', () => {
  test('that begins a record need what the kind requires', () => {
    expect(checkFields(activity, begun, true)).toBe(null)
    expect(checkFields(activity, { ...begun, node: null }, true)).toEqual({ code: 'missing-field', field: 'node' })
    const { heldOn, ...rest } = begun
    expect(checkFields(activity, rest, true)).toEqual({ code: 'missing-field', field: 'heldOn' })
    expect(checkFields(activity, rest, false)).toBe(null)
  })

  test('may be cleared unless the kind requires them', () => {
    expect(checkFields(activity, { outcome: null }, false)).toBe(null)
    expect(checkFields(activity, { place: null }, false)).toEqual({ code: 'missing-field', field: 'place' })
  })

  test.each([
    ['a day of the Buddhist year', { heldOn: '2569-11-02' }, 'heldOn'],
    ['a day that no month has', { heldOn: '2026-02-30' }, 'heldOn'],
    ['half a person', { from25Female: 1.5 }, 'from25Female'],
    ['a place that is no id', { place: 'โรงเรียน' }, 'place'],
    ['an unknown node', { node: 'mosque' }, 'node'],
    ['a set that is a list', { targetGroups: ['CHY'] }, 'targetGroups'],
    ['a set that is cleared as a whole', { targetGroups: null }, 'targetGroups'],
    ['a code of 41 signs', { type: 'S'.repeat(41) }, 'type'],
    ['a code with a space', { type: 'S 2' }, 'type'],
    ['a key of 65 signs', { targetGroups: { ['C'.repeat(65)]: { on: true } } }, 'targetGroups'],
    ['a key without a sign', { targetGroups: { '': { on: true } } }, 'targetGroups'],
    ['a withdrawal without a reason', { withdrawn: {} }, 'withdrawn'],
  ])('are blamed by name: %s', (_, set, field) => {
    expect(checkFields(activity, set, false)).toEqual({ code: 'invalid-value', field })
  })

  test('take codes and keys as long as they may be', () => {
    const longest = { type: 'S'.repeat(40), targetGroups: { ['C'.repeat(64)]: { on: true } } }
    expect(checkFields(activity, longest, false)).toBe(null)
  })

  test('pass when this version does not know them, and so does a withdrawal', () => {
    expect(checkFields(activity, { mood: { deep: [1, 'x'] }, withdrawn: { reason: 'ซ้ำ' } }, false)).toBe(null)
    expect(checkFields(activity, { withdrawn: null }, false)).toBe(null)
  })
})

describe('A change', () => {
  test('of an older version is lifted to the words of this one', () => {
    const kind: AnyRecordKind = {
      ...activity,
      version: 2,
      lift: ({ old, ...set }) => ({ ...set, outcome: old ?? null }),
    }
    expect(lifted(kind, { v: 1, set: { old: 'x' } })).toEqual({ outcome: 'x' })
    expect(lifted(kind, { v: 2, set: { old: 'x' } })).toEqual({ old: 'x' })
  })
})

test('a rule across fields warns and never refuses', () => {
  const values = { startsAt: '10:00', endsAt: '09:00' }
  expect(brokenRules(trainingSession, values)).toEqual([{ name: 'ends-after-start', blames: 'endsAt' }])
  expect(checkFields(trainingSession, values, false)).toBe(null)
})
