import type { Change, FieldSet } from '#domain/change.ts'
import { equalJson, type Json } from '#domain/kernel/bytes.ts'
import { derivedId } from '#domain/kernel/id.ts'
import { own } from '#domain/kernel/own.ts'
import type { RecordState } from '#domain/merge.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { view } from '#domain/view.ts'
import type { Permission, WriteOnce, WriteRules } from './permission.ts'

type Entries = { readonly [key: string]: { readonly [part: string]: Json } }

/**
 * Every permission that a line needs: of the record as it is (`before`, null where it is new) and the fields it sets. A later right of the
 * same kind never makes up for one that is missing.
 */
export const requiredPermissions = (
  kind: AnyRecordKind,
  set: FieldSet,
  before: RecordState | null,
): readonly Permission[] => {
  const rules: WriteRules = kind.write
  const needed = new Set<Permission>()
  if (!before) needed.add(rules.begin)
  for (const [field, value] of Object.entries(set)) {
    const once = own(rules.once, field)
    const parts = once && before ? partsOf(once, entriesOf(before, field), value) : null
    if (parts?.rewritten) needed.add(once!.rewrite)
    if (parts?.rewritten && !parts.added) continue
    if (field === 'withdrawn') needed.add(rules.withdraw)
    else if (own(rules.fields, field)) needed.add(own(rules.fields, field)!)
    else if (before) needed.add(rules.alter)
  }
  // nothing at all is still a line in somebody's name
  if (needed.size === 0) needed.add(rules.alter)
  return [...needed]
}

/** Whether a value alters entries of a keyed set that are there already, in parts that are not open; and whether it says anything else. */
const partsOf = ({ open }: WriteOnce, there: Entries, value: Json) => {
  let [rewritten, added] = [false, false]
  for (const [key, entry] of Object.entries((value ?? {}) as Entries)) {
    const known = own(there, key)
    for (const [part, next] of Object.entries(entry)) {
      if (!known || open.includes(part)) added = true
      else if (!equalJson(own(known, part) ?? null, next)) rewritten = true
    }
  }
  return { rewritten, added }
}

/** The entries of a keyed set with those that were taken out, unlike `view`. */
const entriesOf = (record: RecordState, field: string): Entries => {
  const all: Record<string, Record<string, Json>> = {}
  for (const { set } of record.writes) {
    for (const [key, entry] of Object.entries((own(set, field) ?? {}) as Entries))
      all[key] = { ...own(all, key), ...entry }
  }
  return all
}

/** A field of a line that names somebody else than its author or its tablet; null when none does. */
export const misattributed = (
  { attributed = {} }: Pick<WriteRules, 'attributed'>,
  { author, set }: Pick<Change, 'author' | 'set'>,
  isOwnDevice: (device: string) => boolean,
): string | null => {
  const isTrue = (says: 'author' | 'device', value: Json | undefined) =>
    value === undefined || value === null || (says === 'author' ? value === author : isOwnDevice(String(value)))
  for (const [path, says] of Object.entries(attributed)) {
    const [field, part] = path.split('.') as [string, string?]
    const value = own(set, field)
    const values =
      part === undefined ? [value] : Object.values((value ?? {}) as Entries).map((entry) => own(entry, part))
    if (!values.every((one) => isTrue(says, one))) return field
  }
  return null
}

/** Whether the record still bears the id that its fields give it, once `set` is written; true for kinds whose ids are random. */
export const hasDerivedId = ({ derived }: Pick<WriteRules, 'derived'>, set: FieldSet, record: RecordState): boolean => {
  if (!derived?.from.some((field) => Object.hasOwn(set, field))) return true
  const { values } = view(record)
  const parts = derived.from.map((field) => values[field])
  return (
    parts.every((part) => typeof part === 'string') && derivedId(derived.purpose, ...(parts as string[])) === record.id
  )
}

/** The record's own word for whom it was put to; what was put to nobody is nobody's to answer until it is. */
export const isAddressee = (
  { addressee }: Permission,
  record: RecordState,
  { author, isOwnDevice }: { readonly author: string; readonly isOwnDevice: (device: string) => boolean },
): boolean => {
  if (!addressee) return true
  const { values } = view(record)
  const [person, device] = [values[addressee.person], values[addressee.device]]
  return person === author || (typeof device === 'string' && isOwnDevice(device))
}
