import { effect, signal } from '@preact/signals'
import { dirtyForms } from '#src/capture/dirty.ts'
import { whenLeaving } from '#src/session/leave-at-once.ts'
import type { Intake } from './intake.ts'
import { telling } from './routes.ts'

/** The sitting that is under way in this tab. It is nowhere else: closing the tab leaves only the sealed snapshot. */
export const current = signal<Intake | null>(null)
effect(() => {
  telling.value = current.value !== null
  if (telling.value) dirtyForms.add('complaint')
  else dirtyForms.delete('complaint')
})

let sealing: Promise<unknown> = Promise.resolve()

/** Seals what was told so far and forgets it. Whoever comes while it is being sealed waits for that too. */
export const putAside = async (): Promise<void> => {
  const intake = current.peek()
  if (!intake) return void (await sealing)
  // begun before the screen is told, which then comes here again
  const left = intake.leave()
  sealing = left.catch(() => undefined)
  current.value = null
  await left
}

whenLeaving(putAside)
