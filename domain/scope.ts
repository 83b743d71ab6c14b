import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from './record-kind.ts'
import { kindOf, recordKinds } from './records/index.ts'
import { hasRole, readers, readsEveryPlace, type Standing } from './roles.ts'

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

/** What a person reads: these scope keys, or everything that is in no author's or the desk's own scope, but no record of a closed kind. */
export interface Reach {
  readonly everyPlace: boolean
  /** Sorted, so that equal reaches are equal texts. */
  readonly keys: readonly ScopeKey[]
  /** Kinds that none of their roles reads. Those rather than the others, so that a kind of a later version alters no reach that has it. */
  readonly closed: readonly string[]
  /** The one record of a closed kind that they read all the same, by its id. */
  readonly own: string
}

const kinds: readonly AnyRecordKind[] = recordKinds

export const reachOf = (standing: Standing): Reach => {
  const every = readsEveryPlace(standing)
  const places = every ? [] : standing.places.filter((place) => place !== everybody)
  const keys = [everybody, authorOnly(standing.staff), ...places]
  if (hasRole(standing, 'desk')) keys.push(deskOnly)
  return {
    everyPlace: every,
    keys: [...new Set(keys)].sort(),
    closed: kinds.filter(({ read }) => !hasRole(standing, ...readers[read])).map(({ kind }) => kind),
    own: standing.staff,
  }
}

const isPlace = (scope: ScopeKey) => scope !== deskOnly && scope !== everybody && !isNowhere(scope)

/** Whether a scope is within a reach, whatever lies in it. */
export const reaches = (reach: Reach, scope: ScopeKey): boolean =>
  reach.keys.includes(scope) || (reach.everyPlace && (isPlace(scope) || isNowhere(scope)))

/** What decides who may read a record. */
export interface Located {
  readonly id: string
  readonly kind: string
  readonly scope: ScopeKey
}

/** Whether a record is within a reach: the one answer for tablets, routes and exports. */
export const reads = (reach: Reach, { id, kind, scope }: Located): boolean =>
  reaches(reach, scope) && (!reach.closed.includes(kind) || (id === reach.own && kindOf(kind)?.ownReads === true))

/** Whether any record of a kind may be within a reach, but the person's own. */
export const readsKind = (reach: Reach, kind: string): boolean => !reach.closed.includes(kind)

/**
 * Whether a record of this kind that belongs (or will belong) to `scope` is at a place of theirs, or at none. What hangs on a record of the
 * desk is the desk's, whoever else may write its kind.
 */
export const placeIsTheirs = (kind: AnyRecordKind, standing: Standing, scope: ScopeKey): boolean =>
  kind.scope.by === 'province' ||
  kind.scope.by === 'desk' ||
  (!isPlace(scope) && scope !== deskOnly) ||
  reaches(wholeReachOf(standing), scope)

/** Whether a record that belongs (or will belong) to `scope` is at a place that a tablet is for, or at none; null: for the whole province. */
export const isWithin = (scope: ScopeKey, places: readonly string[] | null): boolean =>
  places === null || !isPlace(scope) || places.includes(scope)

/** By the standing, which never alters in place: a server asks once for each line of a batch. */
const wholeReaches = new WeakMap<Standing, Reach>()
const wholeReachOf = (standing: Standing): Reach => {
  const known = wholeReaches.get(standing) ?? reachOf(standing)
  wholeReaches.set(standing, known)
  return known
}

/** Whether a person in this standing may alter a record of this kind that belongs to `scope`. */
export const mayAlter = (kind: AnyRecordKind, standing: Standing, scope: ScopeKey): boolean =>
  hasRole(standing, ...kind.write.alter.roles) && placeIsTheirs(kind, standing, scope)
