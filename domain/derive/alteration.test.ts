import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { emptyRecord, merge } from '#domain/merge.ts'
import { activity } from '#domain/records/activity.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { view } from '#domain/view.ts'
import { alteration, withSaved } from './alteration.ts'

const record = newId<RecordId>((length) => new Uint8Array(length))
const write = { seq: 1, stamp: 1, base: 0, device: 'A', n: 1, author: 'a', at: 1 }

describe('alteration', () => {
  test('carries only what differs, and null for what was cleared', () => {
    const before = { node: 'home', facilitator: 'ครูตัวอย่าง', under15Male: 4 }
    expect(alteration(activity, before, { node: 'home', facilitator: '', under15Male: 5 })).toEqual({
      facilitator: null,
      under15Male: 5,
    })
  })

  test('of a keyed set carries the keys and parts that differ', () => {
    const before = { modules: { M1: { on: true, planned: 30 }, M2: { on: true, planned: 30 } } }
    const after = { modules: { M1: { on: true, planned: 30, actual: 25 }, M3: { planned: 40 } } }
    expect(alteration(trainingSession, before, after)).toEqual({
      modules: { M1: { actual: 25 }, M2: { on: false }, M3: { on: true, planned: 40 } },
    })
  })

  test('merged over the state before, gives the state after', () => {
    const entry = fc.record({ planned: fc.nat(90), order: fc.nat(9) }, { requiredKeys: [] })
    const values = fc.record(
      {
        title: fc.string({ minLength: 1, maxLength: 8 }),
        startsAt: fc.constantFrom('09:00', '10:00'),
        modules: fc.dictionary(
          fc.constantFrom('M1', 'M2', 'M3'),
          entry.map((parts) => ({ ...parts, on: true })),
        ),
      },
      { requiredKeys: ['modules'] },
    )
    fc.assert(
      fc.property(values, values, (before, after) => {
        const first = merge(emptyRecord(record, 'training-session'), {
          ...write,
          set: alteration(trainingSession, {}, before),
        })
        const second = merge(first, {
          ...write,
          seq: 2,
          n: 2,
          stamp: 2,
          base: 1,
          set: alteration(trainingSession, before, after),
        })
        expect({ modules: {}, ...view(second).values }).toEqual(after)
        const saved = withSaved(trainingSession, before, alteration(trainingSession, before, after))
        expect({ modules: {}, ...saved }).toEqual(after)
      }),
    )
  })
})
