import { expect, it } from 'vitest'
import { mapColumn } from './mapping-table.tsx'

it('moves a field to another column, and frees the column it had', () => {
  expect(mapColumn({ givenName: 0, familyName: 1 }, 2, 'familyName')).toEqual({ givenName: 0, familyName: 2 })
  expect(mapColumn({ givenName: 0, familyName: 1 }, 1, 'nickname')).toEqual({ givenName: 0, nickname: 1 })
  expect(mapColumn({ givenName: 0, familyName: 1 }, 1, '')).toEqual({ givenName: 0 })
})
