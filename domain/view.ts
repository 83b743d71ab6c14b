import type { Json } from '#domain/kernel/bytes.ts'
import { equalJson } from '#domain/kernel/bytes.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { type Origin, policyOf, type RecordState, type Write } from './merge.ts'
import type { AnyRecordKind, Values } from './record-kind.ts'

/** One of several values that were written without knowing each other. */
export interface Sibling {
  readonly value: Json
  readonly write: Write
}

export interface Withdrawal {
  readonly reason: string
}

/** What a record shows: the winning value of each field, and what people still have to settle. */
export interface View<V = Readonly<Record<string, Json>>> {
  readonly id: RecordId
  readonly kind: string
  readonly seq: number
  readonly values: V
  /** By field, the value shown first. Only where the values differ. */
  readonly conflicts: Readonly<Record<string, readonly Sibling[]>>
  readonly withdrawn: Withdrawal | null
  readonly created: Origin | null
  /** The newest write that still counts. */
  readonly last: Write | null
}

/** The record as people see it. Fields cleared and keys taken out are absent. */
export const view = <K extends AnyRecordKind = AnyRecordKind>(record: RecordState): View<Values<K>> => {
  const values: Record<string, Json> = {}
  const siblings: Record<string, Sibling[]> = {}
  for (const write of record.writes) {
    for (const [field, value] of Object.entries(write.set)) {
      const policy = policyOf(record.kind, field)
      values[field] = policy === 'keyed-set' ? uniteEntries(values[field], value) : value
      // where the latest counts, an earlier one can only be left from a version that did not know the field
      if (policy !== 'ask') continue
      siblings[field] ??= []
      siblings[field].unshift({ value, write })
    }
  }
  for (const [field, value] of Object.entries(values)) {
    if (value === null) delete values[field]
    else if (policyOf(record.kind, field) === 'keyed-set') values[field] = presentEntries(value)
  }
  const withdrawn = values.withdrawn as unknown as Withdrawal | undefined
  delete values.withdrawn
  return {
    id: record.id,
    kind: record.kind,
    seq: record.seq,
    values: values as Values<K>,
    conflicts: Object.fromEntries(Object.entries(siblings).filter(([, all]) => differ(all))),
    withdrawn: withdrawn ?? null,
    created: record.created,
    last: record.writes.at(-1) ?? null,
  }
}

const differ = (all: readonly Sibling[]) => all.some((one) => !equalJson(one.value, all[0]!.value))

type Entries = Record<string, Record<string, Json>>

/** Writes come in the order of their stamps, so that a later part simply lies over an earlier one. */
const uniteEntries = (earlier: Json | undefined, later: Json): Json => {
  const all: Entries = { ...((earlier ?? {}) as Entries) }
  for (const [key, entry] of Object.entries((later ?? {}) as Entries)) all[key] = { ...all[key], ...entry }
  return all
}

/** Entries that are in a keyed set, with the parts that they have. */
export const presentEntries = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(value as Entries)
      .filter(([, entry]) => entry.on === true)
      .map(([key, entry]) => [key, Object.fromEntries(Object.entries(entry).filter(([, part]) => part !== null))]),
  )
