import { type Day, instantOf } from '#domain/kernel/day.ts'

const MS_PER_MINUTE = 60_000

/** One tap, scan or signature: the person came in or went out. A struck mark was a mistake and counts nothing. */
export type Mark = {
  id: string
  kind: 'in' | 'out'
  /** Milliseconds since 1970. */
  at: number
  taker: string
  device: string
  struckBy?: string | null
}

/** A stretch of time, from its first to its last millisecond; the end is later than the start. */
export type Interval = readonly [start: number, end: number]

export type ModuleRun = {
  code: string
  plannedMinutes: number
  actualMinutes?: number | null
  /** `HH:MM` */
  startsAt?: string | null
}

export type SessionTimes = {
  heldOn: Day
  /** `HH:MM` */
  startsAt: string
  /** The trainer has ended the session: whoever has not left was there to the end. */
  closed: boolean
  modules: readonly ModuleRun[]
}

export type ModuleSlot = { code: string; start: number; end: number }

function standing(marks: readonly Mark[]): Mark[] {
  // At the same instant an out comes first: who is told both to have left and to be here, is here.
  return marks
    .filter((mark) => !mark.struckBy)
    .sort((a, b) => a.at - b.at || (a.kind === b.kind ? 0 : a.kind === 'out' ? -1 : 1))
}

/**
 * When the person was in the room: disjoint, sorted. An in while in and an out while out change nothing. Without
 * an out the person stays until `closesAt`; while the session is open (no `closesAt`) that time counts nothing yet.
 */
export function presentIntervals(
  marks: readonly Mark[],
  { closesAt }: { closesAt?: number | null | undefined },
): Interval[] {
  const stays: Interval[] = []
  let since: number | undefined
  const leave = (at: number) => {
    if (since !== undefined && at > since) {
      const last = stays.at(-1)
      if (last?.[1] === since) stays.splice(-1, 1, [last[0], at])
      else stays.push([since, at])
    }
    since = undefined
  }
  for (const mark of standing(marks)) {
    if (mark.kind === 'in') since ??= mark.at
    else leave(mark.at)
  }
  if (closesAt !== undefined && closesAt !== null) leave(closesAt)
  return stays
}

/** The first time the person came in, or undefined. */
export function arrivedAt(marks: readonly Mark[]): number | undefined {
  return standing(marks).find((mark) => mark.kind === 'in')?.at
}

/** Minutes that a module really ran; until that is recorded, the minutes planned. */
function deliveredMinutes(run: ModuleRun): number {
  return Math.max(0, run.actualMinutes ?? run.plannedMinutes)
}

/** When each module ran: at its own start, or else as soon as the one before it (or the session's start) allows. */
export function moduleSlots(session: SessionTimes): ModuleSlot[] {
  let next = instantOf(session.heldOn, session.startsAt)
  return session.modules.map((run) => {
    const start = run.startsAt ? instantOf(session.heldOn, run.startsAt) : next
    next = start + deliveredMinutes(run) * MS_PER_MINUTE
    return { code: run.code, start, end: next }
  })
}

/** Whole minutes of presence in each module of a session, never more than were delivered. */
export function moduleMinutes(session: SessionTimes, marks: readonly Mark[]): Record<string, number> {
  const slots = moduleSlots(session)
  const closesAt = session.closed ? Math.max(...slots.map((slot) => slot.end)) : undefined
  const stays = presentIntervals(marks, { closesAt })
  const minutes = new Map<string, number>()
  for (const { code, start, end } of slots) {
    const present = stays.reduce((sum, stay) => sum + Math.max(0, Math.min(end, stay[1]) - Math.max(start, stay[0])), 0)
    minutes.set(code, Math.max(minutes.get(code) ?? 0, Math.floor(present / MS_PER_MINUTE)))
  }
  return Object.fromEntries(minutes)
}
