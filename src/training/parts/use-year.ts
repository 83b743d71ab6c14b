import { type ReadonlySignal, signal, useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { attendance } from '#domain/records/attendance.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { type YearKind, yearSpan } from '#domain/training/year-span.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { type SessionAttendance, sessionAttendance } from './year-attendance.ts'

/** Schools count by the school year, everybody else by the fiscal year. */
export const yearKindOf = (placeType: string | undefined): YearKind => (placeType === 'school' ? 'school' : 'fiscal')

/**
 * Attendance of every session of that year on this tablet, read one session after the other so that the screen stays alive. Null until all
 * of it was read.
 */
export const useYear = (
  kind: YearKind,
  day: Day = dayOfInstant(Date.now()),
): ReadonlySignal<readonly SessionAttendance[] | null> => {
  const { store } = useApp()
  const { from, to } = yearSpan(kind, day)
  const sessions = useRecords(trainingSession, { from, to })
  const read = useMemo(() => signal<readonly SessionAttendance[] | null>(null), [from])
  // A session that was altered elsewhere is a new list; its attendance is then read again.
  const list = useComputed(() => sessions.value).value
  useEffect(() => {
    let gone = false
    const run = async () => {
      const all: SessionAttendance[] = []
      for (const session of list ?? []) {
        if (gone) return
        all.push(sessionAttendance(session, await store.records(attendance, { parent: session.id })))
      }
      if (!gone && list) read.value = all
    }
    void run()
    return () => {
      gone = true
    }
  }, [list, read])
  return read
}
