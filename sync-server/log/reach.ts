import { createHash } from 'node:crypto'
import type { ExpressionBuilder } from 'kysely'
import type { Standing } from '#domain/roles.ts'
import { deskOnly, type Reach, reachOf } from '#domain/scope.ts'
import type { Store } from '#server/db/connect.ts'
import { prepared } from '#server/db/prepared.ts'
import type { Database } from '#server/db/schema.ts'

/** What a person reads now, and under which name a cursor remembers it. */
export interface NamedReach {
  /**
   * `<staff>.<version>.<mark>`: a cursor belongs to one person. The mark is of what the version says, because a server that was put back gives
   * the same number once more, to another reach.
   */
  readonly name: string
  readonly reach: Reach
}

/**
 * The present reach of a person on the tablet they work on; a version is written down when there is none that says the same. Two tablets of
 * different places would otherwise make one another's reach another.
 */
export const namedReach = async (store: Store, province: string, standing: Standing): Promise<NamedReach> => {
  const reach = reachOf(standing)
  const text = JSON.stringify(reach)
  const [known] = await versionSaying(store.db, province, standing.staff, text)
  if (known) return { name: nameOf(standing.staff, known.version, text), reach }
  const version = await store.transaction(async ({ db, hot }) => {
    const head = await hot.lockProvince(province)
    const [now] = await versionSaying(db, province, standing.staff, text)
    if (now) return now.version
    const [last] = await lastVersion(db, province, standing.staff)
    const next = (last?.version ?? 0) + 1
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
    .select('version')
    .where('province', '=', province)
    .where('staff', '=', staff)
    .orderBy('version', 'desc')
    .limit(1),
)

const versionSaying = prepared((db, province: string, staff: string, text: string) =>
  db
    .selectFrom('reaches')
    .select('version')
    .where('province', '=', province)
    .where('staff', '=', staff)
    .where('reach', '=', text)
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
  return row && nameOf(staff, version, row.reach) === name ? readReach(row.reach) : null
}

/** Before reading was declared by kind, whoever reached a scope read all that was in it. */
const readReach = (text: string): Reach => {
  const {
    everyPlace,
    keys,
    closed = [],
    own = '',
  } = JSON.parse(text) as Pick<Reach, 'everyPlace' | 'keys'> & Partial<Reach>
  return { everyPlace, keys, closed, own }
}

/** A reach as the database asks for it: the same answer as `reads`. */
export const filterOf = ({ everyPlace, keys, closed, own }: Reach) => ({
  everyPlace,
  hidden: keys.includes(deskOnly) ? '' : deskOnly,
  keys,
  closed,
  own,
})

/** The same for a question that is written with Kysely. */
export const within = (reach: Reach) => (is: ExpressionBuilder<Database, 'records'>) => {
  const { everyPlace, hidden, keys, closed, own } = filterOf(reach)
  const inScope = everyPlace
    ? is.or([is('records.scope', '!=', hidden), is('records.scope', 'in', keys)])
    : is('records.scope', 'in', keys)
  if (closed.length === 0) return inScope
  return is.and([inScope, is.or([is('records.kind', 'not in', closed), is('records.id', '=', own)])])
}
