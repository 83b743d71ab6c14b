import { expect, test } from 'vitest'
import type { FieldSet } from '#domain/change.ts'
import { checkFields } from '#domain/check.ts'
import { kindOf } from '#domain/records/index.ts'
import { samplePlaces } from './places.ts'
import { sampleStaff, worksAt } from './staff.ts'
import { sampleStory } from './story.ts'

const now = Date.UTC(2026, 10, 23, 3, 0)
const key = new Uint8Array(32).fill(7)
const story = () => sampleStory(1, now, key)
const setOf = (set: unknown) =>
  typeof set === 'function' ? (set as (of: () => number) => FieldSet)(() => 1) : (set as FieldSet)

test('the same seed tells the same story, another one another', () => {
  const text = (seed: number) => JSON.stringify(sampleStory(seed, now, key))
  expect(text(1)).toBe(text(1))
  expect(text(1)).not.toBe(text(2))
})

test('every step is a change that its kind accepts, in the order of time and in the past', () => {
  const known = new Set<string>()
  let before = 0
  for (const { at, kind, record, set } of story()) {
    expect(checkFields(kindOf(kind)!, setOf(set), !known.has(record)), `${kind} ${JSON.stringify(set)}`).toBeNull()
    expect(at).toBeGreaterThanOrEqual(before)
    expect(at).toBeLessThanOrEqual(now)
    known.add(record)
    before = at
  }
})

test('it is large and wide enough to look around in', () => {
  const records = (kind: string) => new Set(story().flatMap((step) => (step.kind === kind ? [step.record] : []))).size
  expect(records('person')).toBe(205)
  expect(records('training-session')).toBe(14)
  expect(records('activity')).toBe(40)
  expect(samplePlaces).toHaveLength(24)
  expect(new Set(samplePlaces.map(({ district }) => district)).size).toBeGreaterThanOrEqual(8)
})

test('officers write only where they work', () => {
  for (const { by, kind, set } of story()) {
    const author = sampleStaff.find(({ id }) => id === by)!
    const place = setOf(set).place
    if (kind === 'activity' && typeof place === 'string') expect(worksAt(author, place), author.username).toBe(true)
  }
})
