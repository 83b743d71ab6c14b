import { type ReadonlySignal, signal, useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { RecordId } from '#domain/kernel/id.ts'
import { attendance } from '#domain/records/attendance.ts'
import { person } from '#domain/records/person.ts'
import { compareOnRoster } from '#domain/training/roster-order.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import type { AttendanceView, PersonView, SessionView } from './types.ts'

export interface RosterEntry {
  readonly attendance: AttendanceView
  /** Null when the person has not reached this tablet. */
  readonly person: PersonView | null
}

/** The roster of a session in the order of the school's list; null until it was read. People known at another place are fetched one by one. */
export const useRoster = (session: SessionView): ReadonlySignal<readonly RosterEntry[] | null> => {
  const { store } = useApp()
  const rows = useRecords(attendance, { parent: session.id })
  const here = useRecords(person, session.values.place ? { place: session.values.place } : { limit: 0 })
  const others = useMemo(() => signal<ReadonlyMap<string, PersonView | null>>(new Map()), [session.id])
  const known = useComputed(() => (here.value ? new Map(here.value.map((one) => [one.id as string, one])) : null))
  const missing = useComputed(() => {
    const known_ = known.value
    if (!known_) return ''
    const ids = (rows.value ?? []).flatMap(({ values }) => values.person ?? [])
    return ids.filter((id) => !known_.has(id)).join(' ')
  }).value

  useEffect(() => {
    const wanted = missing.split(' ').filter((id) => id && !others.peek().get(id))
    let gone = false
    if (wanted.length > 0)
      void Promise.all(wanted.map(async (id) => [id, await store.record<typeof person>(id as RecordId)] as const)).then(
        (found) => {
          if (!gone) others.value = new Map([...others.peek(), ...found])
        },
      )
    return () => {
      gone = true
    }
  }, [missing])

  // Thai order is dear: it is worked out when people change, not with every tap.
  const inOrder = useComputed(() => {
    if (!known.value) return null
    const people = [...known.value.values(), ...[...others.value.values()].filter((one) => one !== null)]
    people.sort((a, b) => compareOnRoster(a.values, b.values))
    return new Map(people.map((one, at) => [one.id as string, { one, at }]))
  })

  return useComputed(() => {
    const people = inOrder.value
    if (!rows.value || !people) return null
    const placeOf = ({ values }: AttendanceView) => people.get(values.person ?? '')?.at ?? people.size
    return rows.value
      .toSorted((a, b) => placeOf(a) - placeOf(b))
      .map((one): RosterEntry => ({ attendance: one, person: people.get(one.values.person ?? '')?.one ?? null }))
  })
}
