import { useEffect, useState } from 'preact/hooks'
import { dayOfInstant } from '#domain/kernel/day.ts'
import type { Values } from '#domain/record-kind.ts'
import type { activity } from '#domain/records/activity.ts'
import { nodeOfPlace, place } from '#domain/records/place.ts'
import type { staff } from '#domain/records/staff.ts'
import { usablePlaces } from '#src/capture/places.ts'
import { useApp } from '#src/session/context.ts'

type Answers = Values<typeof activity>

/** What a new activity begins with: today, oneself, and one's only place with its node. Undefined until it was read. */
export const useFirstAnswers = (): Answers | undefined => {
  const { store, session } = useApp()
  const [answers, setAnswers] = useState<Answers | undefined>(undefined)
  const person = session.person.value
  useEffect(() => {
    let wanted = true
    const read = async () => {
      const me = person && (await store.record<typeof staff>(person.id))
      const places = await store.records(place)
      const { mine, others } = person
        ? usablePlaces(places, person.standing, me?.values.places)
        : { mine: [], others: [] }
      const only = mine.length === 1 ? mine[0] : mine.length === 0 && others.length === 1 ? others[0] : undefined
      const node = nodeOfPlace(only?.values.type)
      if (!wanted) return
      setAnswers({
        heldOn: dayOfInstant(Date.now()),
        ...(only && { place: only.id }),
        ...(node && { node }),
        ...(me?.values.name && { facilitator: me.values.name }),
      })
    }
    void read()
    return () => {
      wanted = false
    }
  }, [person?.id])
  return answers
}
