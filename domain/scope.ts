import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from './record-kind.ts'
import { hasRole, type Role, readsEveryPlace, type Standing } from './roles.ts'

/**
 * Who may read a record, as one word that a database can index: `*` everybody signed in · a place id · `desk` the complaint
 * desk · `?<staff>` a record whose place or parent is not known yet, for its author and administrators.
 */
export type ScopeKey = string

export const everybody: ScopeKey = '*'
export const deskOnly: ScopeKey = 'desk'
export const authorOnly = (staff: string): ScopeKey => `?${staff}`

/** Whether it is the scope of what has no place yet, because its parent has not come. */
export const isNowhere = (scope: ScopeKey): boolean => scope.startsWith('?')

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

const isPlace = (scope: ScopeKey) => scope !== deskOnly && scope !== everybody && !isNowhere(scope)

export const reaches = (reach: Reach, scope: ScopeKey): boolean =>
  reach.keys.includes(scope) || (reach.everyPlace && (isPlace(scope) || isNowhere(scope)))

/** Whether a person in this standing may write a record of this kind that belongs (or will belong) to `scope`. */
export const mayWrite = (
  kind: AnyRecordKind,
  standing: Standing,
  scope: ScopeKey,
): 'yes' | 'role-may-not-write' | 'place-not-yours' => {
  if (!hasRole(standing, ...(kind.write as readonly Role[]))) return 'role-may-not-write'
  if (kind.scope.by === 'province' || kind.scope.by === 'desk') return 'yes'
  return isPlace(scope) && !reaches(reachOf(standing), scope) ? 'place-not-yours' : 'yes'
}
