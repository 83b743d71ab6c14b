import { useMemo } from 'preact/hooks'
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
  const isOfDesk = mayOpen('/desk', session.person.value?.standing)
  const complaints = isOfDesk ? store.live(complaint, {}).value : null
  const cases = isOfDesk ? store.live(complaintCase, {}).value : null
  return useMemo(() => complaints && cases && deskWaits(complaints, cases, today), [complaints, cases, today])
}
