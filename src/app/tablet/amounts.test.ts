import { expect, test } from 'vitest'
import { bytesText, minutesLeft } from './amounts.ts'

test.each([
  [1, '1 KB'],
  [4_096, '4 KB'],
  [1_572_864, '1.5 MB'],
])('%d bytes are said as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})

test('how long it will take is said from the speed so far, and not before there is one', () => {
  expect(minutesLeft({ bytes: 0, ofBytes: 100, ms: 60_000 })).toBeNull()
  expect(minutesLeft({ bytes: 50, ofBytes: 100, ms: 1000 })).toBeNull()
  expect(minutesLeft({ bytes: 10, ofBytes: 100, ms: 60_000 })).toBe(9)
  expect(minutesLeft({ bytes: 99, ofBytes: 100, ms: 60_000 })).toBe(0)
})
