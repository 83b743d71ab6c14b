import { normaliseThai, thaiDigitsToArabic } from './thai-text.ts'

export type TimeFailure = 'empty' | 'format' | 'no-such-time'
export type ParsedTime = { ok: true; value: string } | { ok: false; reason: TimeFailure }

const written = /^(?:(\d{1,2})[.:](\d{2})|(\d{1,2})(\d{2}))\s*(?:น\.?)?$/

/** `HH:MM`, 00:00 to 23:59. */
export function isTime(text: unknown): text is string {
  return typeof text === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** Reads a time of day as people write it: `9.30`, `09:30`, `0930`, `๐๙.๓๐ น.`; gives `HH:MM`. */
export function parseTime(text: string): ParsedTime {
  const typed = thaiDigitsToArabic(normaliseThai(text))
  if (typed === '') return { ok: false, reason: 'empty' }
  const match = written.exec(typed)
  if (!match) return { ok: false, reason: 'format' }
  const [, hour = match[3], minute = match[4]] = match
  const value = `${hour?.padStart(2, '0')}:${minute}`
  return isTime(value) ? { ok: true, value } : { ok: false, reason: 'no-such-time' }
}

/** `09:00` for English, `09.00 น.` for Thai. */
export function formatTime(time: string, locale: 'th' | 'en'): string {
  return locale === 'th' ? `${time.replace(':', '.')} น.` : time
}
