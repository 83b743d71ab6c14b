import { type Day, dayOfInstant, timeOfInstant } from '#domain/kernel/day.ts'
import type { Values } from '#domain/record-kind.ts'
import type { trainingSession } from '#domain/records/training-session.ts'
import { arrivedAt, type Mark, type ModuleRun, moduleMinutes, type SessionTimes } from './attendance-time.ts'
import type { AttendedSession } from './completion.ts'

type Session = Values<typeof trainingSession>

/** The modules of a session in their order. */
export function moduleRuns(session: Session): ModuleRun[] {
  return Object.entries(session.modules ?? {})
    .sort(([a, one], [b, other]) => (one.order ?? 99) - (other.order ?? 99) || (a < b ? -1 : 1))
    .map(([code, { planned, actual }]) => ({ code, plannedMinutes: planned ?? 0, actualMinutes: actual ?? null }))
}

/** The times of a session; one without a written start begins when the first person came. Null while neither is known. */
export function sessionTimesOf(session: Session, firstCheckIn: number | undefined): SessionTimes | null {
  const { heldOn } = session
  const startsAt = session.startsAt ?? startOf(heldOn, firstCheckIn)
  if (!heldOn || !startsAt) return null
  return { heldOn: heldOn as Day, startsAt, closed: session.state === 'closed', modules: moduleRuns(session) }
}

const startOf = (heldOn: string | undefined, firstCheckIn: number | undefined) =>
  firstCheckIn !== undefined && dayOfInstant(firstCheckIn) === heldOn ? timeOfInstant(firstCheckIn) : undefined

/** By person, the minutes of each module that they attended in one session. */
export function attendedIn(
  session: { id: string; values: Session },
  roster: readonly { person: string; marks: readonly Mark[] }[],
): Map<string, AttendedSession> {
  const arrivals = roster.flatMap(({ marks }) => arrivedAt(marks) ?? [])
  const times = sessionTimesOf(session.values, arrivals.length > 0 ? Math.min(...arrivals) : undefined)
  if (!times) return new Map()
  return new Map(
    roster.map(({ person, marks }) => [person, { session: session.id, minutes: moduleMinutes(times, marks) }]),
  )
}
