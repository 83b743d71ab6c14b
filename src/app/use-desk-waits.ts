import { dayOfInstant } from '#domain/kernel/day.ts'
import { complaintCase } from '#domain/records/case.ts'
import { complaint } from '#domain/records/complaint.ts'
import { type DeskWaits, deskWaits } from '#src/desk/clear-facts.ts'
import { useApp } from '#src/session/context.ts'
import { mayOpen } from './places.ts'
import { useMinute } from './use-minute.ts'

/** What waits for the desk, followed as it comes and as days pass; null for who is not of it, and until it was read once. */
export const useDeskWaits = (): DeskWaits | null => {
  const { store, session } = useApp()
  const today = dayOfInstant(useMinute())
  if (!mayOpen('/desk', session.person.value?.standing)) return null
  const complaints = store.live(complaint, {}).value
  const cases = store.live(complaintCase, {}).value
  return complaints && cases && deskWaits(complaints, cases, today)
}
