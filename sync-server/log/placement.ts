import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { RecordState } from '#domain/merge.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { type ScopeKey, scopeOf } from '#domain/scope.ts'

/** Where a record belongs, and what the database may look it up by. */
export interface Placement {
  readonly scope: ScopeKey
  readonly parent: string | null
  readonly place: string | null
  readonly day: string | null
}

type Names = { readonly place?: string; readonly day?: string; readonly parent?: string }
const namesByKind = new Map<AnyRecordKind, Names>()

/** The fields of a kind that the database indexes, by their role. */
export const indexFields = (kind: AnyRecordKind): Names => {
  const known = namesByKind.get(kind)
  if (known) return known
  const indexed = Object.entries(kind.fields as Record<string, Field>).filter(([, field]) => field.index)
  const names: Names = Object.fromEntries(indexed.map(([name, field]) => [field.index, name]))
  namesByKind.set(kind, names)
  return names
}

/** Works a placement out from the few fields that decide it; `parentOf` answers null for a parent that is not known yet. */
export const placementOf = (
  kind: AnyRecordKind,
  record: RecordState,
  findParent: (id: string) => Placement | null,
): Placement => {
  const names = indexFields(kind)
  const textOf = (name: string | undefined) => (name ? ((shownIn(record, name) as string | undefined) ?? null) : null)
  const parentId = textOf(names.parent)
  const parent = parentId === null || parentId === record.id ? null : findParent(parentId)
  const values = kind.scope.by === 'place' ? { [kind.scope.field]: textOf(kind.scope.field) } : {}
  return {
    scope: scopeOf(kind, values, record.created?.author ?? '', parent?.scope ?? null),
    parent: parentId,
    place: textOf(names.place) ?? parent?.place ?? null,
    day: textOf(names.day) ?? parent?.day ?? null,
  }
}

export const samePlacement = (a: Placement, b: Placement): boolean =>
  a.scope === b.scope && a.parent === b.parent && a.place === b.place && a.day === b.day

/** The value that a record shows in one field that is no keyed set: its writes lie in the order of their stamps. */
const shownIn = ({ writes }: RecordState, field: string): Json | undefined => {
  for (let i = writes.length - 1; i >= 0; i--) {
    const { set } = writes[i]!
    if (Object.hasOwn(set, field)) return set[field]
  }
  return undefined
}
