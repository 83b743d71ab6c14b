import type { FieldSet } from '#domain/change.ts'
import { alteration } from '#domain/derive/alteration.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { attendanceId, type RecordId } from '#domain/kernel/id.ts'
import { attendance } from '#domain/records/attendance.ts'
import { person } from '#domain/records/person.ts'
import type { MarkPatch } from '#domain/training/marks.ts'
import type { RosterPerson } from '#domain/training/roster-import.ts'
import type { PlannedPerson } from '#domain/training/roster-plan.ts'
import type { Edit } from '#src/store/types.ts'
import type { AttendanceView, PersonView } from '../parts/types.ts'

type Plain = Readonly<Record<string, Json | undefined>>
export type RosterEdit = Omit<Edit, 'author'>

/** What of a row belongs to the person. */
const personOfRow = ({ line: _, ...row }: RosterPerson): Omit<RosterPerson, 'line'> => row

/**
 * What has to be written so that a person is known here as the list says. A known name stays: the list of a school is not better spelt
 * than what somebody has corrected; class, seat, number and nickname follow the list. Null when nothing is new.
 */
export const personEdit = (
  { id, row }: PlannedPerson,
  place: RecordId,
  known: PersonView | undefined,
): RosterEdit | null => {
  const said = personOfRow(row)
  if (!known) return { kind: person.kind, record: id, base: null, set: { place, ...said } }
  const { title, givenName, familyName, ...rest } = said
  const names = known.values.givenName ? {} : { ...(title && { title }), givenName, ...(familyName && { familyName }) }
  const set: FieldSet = {
    ...alteration(person, known.values as Plain, { ...known.values, ...rest, ...names } as Plain),
    ...(known.withdrawn && { withdrawn: null }),
  }
  return Object.keys(set).length > 0 ? { kind: person.kind, record: id, base: known.base, set } : null
}

/** What puts a person on the roster, at once checked in where `marks` are given. Null when they are on it already. */
export const attendanceEdit = (
  session: RecordId,
  who: RecordId,
  known: AttendanceView | undefined,
  marks?: MarkPatch,
): RosterEdit | null => {
  const record = attendanceId(session, who)
  const set: FieldSet = {
    ...(!known && { session, person: who }),
    ...(known?.withdrawn && { withdrawn: null }),
    ...(marks && { marks: marks as Json }),
  }
  if (Object.keys(set).length === 0) return null
  return { kind: attendance.kind, record, base: known?.base ?? null, set }
}

/** Everything that brings these people onto the roster, people first. */
export const rosterEdits = (
  people: readonly PlannedPerson[],
  at: { session: RecordId; place: RecordId },
  here: { people: ReadonlyMap<string, PersonView>; attendance: ReadonlyMap<string, AttendanceView> },
): RosterEdit[] => {
  const persons = people.map((one) => personEdit(one, at.place, here.people.get(one.id)))
  const rows = people.map(({ id }) => attendanceEdit(at.session, id, here.attendance.get(attendanceId(at.session, id))))
  return [...persons, ...rows].filter((edit) => edit !== null)
}
