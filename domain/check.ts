import type { Json } from '#domain/kernel/bytes.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { Change, FieldSet } from './change.ts'
import { type AnyRecordKind, fieldOf } from './record-kind.ts'

/**
 * Whether the fields of a change are what their kind declares; null when they are. Fields that this version does not know pass.
 * `creates` is true when it begins a record, which then needs its required fields.
 */
export const checkFields = (kind: AnyRecordKind, set: FieldSet, creates: boolean): Failure | null => {
  for (const [name, value] of Object.entries(set)) {
    if (name === 'withdrawn') {
      if (!isWithdrawal(value)) return failure('invalid-value', { field: name })
      continue
    }
    const field = fieldOf(kind, name)
    if (!field) continue
    if (value === null && field.merge !== 'keyed-set') {
      if (kind.required.includes(name)) return failure('missing-field', { field: name })
      continue
    }
    if (!field.schema.safeParse(value).success) return failure('invalid-value', { field: name })
  }
  const missing = creates ? kind.required.find((name) => isBlank(set[name as string])) : undefined
  return missing === undefined ? null : failure('missing-field', { field: missing as string })
}

/** The fields of a change in the words of the kind's present version. */
export const lifted = (kind: AnyRecordKind, change: Pick<Change, 'v' | 'set'>): FieldSet =>
  change.v < kind.version && kind.lift ? kind.lift(change.set, change.v) : change.set

/** Names of the rules that do not hold: they warn, they never refuse. */
export const brokenRules = (kind: AnyRecordKind, values: Readonly<Record<string, Json>>) =>
  kind.rules.filter((rule) => !rule.holds(values)).map(({ name, blames }) => ({ name, blames: blames as string }))

const isBlank = (value: Json | undefined) => value === undefined || value === null || value === ''

const isWithdrawal = (value: Json): boolean =>
  value === null ||
  (typeof value === 'object' &&
    !Array.isArray(value) &&
    typeof (value as { reason?: Json }).reason === 'string' &&
    (value as { reason: string }).reason.length <= 1000)
