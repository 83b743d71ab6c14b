import { equalJson, type Json } from '#domain/kernel/bytes.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { asItEntered } from './later-words.ts'
import { emptyRecord, isGreater, merge, type Write } from './merge.ts'
import { kindOf } from './records/index.ts'
import type { Decision } from './review.ts'
import { type View, view } from './view.ts'

type FieldValues = Readonly<Record<string, Json>>

/** What a record was after one change. */
export interface Version {
  readonly write: Write
  readonly values: FieldValues
}

/** A field whose value is not what it was. Absent is undefined. `by` is the newest write that set it since; null when none is known. */
interface FieldDifference {
  readonly field: string
  readonly before: Json | undefined
  readonly after: Json | undefined
  readonly by: Write | null
}

export interface Difference {
  readonly changed: readonly FieldDifference[]
  readonly same: readonly { readonly field: string; readonly value: Json }[]
}

/** The record after each of its changes, in the order of the log; changes that no server has numbered come last. */
export const versionsOf = (id: RecordId, kind: string, writes: readonly Write[]): readonly Version[] => {
  let state = emptyRecord(id, kind)
  return [...writes]
    .sort((a, b) => a.seq - b.seq || a.n - b.n)
    .map((write, at, all) => {
      state = merge(state, asItEntered(kind, write, all.slice(0, at)))
      return { write, values: view(state).values as FieldValues }
    })
}

/** The greatest number that a decision says a supervisor had before them; null when none ever decided. */
export const reviewedSeq = (decisions: readonly Decision[]): number | null =>
  decisions.reduce<number | null>((best, { withdrawn, values }) => {
    if (withdrawn || values.seen === undefined) return best
    return best === null ? values.seen : Math.max(best, values.seen)
  }, null)

/** Where a comparison begins: the version that was last reviewed, else the first one. */
export const startOf = (versions: readonly Version[], reviewed: number | null): Version | undefined =>
  (reviewed === null ? undefined : versions.findLast(({ write }) => write.seq <= reviewed)) ?? versions[0]

/**
 * What differs between a version and the values shown now, in the order in which the kind declares its fields. Fields that this program
 * does not know come last, by name.
 */
export const differenceSince = (
  kind: string,
  versions: readonly Version[],
  start: Version | undefined,
  now: FieldValues,
): Difference => {
  const later = start ? versions.slice(versions.indexOf(start) + 1) : []
  const was = start?.values ?? {}
  const changed: FieldDifference[] = []
  const same: { field: string; value: Json }[] = []
  for (const field of fieldsInOrder(kind, was, now)) {
    const [before, after] = [was[field], now[field]]
    if (before !== undefined && after !== undefined && equalJson(before, after)) same.push({ field, value: after })
    else {
      const by = later.findLast(({ write }) => Object.hasOwn(write.set, field))?.write ?? null
      changed.push({ field, before, after, by })
    }
  }
  return { changed, same }
}

/** What a tablet knows of a record's history without the server: only the writes that still count somewhere. */
export const survivingWrites = (record: View<unknown>): readonly Write[] => {
  const known = new Map<string, Write>()
  const all = [...Object.values(record.conflicts).flatMap((each) => each.map(({ write }) => write)), record.last]
  for (const write of all) if (write) known.set(`${write.device} ${write.n}`, write)
  return [...known.values()].sort((a, b) => (isGreater(a, b) ? 1 : -1))
}

const fieldsInOrder = (kind: string, ...values: readonly FieldValues[]): readonly string[] => {
  const present = new Set(values.flatMap((one) => Object.keys(one)))
  const declared = Object.keys(kindOf(kind)?.fields ?? {})
  const unknown = [...present].filter((field) => !declared.includes(field)).sort()
  return [...declared.filter((field) => present.has(field)), ...unknown]
}
