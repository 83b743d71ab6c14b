import { signal } from '@preact/signals'

export type Locale = 'th' | 'en'

const current = signal<Locale>('th')
const loaders: (() => Promise<void>)[] = []

/** The language of the screen. Reading it in a component redraws that component when it changes. */
export const locale = (): Locale => current.value

/** Tells the switch how to fetch one more area; fetches it at once when the screen is already English. */
export function onEnglish(load: () => Promise<void>): void {
  loaders.push(load)
  // A failed download leaves that area in Thai, which is complete; the next switch tries again.
  if (current.peek() === 'en') load().catch(() => undefined)
}

/** Changes the language once its words are here; rejects, and stays as it is, when they cannot be fetched. */
export async function setLocale(next: Locale): Promise<void> {
  if (next === 'en') await Promise.all(loaders.map((load) => load()))
  current.value = next
  document.documentElement.lang = next
}
