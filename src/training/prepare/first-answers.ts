import { useMemo } from 'preact/hooks'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { hasRole } from '#domain/roles.ts'
import { usablePlaces } from '#src/capture/places.ts'
import { useApp } from '#src/session/context.ts'
import type { SessionValues } from '../parts/types.ts'

/** A new session begins with today, with my only place, and with me if I am a trainer. Null until that is known. */
export const useFirstAnswers = (): SessionValues | null => {
  const { names, session } = useApp()
  const person = session.person.value
  const staff = names.staff.value
  const places = names.places.value
  const known = person !== null && staff.some(({ id }) => id === person.id)
  return useMemo(() => {
    if (!known || !person) return null
    const own = staff.find(({ id }) => id === person.id)?.values.places
    const { mine } = usablePlaces(places, person.standing, own)
    return {
      heldOn: dayOfInstant(Date.now()),
      state: 'open',
      ...(mine.length === 1 && { place: mine[0]!.id }),
      ...(hasRole(person.standing, 'trainer') && { trainers: { [person.id]: { on: true } } }),
    } satisfies SessionValues
    // The first answers are those of the moment at which the form opened.
  }, [known])
}
