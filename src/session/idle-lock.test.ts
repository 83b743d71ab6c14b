import { expect, test } from 'vitest'
import { idleLock, idleMs } from './idle-lock.ts'

const begin = () => {
  const clock = { wall: 1_000_000_000, steady: 0 }
  let locked = 0
  const idle = idleLock({ now: () => clock.wall, monotonic: () => clock.steady, lock: () => locked++ })
  const pass = (ms: number, more: Partial<typeof clock> = {}) => {
    clock.wall += more.wall ?? ms
    clock.steady += more.steady ?? ms
  }
  return { idle, pass, locked: () => locked }
}

test('ten minutes without a touch lock, and a touch begins them anew', () => {
  const { idle, pass, locked } = begin()
  pass(idleMs - 1)
  idle.touched()
  pass(idleMs - 1)
  idle.look()
  expect(locked()).toBe(0)
  pass(1)
  idle.look()
  expect(locked()).toBe(1)
})

test('the longer of the two clocks counts: one stands still while the tablet sleeps', () => {
  const asleep = begin()
  asleep.pass(idleMs, { steady: 0 })
  asleep.idle.look()
  expect(asleep.locked()).toBe(1)
  const turned = begin()
  turned.pass(idleMs, { wall: 1000 })
  turned.idle.look()
  expect(turned.locked()).toBe(1)
})

test('the first touch after too long comes too late', () => {
  const { idle, pass, locked } = begin()
  pass(idleMs)
  idle.touched()
  expect(locked()).toBe(1)
})

test('a wall clock that goes back locks, but not one that is set right by seconds', () => {
  const { idle, pass, locked } = begin()
  pass(1000, { wall: -2000 })
  idle.look()
  expect(locked()).toBe(0)
  pass(1000, { wall: -60_000 })
  idle.look()
  expect(locked()).toBe(1)
})
