import { signal } from '@preact/signals'
import type { Intake } from './intake.ts'

/** The sitting that is under way in this tab. It is nowhere else: closing the tab leaves only the sealed snapshot. */
export const current = signal<Intake | null>(null)

/** Seals what was told so far and forgets it. */
export const putAside = async (): Promise<void> => {
  const intake = current.peek()
  current.value = null
  await intake?.leave()
}
