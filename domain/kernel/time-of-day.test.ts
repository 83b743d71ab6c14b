import { describe, expect, it } from 'vitest'
import { formatTime, isTime, parseTime } from './time-of-day.ts'

describe('parseTime', () => {
  it.each(['9.30', '09:30', '9:30', '๐๙.๓๐ น.', '09.30 น', '0930', '930', ' 9.30น. '])('reads %s', (text) => {
    expect(parseTime(text)).toEqual({ ok: true, value: '09:30' })
  })

  it.each([
    ['', 'empty'],
    ['เช้า', 'format'],
    ['9', 'format'],
    ['9.3', 'format'],
    ['24.00', 'no-such-time'],
    ['09.60', 'no-such-time'],
  ])('refuses "%s": %s', (text, reason) => {
    expect(parseTime(text)).toEqual({ ok: false, reason })
  })
})

it('formatTime writes the Thai and the English way, and what it writes is read back', () => {
  expect(formatTime('09:00', 'th')).toBe('09.00 น.')
  expect(formatTime('09:00', 'en')).toBe('09:00')
  for (const locale of ['th', 'en'] as const)
    expect(parseTime(formatTime('23:59', locale))).toEqual({ ok: true, value: '23:59' })
})

it('isTime takes HH:MM only', () => {
  expect(['00:00', '23:59', '9:30', '24:00', '09:60', '09:30:00', 930].map(isTime)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})
