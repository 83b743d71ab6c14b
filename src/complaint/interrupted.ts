import { signal } from '@preact/signals'
import { type InterruptedIntake, isIntakeDraft, isOverdue } from '#domain/complaint/interrupted.ts'
import { dayOfInstant } from '#domain/kernel/day.ts'
import type { Store } from '#src/store/store.ts'

/**
 * Intakes on this tablet that were begun and not sent, the newest first. Those that were sent, and those nobody decided upon within seven
 * days, are destroyed here: call it at every start (docs/security.md).
 */
export const findInterrupted = async (
  store: Pick<Store, 'draft' | 'draftKeys' | 'savedAs'>,
  now: number,
): Promise<readonly InterruptedIntake[]> => {
  const today = dayOfInstant(now)
  const keys = (await store.draftKeys()).filter(isIntakeDraft)
  const found = await Promise.all(
    keys.map(async (key) => {
      const draft = store.draft<InterruptedIntake>(key)
      const intake = await draft.load()
      if (intake === null) return null
      // a tab may have died after it was sent, and before its snapshot went
      const last = intake.parts.at(-1)
      const isSent = last !== undefined && (await store.savedAs(last.key).catch(() => null)) !== null
      if (!isSent && !isOverdue(intake, today)) return intake
      await draft.discard()
      return null
    }),
  )
  return found.filter((one) => one !== null).sort((a, b) => (a.startedOn < b.startedOn ? 1 : -1))
}

/** What the way in shows; undefined until the tablet was asked. */
export const interrupted = signal<readonly InterruptedIntake[] | undefined>(undefined)

export const refreshInterrupted = async (store: Store): Promise<void> => {
  interrupted.value = await findInterrupted(store, Date.now())
}
