import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Queued } from '#src/store/types.ts'
import { batchSize, cutBatch, orderForSending } from './batch.ts'

const queued = (n: number, record: string, lane: number, refers: string[] = [], size = 100): Queued => ({
  n,
  record,
  lane,
  refers,
  size,
})
const sealed = 0
const attendance = 1
const text = 2
const order = (queue: readonly Queued[]) => orderForSending(queue).map(({ n }) => n)

describe('the order of sending (law 12)', () => {
  test('sealed changes first, then attendance, then other text', () => {
    const queue = [queued(1, 'activity', text), queued(2, 'tap', attendance), queued(3, 'complaint', sealed)]
    expect(order(queue)).toEqual([3, 2, 1])
  })

  test('a tap takes along the session and the person that it names, and what they need', () => {
    const queue = [
      queued(1, 'activity', text),
      queued(2, 'school', text),
      queued(3, 'session', text, ['school']),
      queued(4, 'person', text, ['school']),
      queued(5, 'tap', attendance, ['session', 'person']),
    ]
    expect(order(queue)).toEqual([2, 3, 4, 5, 1])
  })

  test('no change overtakes an earlier one to its record or to a record that it mentions', () => {
    const names = ['a', 'b', 'c', 'd']
    const one = fc.record({
      record: fc.constantFrom(...names),
      lane: fc.nat(2),
      refers: fc.uniqueArray(fc.constantFrom(...names)),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (all) => {
        const queue = all.map(({ record, lane, refers }, index) => queued(index + 1, record, lane, refers))
        const sent = orderForSending(queue)
        expect(sent).toHaveLength(queue.length)
        sent.forEach((later, at) => {
          const after = sent.slice(at + 1)
          const needed = [later.record, ...later.refers]
          expect(after.find(({ n, record }) => n < later.n && needed.includes(record))).toBeUndefined()
        })
      }),
    )
  })
})

describe('batches are cut by bytes', () => {
  test('as many as fit, in their order', () => {
    const ordered = [1, 2, 3, 4].map((n) => queued(n, `r${n}`, text))
    expect(cutBatch(ordered, 303).map(({ n }) => n)).toEqual([1, 2, 3])
  })

  test('one that is larger than the batch goes alone', () => {
    expect(cutBatch([queued(1, 'a', text, [], 9000), queued(2, 'b', text)], 300)).toHaveLength(1)
  })

  test('never more than 500', () => {
    const many = Array.from({ length: 700 }, (_, index) => queued(index + 1, 'a', text, [], 1))
    expect(cutBatch(many, 1_000_000)).toHaveLength(500)
  })

  test('the size doubles on success and halves on failure, within bounds', () => {
    const size = batchSize()
    const first = size.bytes()
    size.failed()
    expect(size.bytes()).toBe(first / 2)
    size.succeeded()
    size.succeeded()
    expect(size.bytes()).toBe(first * 2)
    for (let turn = 0; turn < 20; turn++) size.failed()
    expect(size.bytes()).toBe(2_000)
    for (let turn = 0; turn < 20; turn++) size.succeeded()
    expect(size.bytes()).toBeLessThan(1_500_000)
  })
})
