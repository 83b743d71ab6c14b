import type { RecordState } from '#domain/merge.ts'
import type { tablet } from '#domain/records/tablet.ts'
import { isGuarded, onTablet, type Standing } from '#domain/roles.ts'
import { view } from '#domain/view.ts'

/** What a tablet is for (docs/authority.md, A5): whatever is read or written on it is within both. */
export interface TabletRights {
  /** Ids of places; null: the whole province. */
  readonly within: readonly string[] | null
  /** Whom it admits in guarded roles. */
  readonly admits: ReadonlySet<string>
  /** Its record was withdrawn: nobody works on it. */
  readonly isClosed?: true
}

/** A tablet of before there was enrolment: it goes on with the people who are proven on it, and admits nobody. */
export const unenrolled: TabletRights = { within: null, admits: new Set() }

export const rightsOf = (record: RecordState): TabletRights => {
  const { values, withdrawn } = view<typeof tablet>(record)
  if (withdrawn) return { within: [], admits: new Set(), isClosed: true }
  return {
    within: values.wholeProvince ? null : Object.keys(values.places ?? {}),
    admits: new Set(Object.keys(values.admits ?? {})),
  }
}

/** Whether somebody may act on a tablet at all: whoever holds no guarded role may, while it is enrolled. */
export const isAdmitted = (standing: Standing, { admits, isClosed }: TabletRights): boolean =>
  !isClosed && (!isGuarded(standing) || admits.has(standing.staff))

/** What somebody may do there; null for whom it does not admit. */
export const standingThere = (standing: Standing, rights: TabletRights): Standing | null =>
  isAdmitted(standing, rights) ? onTablet(standing, rights.within) : null
