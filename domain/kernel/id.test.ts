import { expect, test } from 'vitest'
import { derivedId, isId, newId } from './id.ts'

test('an id begins with a letter whatever the bytes are, so that no spreadsheet takes it for a formula', () => {
  for (let first = 0; first < 256; first++) {
    const id = newId((length) => new Uint8Array(length).fill(first))
    expect(isId(id)).toBe(true)
    expect(id).toMatch(/^[A-Za-f]/)
  }
  for (let part = 0; part < 500; part++) expect(derivedId('attendance', String(part))).toMatch(/^[A-Za-f]/)
})

test('the same parts give the same id, and their order and borders count', () => {
  expect(derivedId('attendance', 'a', 'b')).toBe(derivedId('attendance', 'a', 'b'))
  const others = [derivedId('attendance', 'b', 'a'), derivedId('attendance', 'ab', ''), derivedId('person', 'a', 'b')]
  expect(new Set([derivedId('attendance', 'a', 'b'), ...others]).size).toBe(4)
})
