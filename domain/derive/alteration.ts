import type { FieldSet } from '#domain/change.ts'
import { unite } from '#domain/field-set.ts'
import { equalJson, type Json } from '#domain/kernel/bytes.ts'
import { type AnyRecordKind, fieldOf } from '#domain/record-kind.ts'
import { presentEntries } from '#domain/view.ts'

type FieldValues = Readonly<Record<string, Json | undefined>>
type Entries = Readonly<Record<string, Readonly<Record<string, Json>>>>

/**
 * What a person altered between two states of a form: only fields that differ, null for those cleared, and of a keyed set only the keys and
 * parts that differ. An empty text is a cleared field.
 */
export const alteration = (kind: AnyRecordKind, before: FieldValues, after: FieldValues): FieldSet => {
  const set: Record<string, Json> = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (fieldOf(kind, name)?.merge === 'keyed-set') {
      const entries = alteredEntries((before[name] ?? {}) as Entries, (after[name] ?? {}) as Entries)
      if (Object.keys(entries).length > 0) set[name] = entries
      continue
    }
    const [was, is] = [blankAsNull(before[name]), blankAsNull(after[name])]
    if (!equalJson(was, is)) set[name] = is
  }
  return set
}

/** The answers once a set of fields was saved over them: what `alteration` takes apart, put together. */
export const withSaved = (kind: AnyRecordKind, before: FieldValues, set: FieldSet): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(unite(before as FieldSet, set))
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, fieldOf(kind, name)?.merge === 'keyed-set' ? presentEntries(value) : value]),
  )

const blankAsNull = (value: Json | undefined): Json => (value === undefined || value === '' ? null : value)

const alteredEntries = (before: Entries, after: Entries): Record<string, Json> => {
  const altered: Record<string, Json> = {}
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) altered[key] = { on: false }
  for (const [key, entry] of Object.entries(after)) {
    const was = before[key]
    const parts = alteredParts(was ?? {}, entry)
    if (!was) altered[key] = { ...parts, on: true }
    else if (Object.keys(parts).length > 0) altered[key] = parts
  }
  return altered
}

const alteredParts = (
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
): Record<string, Json> => {
  const parts: Record<string, Json> = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [blankAsNull(before[name]), blankAsNull(after[name])]
    if (!equalJson(was, is)) parts[name] = is
  }
  return parts
}
