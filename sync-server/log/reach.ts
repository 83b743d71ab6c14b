import { createHash } from 'node:crypto'
import type { Standing } from '#domain/roles.ts'
import { deskOnly, type Reach, reachOf } from '#domain/scope.ts'
import type { Store } from '#server/db/connect.ts'
import { prepared } from '#server/db/prepared.ts'

/** What a person reads now, and under which name a cursor remembers it. */
export interface NamedReach {
  /**
   * `<staff>.<version>.<mark>`: a cursor belongs to one person. The mark is of what the version says, because a server that was put back gives
   * the same number once more, to another reach.
   */
  readonly name: string
  readonly reach: Reach
}

/** The present reach of a person; a new version is written down when it differs from the last. */
export const namedReach = async (store: Store, province: string, standing: Standing): Promise<NamedReach> => {
  const reach = reachOf(standing)
  const text = JSON.stringify(reach)
  const [last] = await lastVersion(store.db, province, standing.staff)
  if (last?.reach === text) return { name: nameOf(standing.staff, last.version, text), reach }
  const version = await store.transaction(async ({ db, hot }) => {
    const head = await hot.lockProvince(province)
    const [now] = await lastVersion(db, province, standing.staff)
    if (now?.reach === text) return now.version
    const next = (now?.version ?? 0) + 1
    await db
      .insertInto('reaches')
      .values({ province, staff: standing.staff, version: next, reach: text, since_seq: head?.seq ?? 0 })
      .execute()
    return next
  })
  return { name: nameOf(standing.staff, version, text), reach }
}

const nameOf = (staff: string, version: number, reach: string) =>
  `${staff}.${version}.${createHash('sha256').update(reach).digest('base64url').slice(0, 6)}`

const lastVersion = prepared((db, province: string, staff: string) =>
  db
    .selectFrom('reaches')
    .select(['version', 'reach'])
    .where('province', '=', province)
    .where('staff', '=', staff)
    .orderBy('version', 'desc')
    .limit(1),
)

const findVersion = prepared((db, province: string, staff: string, version: number) =>
  db
    .selectFrom('reaches')
    .select('reach')
    .where('province', '=', province)
    .where('staff', '=', staff)
    .where('version', '=', version),
)

/** The reach that a cursor was read with; null when it is another person's or not known. */
export const reachNamed = async (
  store: Store,
  province: string,
  staff: string,
  name: string,
): Promise<Reach | null> => {
  const version = name.startsWith(`${staff}.`) ? Number(name.slice(staff.length + 1).split('.')[0]) : Number.NaN
  if (!Number.isSafeInteger(version)) return null
  const [row] = await findVersion(store.db, province, staff, version)
  return row && nameOf(staff, version, row.reach) === name ? (JSON.parse(row.reach) as Reach) : null
}

/** A reach as the database asks for it. */
export const filterOf = ({ everyPlace, keys }: Reach) => ({
  everyPlace,
  hidden: keys.includes(deskOnly) ? '' : deskOnly,
  keys,
})
