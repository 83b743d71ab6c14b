import { useComputed } from '@preact/signals'
import { fromBase64Url } from '#domain/kernel/bytes.ts'
import { type RecordId, studentId } from '#domain/kernel/id.ts'
import { attendance } from '#domain/records/attendance.ts'
import { person } from '#domain/records/person.ts'
import { compareOnRoster } from '#domain/training/roster-order.ts'
import type { KnownPerson } from '#domain/training/roster-plan.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { AttendanceView, PersonView, SessionView } from '../parts/types.ts'

/** Everybody of the session's place, and the roster with those who were taken off it. */
export interface PlacePeople {
  readonly people: ReadonlyMap<string, PersonView>
  readonly attendance: ReadonlyMap<string, AttendanceView>
  /** People who may be chosen, in the order of the school's list. */
  readonly known: readonly PersonView[]
  /** Ids of the people on the roster. */
  readonly onRoster: ReadonlySet<string>
}

/** Withdrawn records too: who is added again comes back rather than standing there twice. Null until it was read. */
export const usePlacePeople = (session: SessionView): PlacePeople | null => {
  const place = session.values.place
  const people = useRecords(person, place ? { place, withdrawn: true } : { limit: 0 })
  const rows = useRecords(attendance, { parent: session.id, withdrawn: true })
  return useComputed((): PlacePeople | null => {
    if (!people.value || !rows.value) return null
    const standing = rows.value.filter(({ withdrawn }) => !withdrawn)
    return {
      people: new Map(people.value.map((one) => [one.id as string, one])),
      attendance: new Map(rows.value.map((one) => [one.id as string, one])),
      known: people.value.filter(({ withdrawn }) => !withdrawn).toSorted((a, b) => compareOnRoster(a.values, b.values)),
      onRoster: new Set(standing.flatMap(({ values }) => values.person ?? [])),
    }
  }).value
}

/** The id of a person by their number at this place, the same on every tablet of the province. */
export const useIdOfNumber = (place: RecordId): ((number: string) => RecordId) => {
  const { store } = useApp()
  const key = store.people.identity.value.province?.idKey
  const bytes = (key && fromBase64Url(key)) || new Uint8Array()
  return (number) => studentId(bytes, place, number)
}

export const knownPerson = ({ id, values }: PersonView): KnownPerson => ({
  id,
  givenName: values.givenName ?? '',
  ...(values.title && { title: values.title }),
  ...(values.familyName && { familyName: values.familyName }),
  ...(values.number && { number: values.number }),
})
