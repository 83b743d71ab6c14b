import { effect, signal } from '@preact/signals'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { complaintCase } from '#domain/records/case.ts'
import { complaint } from '#domain/records/complaint.ts'
import { deskWaits } from '#src/desk/clear-facts.ts'
import type { Session } from '#src/session/session.ts'
import type { Store } from '#src/store/store.ts'
import { waitsForDesk } from './desk-waits.ts'
import { mayOpen } from './places.ts'

const lookEvery = 60_000

/** Follows what waits for the desk, as it comes and as days pass, while somebody of it works here. */
export const followDesk = (store: Pick<Store, 'live'>, session: Pick<Session, 'person' | 'locked'>): void => {
  const today = signal(dayOfInstant(Date.now()))
  const look = () => {
    today.value = dayOfInstant(Date.now())
  }
  setInterval(look, lookEvery)
  document.addEventListener('visibilitychange', look)
  effect(() => {
    const isHere = mayOpen('/desk', session.person.value?.standing) && !session.locked.value
    const complaints = isHere ? store.live(complaint, {}).value : null
    const cases = isHere ? store.live(complaintCase, {}).value : null
    waitsForDesk.value = complaints && cases && deskWaits(complaints, cases, today.value)
  })
}
