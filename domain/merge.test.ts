import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldSet } from './change.ts'
import { checkFields } from './check.ts'
import { canonicalJson, type Json } from './kernel/bytes.ts'
import type { RecordId } from './kernel/id.ts'
import { asItEntered } from './later-words.ts'
import {
  emptyRecord,
  foldAgain,
  hadSeen,
  isGreater,
  merge,
  mergeAll,
  pendingSeq,
  policyOf,
  type Write,
} from './merge.ts'
import { fieldOf } from './record-kind.ts'
import { activity } from './records/activity.ts'
import { stampOf } from './stamp.ts'
import { view } from './view.ts'

const empty = emptyRecord('record' as RecordId, 'activity')

/** What a tablet did: which fields it set, how much of the news it had read by then, how wrong its clock was, and whether it was held. */
interface Deed {
  readonly device: string
  readonly reads: number
  readonly skew: number
  readonly held: boolean
  readonly set: FieldSet
}

const entry = fc.record(
  { on: fc.boolean(), note: fc.constantFrom('ก', 'ข', null) },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>
const deed: fc.Arbitrary<Deed> = fc.record({
  device: fc.constantFrom('a', 'b', 'c'),
  reads: fc.constantFrom(0, 0, 0.5, 1, 1),
  skew: fc.constantFrom(-1e7, -50, 0, 0, 50, 1e13),
  held: fc.boolean(),
  set: fc.record(
    {
      facilitator: fc.constantFrom('ครูหนึ่ง', 'ครูสอง', null),
      from25Female: fc.constantFrom(1, 2, 3, null),
      outcome: fc.constantFrom('เช้า', 'บ่าย'),
      targetGroups: fc.dictionary(fc.constantFrom('CHY', 'OLD', 'PWD'), entry, { minKeys: 1 }),
      unknownField: fc.constantFrom(true, false),
      withdrawn: fc.constantFrom({ reason: 'ซ้ำ' }, null),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<FieldSet>,
})

/** Numbers and stamps the deeds as a server does; what was held comes last, although its `n` is smaller, without what its device said later. */
const historyOf = (deeds: readonly Deed[]): Write[] => {
  const counters = new Map<string, { n: number; base: number; stamp: number }>()
  const written = deeds.map((one, at) => {
    const of = counters.get(one.device) ?? { n: 0, base: 0, stamp: 0 }
    of.n += 1
    of.base += Math.floor(one.reads * (at - of.base))
    counters.set(one.device, of)
    return { ...one, n: of.n, base: of.base, at: 1000 * (at + 1) + one.skew }
  })
  const order = [...written.filter(({ held }) => !held), ...written.filter(({ held }) => held)]
  let record = empty
  const whole: Write[] = []
  return order.map(({ device, n, base, at, set }, index) => {
    const of = counters.get(device)!
    const seq = index + 1
    const bound = Math.min(base, index)
    const seen = record.writes.filter((one) => one.seq <= bound).map(({ stamp }) => stamp)
    of.stamp = stampOf({
      at,
      seen: 0,
      receivedAt: 1000 * deeds.length + index,
      stampSeen: Math.max(0, ...seen),
      devicePrevious: of.stamp,
    })
    const said: Write = { seq, stamp: of.stamp, base: bound, device, n, author: device, at, set }
    const write = asItEntered('activity', said, whole)
    whole.push(said)
    record = merge(record, write)
    return write
  })
}

const history = fc.array(deed, { minLength: 1, maxLength: 9 }).map(historyOf)
const shuffled = history.chain((writes) =>
  fc.record({
    writes: fc.constant(writes),
    order: fc.shuffledSubarray(writes, { minLength: writes.length, maxLength: writes.length }),
  }),
)
const text = (record: unknown) => canonicalJson(record as Json)
const runs = { numRuns: fc.readConfigureGlobal().numRuns ?? 600 }

describe('The merge over stamped changes', () => {
  test('is free of order', () => {
    fc.assert(
      fc.property(shuffled, ({ writes, order }) => {
        expect(text(mergeAll(empty, order))).toBe(text(mergeAll(empty, writes)))
      }),
      runs,
    )
  })

  test('is idempotent: a write that comes again, early or late, changes nothing', () => {
    fc.assert(
      fc.property(shuffled, fc.nat(8), ({ writes, order }, at) => {
        const once = mergeAll(empty, writes)
        expect(text(merge(once, writes[at % writes.length]!))).toBe(text(once))
        expect(text(mergeAll(once, order))).toBe(text(once))
      }),
      runs,
    )
  })

  test('meets cut-down copies as it meets whole ones: a tablet that reads states folds to the server’s record', () => {
    fc.assert(
      fc.property(history, fc.nat(8), fc.nat(8), (writes, first, second) => {
        const [early, late] = [first, second].map((at) => at % (writes.length + 1)).toSorted((a, b) => a - b)
        const then = mergeAll(empty, writes.slice(0, early))
        const later = mergeAll(then, writes.slice(early, late))
        const all = mergeAll(later, writes.slice(late))
        const news = all.writes.filter(({ seq }) => seq > later.seq)
        const tablet = mergeAll(mergeAll(mergeAll(empty, then.writes), later.writes), news)
        expect(text(tablet.writes)).toBe(text(all.writes))
        expect(text(foldAgain(all).writes)).toBe(text(all.writes))
      }),
      runs,
    )
  })

  test('keeps of an `ask` field exactly the values that no other write had seen', () => {
    fc.assert(
      fc.property(history, (writes) => {
        const record = mergeAll(empty, writes)
        for (const field of ['from25Female', 'outcome', 'unknownField']) {
          const setters = writes.filter(({ set }) => Object.hasOwn(set, field))
          const unseen = setters.filter((one) => !setters.some((other) => hadSeen(other, one)))
          const kept = record.writes.filter(({ set }) => Object.hasOwn(set, field))
          expect(kept.map(({ seq }) => seq).toSorted()).toEqual(unseen.map(({ seq }) => seq).toSorted())
        }
      }),
      runs,
    )
  })

  test('shows of a `latest` field the greatest stamp, and never a value that a later writer had seen and replaced', () => {
    fc.assert(
      fc.property(history, (writes) => {
        const setters = writes.filter(({ set }) => Object.hasOwn(set, 'facilitator'))
        const winner: Write | undefined = setters.reduce<Write | undefined>(
          (best, one) => (best && isGreater(best, one) ? best : one),
          undefined,
        )
        const shown = view(mergeAll(empty, writes)).values as { facilitator?: string }
        expect(shown.facilitator ?? null).toBe(winner?.set.facilitator ?? null)
        expect(setters.some((other) => winner && hadSeen(other, winner))).toBe(false)
      }),
      runs,
    )
  })

  test('shows no earlier words of a device beside its later ones, nor in their place, whenever they came', () => {
    fc.assert(
      fc.property(shuffled, ({ order }) => {
        const record = mergeAll(empty, order)
        for (const field of ['from25Female', 'outcome', 'unknownField', 'facilitator', 'withdrawn']) {
          const kept = record.writes.filter(({ set }) => Object.hasOwn(set, field))
          for (const { device, n } of kept) {
            const own = order.filter((one) => one.device === device && Object.hasOwn(one.set, field))
            expect(own.every((one) => one.n <= n)).toBe(true)
          }
        }
      }),
      runs,
    )
  })

  test('merges a keyed set by key and part: each part is the latest that anybody wrote', () => {
    fc.assert(
      fc.property(history, (writes) => {
        const expected: Record<string, Record<string, Json>> = {}
        for (const { set } of writes.toSorted((a, b) => (isGreater(a, b) ? 1 : -1))) {
          for (const [key, parts] of Object.entries((set.targetGroups ?? {}) as typeof expected)) {
            expected[key] = { ...expected[key], ...parts }
          }
        }
        const present = Object.entries(expected).filter(([, parts]) => parts.on === true)
        const shown = (view(mergeAll(empty, writes)).values as { targetGroups?: object }).targetGroups ?? {}
        expect(shown).toEqual(
          Object.fromEntries(
            present.map(([key, parts]) => [
              key,
              Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== null)),
            ]),
          ),
        )
      }),
      runs,
    )
  })

  test('names who began the record, also when nothing of that write is left', () => {
    fc.assert(
      fc.property(shuffled, ({ writes, order }) => {
        expect(mergeAll(empty, order).created).toMatchObject({ seq: writes[0]!.seq, device: writes[0]!.device })
      }),
      runs,
    )
  })
})

const write = (more: Partial<Write>): Write => ({
  seq: 5,
  stamp: 5,
  base: 0,
  device: 'a',
  n: 1,
  author: 'x',
  at: 0,
  set: {},
  ...more,
})

describe('Two writes', () => {
  const facilitator = (name: string, more: Partial<Write>) => write({ ...more, set: { facilitator: name } })

  test('that had not seen each other are decided by their stamps, and by the server’s number only when those are equal', () => {
    const shown = (...writes: Write[]) => view(mergeAll(empty, writes)).values
    const early = facilitator('ครูหนึ่ง', { seq: 7, stamp: 10 })
    const late = facilitator('ครูสอง', { seq: 6, stamp: 11, device: 'b' })
    expect(shown(early, late)).toEqual({ facilitator: 'ครูสอง' })
    expect(shown({ ...late, stamp: 10 }, early)).toEqual({ facilitator: 'ครูหนึ่ง' })
  })

  test('that are copies of one, cut down differently, are one again', () => {
    const cut = write({ set: { outcome: 'ดี', targetGroups: { CHY: { on: true } } } })
    const other = write({ set: { facilitator: 'ครูหนึ่ง', targetGroups: { OLD: { on: true } } } })
    expect(mergeAll(empty, [cut, other]).writes).toEqual([
      write({ set: { outcome: 'ดี', facilitator: 'ครูหนึ่ง', targetGroups: { CHY: { on: true }, OLD: { on: true } } } }),
    ])
  })
})

describe('Seeing', () => {
  test('a write has seen what its base covers and what its own tablet wrote before', () => {
    expect(hadSeen(write({ base: 4 }), write({ seq: 4, device: 'b' }))).toBe(true)
    expect(hadSeen(write({ base: 3 }), write({ seq: 4, device: 'b' }))).toBe(false)
    expect(hadSeen(write({ n: 2, seq: 6 }), write({ n: 1 }))).toBe(true)
    expect(hadSeen(write({ n: 2, seq: pendingSeq }), write({ n: 1, seq: pendingSeq }))).toBe(true)
  })

  test('a held change that was let go later was not seen by those that passed it, and has lost what they said', () => {
    const passed = write({ n: 4, seq: 8, set: { outcome: 'ดี', targetGroups: { CHY: { on: true } } } })
    const letGo = write({
      n: 2,
      seq: 9,
      set: { outcome: 'เดิม', facilitator: 'ก', targetGroups: { CHY: { on: false, note: 'ข' }, OLD: { on: true } } },
    })
    expect(hadSeen(passed, letGo)).toBe(false)
    expect(asItEntered('activity', letGo, [passed]).set).toEqual({
      facilitator: 'ก',
      targetGroups: { CHY: { note: 'ข' }, OLD: { on: true } },
    })
    for (const other of [write({ ...passed, device: 'b' }), write({ ...passed, n: 1 })])
      expect(asItEntered('activity', letGo, [other])).toBe(letGo)
  })
})

test('A field that is called as something that every object has is one that this version does not know', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(policyOf('activity', name)).toBe('ask')
    expect(policyOf(name, name)).toBe('ask')
    expect(fieldOf(activity, name)).toBeUndefined()
    expect(checkFields(activity, { [name]: 'x' }, false)).toBeNull()
  }
})
