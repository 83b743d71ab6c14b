import { signal } from '@preact/signals'
import type { DeskWaits } from '#src/desk/clear-facts.ts'

/** What waits for the desk; null for who is not of it, while the screens are locked, and until it was read once. */
export const waitsForDesk = signal<DeskWaits | null>(null)
