import { batch, signal } from '@preact/signals'
import { whenLeaving } from '#src/session/leave-at-once.ts'
import type { OpenedPart } from './open-parts.ts'

/** A member's private key while it is unlocked. In memory only: closing the tab locks it. */
export interface Unlocked {
  readonly staff: string
  readonly identity: string
}

const idleMs = 10 * 60_000
const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

export const unlocked = signal<Unlocked | null>(null)
/** What has been opened since, by complaint. It goes when the key goes. */
export const opened = signal<ReadonlyMap<string, readonly OpenedPart[]>>(new Map())

let timer: ReturnType<typeof setTimeout> | undefined

const stillHere = () => {
  clearTimeout(timer)
  timer = setTimeout(lock, idleMs)
}

export const unlockWith = (member: Unlocked): void => {
  lock()
  unlocked.value = member
  for (const sign of signs) addEventListener(sign, stillHere, { passive: true })
  stillHere()
}

/** Forgets the key and everything that it has opened. */
export const lock = (): void => {
  clearTimeout(timer)
  for (const sign of signs) removeEventListener(sign, stillHere)
  batch(() => {
    unlocked.value = null
    opened.value = new Map()
  })
}

whenLeaving(lock)

export const noteOpened = (record: string, parts: readonly OpenedPart[]): void => {
  opened.value = new Map([...opened.peek(), [record, parts]])
}
