import type { RecordId } from '#domain/kernel/id.ts'
import { attendanceId } from '#domain/kernel/id.ts'
import type { PlannedPerson } from '#domain/training/roster-plan.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { toast } from '#src/ui/toast.tsx'
import type { SessionView } from '../parts/types.ts'
import { useAuthor } from '../parts/use-author.ts'
import { w } from '../words.ts'
import { attendanceEdit, type RosterEdit, rosterEdits } from './roster-edits.ts'
import type { PlacePeople } from './use-place-people.ts'

/** Puts people on the roster and takes them off; both in one flush, and both can be undone. */
export const useRosterChange = (session: SessionView) => {
  const { store } = useApp()
  const author = useAuthor()

  const write = async (edits: readonly RosterEdit[]): Promise<boolean> => {
    if (edits.length === 0) return true
    const saved = await store.saveAll(edits.map((edit) => ({ ...edit, author: author() })))
    if (!saved.ok) toast(failureText(saved.failure.failure))
    return saved.ok
  }

  /** A change of `withdrawn`, based on what lies here now. */
  const mark = async (ids: readonly RecordId[], reason: string | null): Promise<boolean> => {
    const views = await Promise.all(ids.map((id) => store.record(id)))
    return write(
      views.flatMap((view) =>
        view
          ? [
              {
                kind: view.kind,
                record: view.id,
                base: view.base,
                set: { withdrawn: reason === null ? null : { reason } },
              },
            ]
          : [],
      ),
    )
  }

  return {
    /** Adds them. The undo takes off the roster who was not on it, and takes back the people it had made. */
    async add(people: readonly PlannedPerson[], here: PlacePeople): Promise<boolean> {
      const place = session.values.place
      if (!place) return false
      const edits = rosterEdits(people, { session: session.id, place }, here)
      const done = await write(edits)
      if (!done) return false
      const added = edits.filter(({ kind }) => kind === 'attendance').map(({ record }) => record)
      const made = edits.filter(({ kind, base }) => kind === 'person' && base === null).map(({ record }) => record)
      const already = people.length - added.length
      const said =
        added.length === 0
          ? w('roster.allAlready')
          : already > 0
            ? w('roster.addedSome', { n: added.length, already })
            : w('roster.added', { n: added.length })
      toast(said, added.length > 0 ? { undo: () => void takeBack([...added, ...made]) } : {})
      return true
    },
    /** Puts people who are known here on the roster. */
    async choose(people: readonly RecordId[], here: PlacePeople): Promise<boolean> {
      const edits = people.flatMap(
        (id) => attendanceEdit(session.id, id, here.attendance.get(attendanceId(session.id, id))) ?? [],
      )
      const done = await write(edits)
      const added = edits.map(({ record }) => record)
      if (done) toast(w('roster.added', { n: added.length }), { undo: () => void takeBack(added) })
      return done
    },
    async remove(row: RecordId, name: string): Promise<void> {
      if (await mark([row], w('roster.takenOff')))
        toast(w('roster.removed', { name }), { undo: () => void mark([row], null) })
    },
  }

  async function takeBack(records: readonly RecordId[]): Promise<void> {
    if (await mark(records, w('roster.undoReason'))) toast(w('undone'))
  }
}
