import { expect, test } from 'vitest'
import { checkFields } from '#domain/check.ts'
import { kindOf } from '#domain/records/index.ts'
import { seeds } from './seed.ts'

test('everything that a province begins with is what its kind declares', () => {
  for (const { kind, set } of seeds())
    expect(checkFields(kindOf(kind)!, set, true), JSON.stringify(set.name)).toBeNull()
})

test('the six modules last 180 minutes, the threshold', () => {
  const { set } = seeds().find(({ kind }) => kind === 'curriculum')!
  const minutes = Object.values(set.modules as Record<string, { minutes: number }>).map((one) => one.minutes)
  expect(minutes).toHaveLength(6)
  expect(minutes.reduce((a, b) => a + b)).toBe(180)
  expect(set.thresholdMinutes).toBe(180)
})

test('every sub-district belongs to a district of the list', () => {
  const items = (name: string) =>
    seeds().find(({ set }) => set.name === name)!.set.items as Record<string, { parent?: string }>
  const known = Object.keys(items('district'))
  expect(known).toHaveLength(25)
  expect(Object.keys(items('subdistrict'))).toHaveLength(204)
  for (const { parent } of Object.values(items('subdistrict'))) expect(known).toContain(parent)
})
