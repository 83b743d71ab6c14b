import { effect, signal } from '@preact/signals'
import { dirtyForms } from '#src/capture/dirty.ts'
import type { Intake } from './intake.ts'

/** The sitting that is under way in this tab. It is nowhere else: closing the tab leaves only the sealed snapshot. */
export const current = signal<Intake | null>(null)
effect(() => (current.value ? dirtyForms.add('complaint') : dirtyForms.delete('complaint')))

/** Seals what was told so far and forgets it. */
export const putAside = async (): Promise<void> => {
  const intake = current.peek()
  current.value = null
  await intake?.leave()
}
