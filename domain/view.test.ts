import { expect, test } from 'vitest'
import type { RecordId } from './kernel/id.ts'
import { emptyRecord, policyOf, type Write } from './merge.ts'
import { view } from './view.ts'

const write = (n: number, set: Write['set']): Write => ({
  seq: n,
  stamp: n,
  base: 0,
  device: `tablet-${n}`,
  n: 1,
  author: 'officer',
  at: n,
  set,
})

test('of a field that the version before did not know only the latest counts, where the latest counts', () => {
  // both lie in the record, because a version that did not know the fields kept what nobody had seen
  const writes = [write(1, { facilitator: 'ก', from15Female: 3 }), write(2, { facilitator: 'ข', from15Female: 4 })]
  expect(policyOf('activity', 'facilitator')).toBe('latest')
  const { values, conflicts } = view({ ...emptyRecord('r' as RecordId, 'activity'), writes })
  expect(values).toEqual({ facilitator: 'ข', from15Female: 4 })
  expect(Object.keys(conflicts)).toEqual(['from15Female'])
})
