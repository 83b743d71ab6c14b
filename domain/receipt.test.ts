import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOfDigests } from './change.ts'
import { covers, numbersOf, type Receipt, receiptText, runsOf } from './receipt.ts'

const receipt = (more: Partial<Receipt>): Receipt => ({
  key: 'k',
  device: 'd',
  epoch: 'e',
  seq: 9,
  chain: 'c',
  time: 1,
  runs: [],
  stamps: {},
  held: [],
  digest: digestOfDigests([]),
  ...more,
})

describe('Runs', () => {
  test('pack neighbours whose numbers go on with them', () => {
    const pairs = [
      { n: 4, seq: 12 },
      { n: 3, seq: 11 },
      { n: 5, seq: 20 },
      { n: 7, seq: 21 },
    ]
    expect(runsOf(pairs)).toEqual([
      [3, 11, 2],
      [5, 20, 1],
      [7, 21, 1],
    ])
  })

  test('unpack to exactly the numbers that were packed', () => {
    const pairs = fc.uniqueArray(
      fc.record({ n: fc.integer({ min: 1, max: 40 }), seq: fc.integer({ min: 1, max: 60 }) }),
      {
        selector: ({ n }) => n,
      },
    )
    fc.assert(
      fc.property(pairs, (all) => {
        const numbers = numbersOf(receipt({ runs: runsOf(all) }))
        expect([...numbers].toSorted((a, b) => a[0] - b[0])).toEqual(
          all.map(({ n, seq }) => [n, seq]).toSorted((a, b) => a[0]! - b[0]!),
        )
      }),
    )
  })
})

describe('A receipt', () => {
  const signed = receipt({ runs: [[1, 8, 2]], held: [3], digest: digestOfDigests(['aa', 'bb', 'cc']) })
  const digests = new Map([
    [1, 'aa'],
    [2, 'bb'],
    [3, 'cc'],
  ])

  test('covers the changes whose bytes it was given for, the held ones included', () => {
    expect(covers(signed, (n) => digests.get(n))).toBe(true)
  })

  test('covers nothing when one byte of one change is another, or one change is not there', () => {
    expect(covers(signed, (n) => (n === 2 ? 'b0' : digests.get(n)))).toBe(false)
    expect(covers(signed, (n) => (n === 3 ? undefined : digests.get(n)))).toBe(false)
  })

  test('is signed as one text, whatever the order of its keys', () => {
    const { key, ...rest } = signed
    expect(receiptText({ ...rest, key })).toBe(receiptText(signed))
    expect(receiptText({ ...signed, seq: 10 })).not.toBe(receiptText(signed))
  })
})
