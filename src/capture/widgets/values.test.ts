import { describe, expect, it } from 'vitest'
import type { Day } from '#domain/kernel/day.ts'
import { instantFrom, partsOf } from './instant-parts.ts'
import { keysOf, withKeys } from './keys.ts'

describe('the keys of a set', () => {
  it('are those that are there', () => {
    expect(keysOf(undefined)).toEqual([])
    expect(keysOf({ b: { on: true }, a: {}, c: { on: false } })).toEqual(['b', 'a'])
  })

  it('keep what an entry already says, so that only what was altered is a change', () => {
    const before = { a: { on: true, minutes: 30 }, b: { on: true } }
    expect(withKeys(before, ['a', 'c'])).toEqual({ a: { on: true, minutes: 30 }, c: { on: true } })
  })

  it('are no set when none is left', () => {
    expect(withKeys({ a: { on: true } }, [])).toBeUndefined()
  })
})

describe('a moment as a day and a time in Thailand', () => {
  it('goes both ways, across midnight in Greenwich', () => {
    const moment = Date.parse('2026-06-15T18:30:00Z')
    expect(partsOf(moment)).toEqual({ day: '2026-06-16', time: '01:30' })
    expect(instantFrom(partsOf(moment))).toBe(moment)
  })

  it('is unknown while a half is missing', () => {
    expect(instantFrom({ day: '2026-06-16' as Day })).toBeUndefined()
    expect(instantFrom({ time: '09:00' })).toBeUndefined()
    expect(partsOf(undefined)).toEqual({})
  })
})
