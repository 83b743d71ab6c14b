import { defineArea } from './area.ts'
import th from './th/common.ts'

export { clockText, dayText, listOf, momentText, monthText, n, timeText, yearText } from './format.ts'
export { locale, setLocale } from './locale.ts'

/** The words that every screen shares. */
export const t = defineArea({ th, en: () => import('./en/common.ts') })
