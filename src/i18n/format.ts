import { type Day, type DayStyle, dayOfInstant, formatDay, timeOfInstant } from '#domain/kernel/day.ts'
import { formatTime } from '#domain/kernel/time-of-day.ts'
import { locale } from './locale.ts'

const tags = { th: 'th-TH-u-nu-latn', en: 'en-GB' } as const

/** Making a formatter costs far more than using it, and a list uses one in every row: each is made once for each language. */
const once = <F>(make: (tag: string) => F): (() => F) => {
  const made = new Map<string, F>()
  return () => {
    const tag = tags[locale()]
    const before = made.get(tag) ?? make(tag)
    made.set(tag, before)
    return before
  }
}
const dates = (options: Intl.DateTimeFormatOptions) =>
  once((tag) => new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }))

const numbers = once((tag) => new Intl.NumberFormat(tag))

/** A number with its thousands parted. */
export const n = (value: number, options?: Intl.NumberFormatOptions): string =>
  (options ? new Intl.NumberFormat(tags[locale()], options) : numbers()).format(value)

const lists = once((tag) => new Intl.ListFormat(tag))

/** ก ข และค · A, B and C. */
export const listOf = (items: readonly string[]): string => lists().format(items)

const longDay = { weekday: 'long', day: 'numeric', month: 'long' } as const
const ownStyles = {
  /** วันอังคารที่ 16 มิถุนายน */
  heading: dates(longDay),
  /** วันอังคารที่ 16 มิถุนายน 2569 */
  full: dates({ ...longDay, year: 'numeric' }),
  /** 16 มิ.ย. */
  short: dates({ day: 'numeric', month: 'short' }),
}

/** A day as people read it: the styles of the domain, and three that only screens need. */
export function dayText(day: Day, style: DayStyle | keyof typeof ownStyles = 'long'): string {
  if (style !== 'heading' && style !== 'full' && style !== 'short') return formatDay(day, { locale: locale(), style })
  return ownStyles[style]().format(Date.parse(day))
}

const months = dates({ month: 'long', year: 'numeric' })

/** The month of a day with its year: มิถุนายน 2569 · June 2026. */
export const monthText = (day: Day): string => months().format(Date.parse(day))

/** The year as people read it: 2569 in Thai, 2026 in English. */
export const yearText = (day: Day): string => String(Number(day.slice(0, 4)) + (locale() === 'th' ? 543 : 0))

/** The time in Thailand at an instant: 09.00 น. · 09:00. */
export const timeText = (ms: number): string => formatTime(timeOfInstant(ms), locale())

/** A time of day `HH:MM` as people read it. */
export const clockText = (time: string): string => formatTime(time, locale())

/** Day and time in Thailand at an instant: 16 มิ.ย. 2569 09.00 น. */
export const momentText = (ms: number, style: DayStyle = 'medium'): string =>
  `${dayText(dayOfInstant(ms), style)} ${timeText(ms)}`
