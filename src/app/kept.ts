import { effect, signal } from '@preact/signals'
import type { Api } from '#src/session/api.ts'
import type { Store } from '#src/store/store.ts'

/** What the server still has of a tablet whose storage the browser has erased. */
export interface Kept {
  readonly device: { readonly id: string; readonly name: string }
  /** Changes that the server has from it, and when the last of them came. */
  readonly changes: number
  readonly lastAt: number | null
  /** Changes that were saved after that and are gone. */
  readonly lost: number
}

/** Set once it is known that everything of this tablet was erased; null again once a person has read it. */
export const erased = signal<Kept | null>(null)

const readKey = 'bowon.erased'

/** Asks about a tablet on which nobody has ever signed in: it is new, or it was erased. Once somebody has, the server knows it by another name. */
export const askWhatWasErased = async (store: Store, api: Api): Promise<void> => {
  const before = localStorage.getItem(readKey)
  if (before) erased.value = JSON.parse(before) as Kept
  if (store.people.all.peek().length > 0 || store.lastN() > 0) return
  const answer = await api.get<Kept | { readonly device: null }>('/api/kept')
  if (!answer.ok || answer.value.device === null) return
  // somebody has signed in meanwhile: it is this tablet itself that the server knows
  if (answer.value.device.id === store.people.identity.peek().device) return
  erased.value = answer.value as Kept
  localStorage.setItem(readKey, JSON.stringify(answer.value))
}

export const noteErasedRead = (): void => {
  erased.value = null
  localStorage.removeItem(readKey)
}

const lasting = 400 * 24 * 3600
const soon = 1000

/**
 * Tells the server's own address, in a cookie, how many changes were saved here: what a browser erases with a page's storage is not that.
 * No page reads it, and only one address is sent it.
 */
export const mirrorSaved = (store: Store): (() => void) => {
  let told = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  return effect(() => {
    void store.counts.value.waiting
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (store.lastN() === told || store.people.identity.peek().people.length === 0) return
      told = store.lastN()
      // biome-ignore lint/suspicious/noDocumentCookie: cookieStore cannot be asked in time when a page is left, and Firefox lacks it
      document.cookie = `bowon-saved=${told}; Path=/api/kept; Max-Age=${lasting}; SameSite=Strict`
    }, soon)
  })
}
