import { expect, test } from 'vitest'
import { freeCode, partsOfList } from './item-parts.ts'

test('a new entry gets the first code that is free', () => {
  expect(freeCode([])).toBe('N1')
  expect(freeCode(['N1', 'M2', 'N3'])).toBe('N2')
})

test('a list that nobody thought of needs no more than words', () => {
  expect(partsOfList('hotline')).toEqual(['number'])
  expect(partsOfList('weather')).toEqual([])
  expect(partsOfList(undefined)).toEqual([])
})
