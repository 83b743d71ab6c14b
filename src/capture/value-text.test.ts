import { describe, expect, it } from 'vitest'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { secondOf, titleOf, valueText } from './value-text.ts'

const id = newId<RecordId>((length) => crypto.getRandomValues(new Uint8Array(length)))
const names = {
  placeName: () => 'วัดดอยคำหลวง',
  staffName: () => 'นายพนา เรือนคำ',
  place: (one: string | undefined) => (one === id ? ({} as never) : undefined),
  label: (list: string, code: string | undefined) => `${list}/${code}`,
}

describe('a value in words', () => {
  it.each([
    ['node', 'temple', 'วัด/ศาสนสถาน'],
    ['heldOn', '2026-06-16', '16 มิถุนายน 2569'],
    ['from25Female', 1212, '1,212'],
    ['type', 'T2', 'activityType/T2'],
    ['place', id, 'วัดดอยคำหลวง'],
    ['rightsAreas', { LAND: { on: true }, CHILD: { on: true } }, 'rightsCategory/LAND · rightsCategory/CHILD'],
    ['outcome', 'ตกลงกันได้', 'ตกลงกันได้'],
    ['outcome', undefined, ''],
    ['later', 'คำของรุ่นหลัง', 'คำของรุ่นหลัง'],
  ])('reads %s', (field, value, text) => {
    expect(valueText(activity, field, value as never, names)).toBe(text)
  })

  it('gives each entry a line, and hides a key that no person knows', () => {
    const modules = { M1: { on: true, planned: 60, trainer: id }, [id]: { on: true, planned: 30, actual: null } }
    expect(valueText(trainingSession, 'modules', modules, names)).toBe(
      'M1 · planned 60 · trainer นายพนา เรือนคำ\nplanned 30',
    )
  })
})

describe('what a list calls a record', () => {
  it('is its first text, and when and where stand below', () => {
    const values = { place: id, heldOn: '2026-06-16', title: 'อบรมครู' }
    expect(titleOf(trainingSession, values, names)).toBe('อบรมครู')
    expect(secondOf(trainingSession, values, names)).toBe('วัดดอยคำหลวง · 16 มิถุนายน 2569')
  })

  it('is what is known while there is no text, and not said twice', () => {
    expect(titleOf(trainingSession, { heldOn: '2026-06-16' }, names)).toBe('16 มิถุนายน 2569')
    expect(secondOf(trainingSession, { heldOn: '2026-06-16' }, names)).toBe('')
    expect(titleOf(trainingSession, {}, names)).toBe('ไม่มีชื่อ')
  })
})
