import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  type Day,
  type DayStyle,
  dayOfInstant,
  daysBetween,
  fiscalYear,
  formatDay,
  instantOf,
  isDay,
  parseDay,
  timeOfInstant,
} from './day.ts'
import { arabicDigitsToThai } from './thai-text.ts'

const today = '2023-04-01' as Day
const read = (text: string) => parseDay(text, { today })
const anyDay = fc.integer({ min: -25_567, max: 84_005 }).map((count) => addDays('1970-01-01' as Day, count))
const anyTime = fc
  .nat(1439)
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)

describe('parseDay', () => {
  it.each([
    ...['31/3/2566', '31-03-2566', '31.3.2566', '๓๑/๓/๒๕๖๖', '31/3/2023', '2023-03-31', '2566-03-31', '2566/3/31'],
    ...['31 มีนาคม 2566', '31 มี.ค. 2566', '31 มีค 2566', '31มี.ค.2566', '๓๑ มีนาคม พ.ศ. ๒๕๖๖', '31 มีนาคม ค.ศ. 2023'],
    ...['วันที่ 31 มีนาคม 2566', 'วันศุกร์ที่ 31 มีนาคม พ.ศ. 2566', '31 March 2023', '31 Mar 2023', '31-Mar-2023'],
    ...['31 march 2566', '  31 / 3 / 2566'.replaceAll(' / ', '/')],
  ])('reads %s', (text) => {
    expect(read(text)).toEqual({ ok: true, value: '2023-03-31' })
  })

  it('reads today and yesterday', () => {
    expect(read('วันนี้')).toEqual({ ok: true, value: '2023-04-01' })
    expect(read('เมื่อวาน')).toEqual({ ok: true, value: '2023-03-31' })
  })

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['พรุ่งนี้', 'format'],
    ['31/3', 'format'],
    ['31/3-2566', 'format'],
    ['31 มีนา 2566', 'format'],
    ['31/3/66', 'year-two-digits'],
    ['31.3.66', 'year-two-digits'],
    ['31 มี.ค. 66', 'year-two-digits'],
    ['29/2/2566', 'no-such-day'],
    ['31/4/2566', 'no-such-day'],
    ['1/13/2566', 'no-such-day'],
    ['0/1/2566', 'no-such-day'],
    ['31/3/2399', 'year-out-of-range'],
    ['31/3/2701', 'year-out-of-range'],
    ['31/3/1899', 'year-out-of-range'],
    ['31/3/2200', 'year-out-of-range'],
    ['31/3/2442', 'year-out-of-range'],
    ['31/3/25666', 'year-out-of-range'],
    ['31 มีนาคม พ.ศ. 2023', 'year-out-of-range'],
    ['31 มีนาคม ค.ศ. 2566', 'year-out-of-range'],
  ])('refuses "%s": %s', (text, reason) => {
    expect(read(text)).toEqual({ ok: false, reason })
  })

  it('knows leap years through the era', () => {
    expect(read('29/2/2567')).toEqual({ ok: true, value: '2024-02-29' })
  })

  it('never gives a Buddhist year as a Gregorian one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.nat(40), fc.nat(14), (year, day, month) => {
        const parsed = read(`${day}/${month}/${year}`)
        if (parsed.ok) {
          expect(isDay(parsed.value)).toBe(true)
          expect(Number(parsed.value.slice(0, 4))).toBeLessThan(2200)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('formatDay', () => {
  const day = '2023-03-05' as Day
  it('writes Thai in the Buddhist Era and English in the Gregorian', () => {
    expect(formatDay(day, { locale: 'th', style: 'long' })).toBe('5 มีนาคม 2566')
    expect(formatDay(day, { locale: 'th', style: 'medium' })).toBe('5 มี.ค. 2566')
    expect(formatDay(day, { locale: 'th', style: 'numeric' })).toBe('5/3/2566')
    expect(formatDay(day, { locale: 'th', style: 'short-weekday' })).toMatch(/^อา.* 5 มี\.ค\. 2566$/)
    expect(formatDay(day, { locale: 'en', style: 'long' })).toBe('5 March 2023')
    expect(formatDay(day, { locale: 'en', style: 'medium' })).toBe('5 Mar 2023')
    expect(formatDay(day, { locale: 'en', style: 'short-weekday' })).toBe('Sun, 5 Mar 2023')
    expect(formatDay(day, { locale: 'en', style: 'numeric' })).toBe('05/03/2023')
  })

  it('is read back as the same day, also in Thai digits', () => {
    const inYearsOfBothEras = anyDay.filter((d) => d < '2157')
    const style = fc.constantFrom<DayStyle>('long', 'medium', 'numeric')
    fc.assert(
      fc.property(inYearsOfBothEras, style, fc.constantFrom('th', 'en'), (d, s, locale) => {
        const text = formatDay(d, { locale, style: s })
        expect(read(text)).toEqual({ ok: true, value: d })
        expect(read(arabicDigitsToThai(text))).toEqual({ ok: true, value: d })
      }),
      { numRuns: 1000 },
    )
  })
})

describe('isDay', () => {
  it('takes real Gregorian days only', () => {
    expect(isDay('2024-02-29')).toBe(true)
    for (const no of [
      '2023-02-29',
      '2566-03-31',
      '2023-3-31',
      '2023-13-01',
      '1899-12-31',
      '2200-01-01',
      '',
      20230331,
      null,
    ]) {
      expect(isDay(no)).toBe(false)
    }
  })
})

describe('days and instants', () => {
  it('turns the day at midnight in Thailand, which is 17:00 UTC', () => {
    const lastMinute = Date.UTC(2023, 2, 31, 16, 59, 59, 999)
    expect([dayOfInstant(lastMinute), timeOfInstant(lastMinute)]).toEqual(['2023-03-31', '23:59'])
    expect([dayOfInstant(lastMinute + 1), timeOfInstant(lastMinute + 1)]).toEqual(['2023-04-01', '00:00'])
  })

  it('goes from a day and time to an instant and back', () => {
    fc.assert(
      fc.property(anyDay, anyTime, (day, time) => {
        const at = instantOf(day, time)
        expect([dayOfInstant(at), timeOfInstant(at)]).toEqual([day, time])
      }),
    )
  })

  it('refuses a time that is none', () => {
    expect(() => instantOf(today, '24:00')).toThrow(RangeError)
  })

  it('shows a clock that is 543 years ahead as no Day', () => {
    expect(isDay(dayOfInstant(Date.UTC(2566, 2, 31)))).toBe(false)
    expect(isDay(dayOfInstant(Number.NaN))).toBe(false)
  })
})

describe('arithmetic', () => {
  it('adds and counts days', () => {
    expect(addDays('2024-02-28' as Day, 2)).toBe('2024-03-01')
    expect(daysBetween('2023-03-31' as Day, '2023-04-15' as Day)).toBe(15)
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -400, max: 400 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count)
      }),
    )
  })

  it('begins the fiscal year on 1 October', () => {
    expect(fiscalYear('2022-09-30' as Day)).toBe(2565)
    expect(fiscalYear('2022-10-01' as Day)).toBe(2566)
    expect(fiscalYear('2023-09-30' as Day)).toBe(2566)
  })
})
