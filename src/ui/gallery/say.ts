import { locale } from '#src/i18n/index.ts'

/** Sample text in the language of the gallery. */
export const say = (th: string, en: string): string => (locale() === 'th' ? th : en)
