import { signal } from '@preact/signals'
import { type Locale, setLocale } from '#src/i18n/locale.ts'

export type Theme = 'auto' | 'light' | 'dark'

const keep = (key: string, value: string) => {
  try {
    localStorage.setItem(`bowon.${key}`, value)
  } catch {
    // a choice of looks that is not remembered is asked again, no more
  }
}
const kept = (key: string): string | null => {
  try {
    return localStorage.getItem(`bowon.${key}`)
  } catch {
    return null
  }
}

export const theme = signal<Theme>('auto')

export const chooseTheme = (next: Theme): void => {
  theme.value = next
  if (next === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
  keep('theme', next)
}

export const chooseLocale = async (next: Locale): Promise<void> => {
  await setLocale(next)
  keep('locale', next)
}

/** Before anything is drawn: the looks and the language chosen last time. */
export const recallLooks = async (): Promise<void> => {
  const looks = kept('theme')
  if (looks === 'light' || looks === 'dark') chooseTheme(looks)
  if (kept('locale') === 'en') await setLocale('en').catch(() => undefined)
}
