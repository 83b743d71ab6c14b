import { expect, test } from 'vitest'
import { roomFor } from './room.ts'

test('holds so much in all and of each, and what has left makes room again, once', () => {
  const room = roomFor({ all: 10, each: 6 })
  const leave = room.enter('a', 6)!
  expect(room.enter('a', 1)).toBeNull()
  expect(room.enter('b', 5)).toBeNull()
  const other = room.enter('b', 4)!
  leave()
  leave()
  expect(room.enter('c', 7)).toBeNull()
  expect(room.enter('c', 6)).not.toBeNull()
  other()
  expect(room.enter('b', 4)).not.toBeNull()
})
