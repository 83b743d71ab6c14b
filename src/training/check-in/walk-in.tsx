import { attendanceId, type RecordId } from '#domain/kernel/id.ts'
import { marksOf, presenceOf, tapPatch } from '#domain/training/marks.ts'
import type { PlannedPerson } from '#domain/training/roster-plan.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { Sheet } from '#src/ui/modal.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { newMarkId } from '../parts/random-id.ts'
import type { SessionView } from '../parts/types.ts'
import { useAuthor } from '../parts/use-author.ts'
import { attendanceEdit, personEdit } from '../roster/roster-edits.ts'
import { PersonForm } from '../roster/type-person.tsx'
import { type PlacePeople, usePlacePeople } from '../roster/use-place-people.ts'
import { w } from '../words.ts'
import { tapTime } from './tap-time.ts'

/** Somebody who came unannounced: a name, and they are on the roster and in. `name` is what was searched for; null keeps it closed. */
export const WalkIn = (props: { session: SessionView; name: string | null; onClose: () => void }) => (
  <Sheet open={props.name !== null} onClose={props.onClose} title={w('checkIn.walkIn')}>
    {props.name !== null && <Form {...props} name={props.name} />}
  </Sheet>
)

const Form = ({ session, name, onClose }: { session: SessionView; name: string; onClose: () => void }) => {
  const { store } = useApp()
  const author = useAuthor()
  const here = usePlacePeople(session)
  if (!session.values.place) return <Notice tone="wait">{w('roster.noPlace')}</Notice>
  if (!here) return null
  const place = session.values.place

  const checkIn = async (planned: PlannedPerson): Promise<boolean> => {
    const person = personEdit(planned, place, here.people.get(planned.id))
    const attendance = attendanceEdit(
      session.id,
      planned.id,
      knownRow(here, session, planned.id),
      inNow(here, planned.id),
    )
    const edits = [person, attendance].filter((edit) => edit !== null)
    const saved = await store.saveAll(edits.map((edit) => ({ ...edit, author: author() })))
    if (saved.ok) {
      toast(w('checkIn.added'))
      onClose()
    } else toast(failureText(saved.failure.failure))
    return saved.ok
  }

  /** A coming of now, unless they are in already: two tablets may be told of the same person. */
  const inNow = (known: PlacePeople, person: RecordId) => {
    const marks = marksOf(knownRow(known, session, person)?.values.marks)
    const { arrived, left } = presenceOf(marks)
    if (arrived !== undefined && left === undefined) return undefined
    const { device } = store.people.identity.peek()
    return tapPatch({
      id: newMarkId(),
      kind: 'in',
      at: tapTime(session.values, 'in', Date.now()),
      taker: author(),
      device,
    })
  }

  return <PersonForm session={session} here={here} submit={w('checkIn.walkInAdd')} name={name} onAdd={checkIn} />
}

const knownRow = (here: PlacePeople, session: SessionView, person: RecordId) =>
  here.attendance.get(attendanceId(session.id, person))
