import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from './record-kind.ts'
import { hasRole, readsEveryPlace, type Standing } from './roles.ts'

/**
 * Who may read a record, as one word that a database can index: `*` everybody signed in · a place id · `desk` the complaint
 * desk · `?<staff>` a record whose place or parent is not known yet, for its author and administrators.
 */
export type ScopeKey = string

export const everybody: ScopeKey = '*'
export const deskOnly: ScopeKey = 'desk'
export const authorOnly = (staff: string): ScopeKey => `?${staff}`

/** The id of the record from which a kind takes its scope, if it takes it from a parent. */
export const parentOf = (kind: AnyRecordKind, values: Readonly<Record<string, Json>>): string | null => {
  const field = Object.entries(kind.fields).find(([, one]) => (one as { index?: string }).index === 'parent')?.[0]
  return field === undefined ? null : ((values[field] as string | undefined) ?? null)
}

/** Where a record belongs. `parentScope` is the scope of its parent, or null while the parent is unknown. */
export const scopeOf = (
  kind: AnyRecordKind,
  values: Readonly<Record<string, Json>>,
  author: string,
  parentScope: ScopeKey | null,
): ScopeKey => {
  switch (kind.scope.by) {
    case 'province':
      return everybody
    case 'desk':
      return deskOnly
    case 'place':
      return (values[kind.scope.field] as string | undefined) ?? authorOnly(author)
    case 'parent':
      return parentScope ?? authorOnly(author)
  }
}

/** Which scope keys a person reads: a list, or everything that is in no author's or the desk's own scope. */
export interface Reach {
  readonly everyPlace: boolean
  /** Sorted, so that equal reaches are equal texts. */
  readonly keys: readonly ScopeKey[]
}

export const reachOf = (standing: Standing): Reach => {
  const keys = [everybody, authorOnly(standing.staff), ...standing.places.filter((place) => place !== everybody)]
  if (hasRole(standing, 'desk')) keys.push(deskOnly)
  return { everyPlace: readsEveryPlace(standing), keys: [...new Set(keys)].sort() }
}

const isPlace = (scope: ScopeKey) => scope !== deskOnly && scope !== everybody && !scope.startsWith('?')

export const reaches = (reach: Reach, scope: ScopeKey): boolean =>
  reach.keys.includes(scope) || (reach.everyPlace && (isPlace(scope) || scope.startsWith('?')))

/** Whether a record of this kind that belongs (or will belong) to `scope` is at a place of theirs, or at none. */
export const placeIsTheirs = (kind: AnyRecordKind, standing: Standing, scope: ScopeKey): boolean =>
  kind.scope.by === 'province' || kind.scope.by === 'desk' || !isPlace(scope) || reaches(reachOf(standing), scope)

/** Whether a person in this standing may alter a record of this kind that belongs to `scope`. */
export const mayAlter = (kind: AnyRecordKind, standing: Standing, scope: ScopeKey): boolean =>
  hasRole(standing, ...kind.write.alter.roles) && placeIsTheirs(kind, standing, scope)
