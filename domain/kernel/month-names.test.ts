import { expect, it } from 'vitest'
import { monthNamed } from './month-names.ts'

it.each(['th-TH', 'en-GB', 'en-US'])('knows every month as %s writes it, full and short', (locale) => {
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' })
    const names = Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2023, month, 15)))
    expect(names.map(monthNamed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  }
})

it('knows no other word', () => {
  expect(monthNamed('มีนา')).toBeUndefined()
  expect(monthNamed('')).toBeUndefined()
})
