import { signal } from '@preact/signals'
import type { Dictionary, Plural, Same, Translate } from './dictionary.ts'
import { locale, onEnglish } from './locale.ts'

type Found = string | Plural | Readonly<Record<string, unknown>> | undefined

function find(words: unknown, key: string): string | Plural | undefined {
  let at: Found = words as Found
  for (const part of key.split('.'))
    at =
      typeof at === 'object' && Object.hasOwn(at, part) ? ((at as Record<string, unknown>)[part] as Found) : undefined
  return at as string | Plural | undefined
}

const plural = new Intl.PluralRules('en')

/**
 * The words of one area. Thai comes with the code that uses it; English is fetched when somebody asks for English, so
 * that a Thai reader never downloads it. Gives the `t` of that area: `t('errors.required')`, `t('waiting', { n: 3 })`.
 */
export function defineArea<const T extends Dictionary>(source: {
  th: T
  en: () => Promise<{ default: Same<T> }>
}): Translate<T> {
  const english = signal<Same<T> | undefined>(undefined)
  onEnglish(async () => {
    english.value ??= (await source.en()).default
  })
  return (key, ...[params]) => {
    const message = find(locale() === 'en' ? (english.value ?? source.th) : source.th, key)
    const filled: Record<string, string | number> = params ?? {}
    const rule = () => plural.select(Number(filled.n))
    const text = typeof message === 'object' ? message[rule() === 'one' ? 'one' : 'other'] : (message ?? key)
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = filled[name]
      return typeof value === 'number' ? value.toLocaleString('en') : (value ?? hole)
    })
  }
}
