import { monthNamed } from './month-names.ts'
import { normaliseThai, thaiDigitsToArabic } from './thai-text.ts'
import { isTime } from './time-of-day.ts'

declare const dayMark: unique symbol

/** A calendar day, `YYYY-MM-DD`, always Gregorian. The Buddhist Era exists only where people read and type. */
export type Day = string & { readonly [dayMark]: true }

export type DayFailure = 'empty' | 'format' | 'no-such-day' | 'year-out-of-range' | 'year-two-digits'
export type ParsedDay = { ok: true; value: Day } | { ok: false; reason: DayFailure }

const MS_PER_DAY = 86_400_000
/** Asia/Bangkok has been UTC+7 without daylight saving since 1920. */
const BANGKOK_MS = 7 * 3_600_000
const BUDDHIST_ERA = 543
const BUDDHIST_YEARS = [2400, 2700] as const
/** The years a Day may have. They end long before the Buddhist years begin, so that neither passes for the other. */
const GREGORIAN_YEARS = [1900, 2199] as const

const within = (year: number, [first, last]: readonly [number, number]) => year >= first && year <= last

/** A real day, in a year that can be meant: `2566-03-31` is not a Day. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const year = Number(text.slice(0, 4))
  return within(year, GREGORIAN_YEARS) && dayOfUtc(Date.parse(text)) === text
}

const numeric = /^(?<day>\d{1,2})([/.-])(?<month>\d{1,2})\2(?<year>\d+)$/
const yearFirst = /^(?<year>\d{4})([/.-])(?<month>\d{1,2})\2(?<day>\d{1,2})$/
const worded =
  /^(?:(?:วัน[ก-๙]*)?ที่ ?)?(?<day>\d{1,2})[ .-]?(?<name>[a-z]+\.?|[ก-๎.]+?) ?-?(?<era>พ\.?ศ\.?|ค\.?ศ\.?)? ?(?<year>\d+)$/i

/**
 * Reads a day as people write it, in either era, in Thai or English, with Thai or Arabic digits; the day comes
 * before the month unless the year comes first. Years 2400–2700 are Buddhist Era, 1900–2199 Gregorian, others are
 * refused (so is what falls before 1900), and years of two digits too: each era gives them another meaning. `today` gives วันนี้ (today)
 * and เมื่อวาน (yesterday) their meaning.
 */
export function parseDay(text: string, { today }: { today: Day }): ParsedDay {
  const typed = thaiDigitsToArabic(normaliseThai(text))
  if (typed === '') return { ok: false, reason: 'empty' }
  if (/^(วันนี้|today)$/i.test(typed)) return { ok: true, value: today }
  if (/^(เมื่อวาน|เมื่อวานนี้|yesterday)$/i.test(typed)) return { ok: true, value: addDays(today, -1) }
  const parts = (numeric.exec(typed) ?? yearFirst.exec(typed) ?? worded.exec(typed))?.groups
  const month = parts?.name === undefined ? Number(parts?.month) : monthNamed(parts.name)
  if (!parts || month === undefined) return { ok: false, reason: 'format' }
  if (parts.year?.length === 2) return { ok: false, reason: 'year-two-digits' }
  const year = gregorianYear(Number(parts.year), parts.era)
  if (year === undefined) return { ok: false, reason: 'year-out-of-range' }
  const day = `${year}-${String(month).padStart(2, '0')}-${parts.day?.padStart(2, '0')}`
  return isDay(day) ? { ok: true, value: day } : { ok: false, reason: 'no-such-day' }
}

function gregorianYear(year: number, era: string | undefined): number | undefined {
  const isBuddhist = !era?.startsWith('ค') && within(year, BUDDHIST_YEARS)
  const isGregorian = !era?.startsWith('พ') && within(year, GREGORIAN_YEARS)
  const gregorian = isBuddhist ? year - BUDDHIST_ERA : year
  return (isBuddhist || isGregorian) && within(gregorian, GREGORIAN_YEARS) ? gregorian : undefined
}

const styles = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  'short-weekday': { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  numeric: { day: 'numeric', month: 'numeric', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type DayStyle = keyof typeof styles

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The day in words: Thai in the Buddhist Era, English in the Gregorian; the year always has four digits. */
export function formatDay(day: Day, { locale, style }: { locale: 'th' | 'en'; style: DayStyle }): string {
  const key = `${locale} ${style}`
  const tag = locale === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB-u-ca-gregory-nu-latn'
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(tag, { ...styles[style], timeZone: 'UTC' })
  formatters.set(key, formatter)
  return formatter.format(Date.parse(day))
}

/** The day in Thailand at an instant. A clock 543 years ahead gives a text that isDay refuses. */
export function dayOfInstant(ms: number): Day {
  return dayOfUtc(ms + BANGKOK_MS)
}

/** `HH:MM` in Thailand at an instant. */
export function timeOfInstant(ms: number): string {
  return new Date(ms + BANGKOK_MS).toISOString().slice(11, 16)
}

/** Milliseconds since 1970 of a time (`HH:MM`) on a day in Thailand. Throws on anything else than `HH:MM`. */
export function instantOf(day: Day, time: string): number {
  if (!isTime(time)) throw new RangeError('a time of day is HH:MM')
  return Date.parse(`${day}T${time}:00Z`) - BANGKOK_MS
}

export function addDays(day: Day, count: number): Day {
  return dayOfUtc(Date.parse(day) + count * MS_PER_DAY)
}

/** Whole days from one day to a later one; negative if it is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / MS_PER_DAY
}

/** The Thai government's fiscal year (ปีงบประมาณ), 1 October – 30 September, named in the Buddhist Era by its end. */
export function fiscalYear(day: Day): number {
  const year = Number(day.slice(0, 4)) + BUDDHIST_ERA
  return Number(day.slice(5, 7)) >= 10 ? year + 1 : year
}

function dayOfUtc(ms: number): Day {
  return (Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10)) as Day
}
