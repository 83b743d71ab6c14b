import type { Entry, KeyedSet } from '#domain/fields/keyed-set.ts'
import { arrivedAt, type Mark } from './attendance-time.ts'

type MarkParts = {
  kind: 'in' | 'out'
  at: number
  taker: string
  device: string
  struckBy: string
  correctedTo: number
  correctedBy: string
}
/** The field `marks` of an attendance record. */
export type MarkSet = KeyedSet<MarkParts>
/** What a change carries of it: only the keys and parts that it alters. */
export type MarkPatch = Record<string, Entry<MarkParts>>

/** The marks that are complete enough to count, at the time that was corrected last; another tablet's mark may be known in part only. */
export function marksOf(set: MarkSet | undefined): Mark[] {
  return Object.entries(set ?? {}).flatMap(([id, { kind, at, taker, device, struckBy, correctedTo }]) =>
    kind && at !== undefined && at !== null
      ? [{ id, kind, at: correctedTo ?? at, taker: taker ?? '', device: device ?? '', struckBy: struckBy ?? null }]
      : [],
  )
}

/** One coming or one going, as everybody who tapped it saw it: standing marks of one kind with none of the other between. */
export type MarkRun = { kind: 'in' | 'out'; at: number; marks: Mark[] }

/** A person's comings and goings in order. The time of a run is its first tap; a later one said the same again. */
export function runsOf(marks: readonly Mark[]): MarkRun[] {
  const runs: MarkRun[] = []
  // At one instant an out stands before an in, as in `presentIntervals`.
  const order = (mark: Mark) => (mark.kind === 'out' ? 0 : 1)
  const standing = marks.filter((mark) => !mark.struckBy)
  for (const mark of standing.sort((a, b) => a.at - b.at || order(a) - order(b) || (a.id < b.id ? -1 : 1))) {
    const last = runs.at(-1)
    if (last?.kind === mark.kind) last.marks.push(mark)
    else runs.push({ kind: mark.kind, at: mark.at, marks: [mark] })
  }
  return runs
}

export type Presence = {
  /** First coming in; absent while the person has not come. */
  arrived?: number
  /** When the person went, if they have not come back. */
  left?: number
  /** Everybody who has tapped the person and was not undone. */
  taps: { taker: string; device: string }[]
}

/** Where a person stands by their marks. */
export function presenceOf(marks: readonly Mark[]): Presence {
  const arrived = arrivedAt(marks)
  const last = runsOf(marks).at(-1)
  const taps = marks.filter((mark) => !mark.struckBy).map(({ taker, device }) => ({ taker, device }))
  if (arrived === undefined) return { taps }
  return { arrived, ...(last?.kind === 'out' && { left: last.at }), taps }
}

/** A new tap. `id` is random and short; it is the key under which tablets merge. */
export const tapPatch = ({ id, kind, at, taker, device }: Omit<Mark, 'struckBy'>): MarkPatch => ({
  [id]: { on: true, kind, at, taker, device },
})

/** Undo: the taps stay, struck, with who struck them. */
export const strikePatch = (marks: readonly Mark[], by: string): MarkPatch =>
  Object.fromEntries(marks.map(({ id }) => [id, { struckBy: by }]))

/**
 * Another time for a coming or going, beside the one that was taken, with who says so. Every tap of the run takes it, so that no second tap that
 * said the same keeps the old time; two tablets that both correct it meet in the later correction, because a mark merges part by part.
 */
export const correctPatch = (run: MarkRun, at: number, by: string): MarkPatch =>
  Object.fromEntries(run.marks.map(({ id }) => [id, { correctedTo: at, correctedBy: by }]))

/** The times between which a run may be moved without passing its neighbours. */
export function roomOf(runs: readonly MarkRun[], run: MarkRun): { after?: number; before?: number } {
  const at = runs.indexOf(run)
  const [previous, next] = [runs[at - 1], runs[at + 1]]
  return {
    ...(previous && { after: Math.max(...previous.marks.map((mark) => mark.at)) }),
    ...(next && { before: next.at }),
  }
}
