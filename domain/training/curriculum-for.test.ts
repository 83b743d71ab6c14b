import { expect, it } from 'vitest'
import { completionRule, curriculumFor } from './curriculum-for.ts'

const all = [
  { id: 'c', values: { name: 'second for everybody' } },
  { id: 'b', values: { name: 'for everybody' } },
  { id: 'd', values: { name: 'sangha', audience: 'SANGHA' } },
]

it('takes the curriculum of the audience, else the one for everybody, the same whatever the order', () => {
  expect(curriculumFor('SANGHA', all)?.id).toBe('d')
  expect(curriculumFor('P4-6', all)?.id).toBe('b')
  expect(curriculumFor(undefined, all.toReversed())?.id).toBe('b')
  expect(curriculumFor('P4-6', [all[2]!])).toBeUndefined()
})

it('reads the rule off the record, modules in their order', () => {
  const modules = { M2: { on: true, order: 2, minutes: 40 }, M1: { on: true, order: 1, minutes: 30 } }
  expect(completionRule({ thresholdMinutes: 180, modules })).toEqual({
    thresholdMinutes: 180,
    requireAllModules: false,
    modules: [
      { code: 'M1', minutes: 30 },
      { code: 'M2', minutes: 40 },
    ],
  })
})
