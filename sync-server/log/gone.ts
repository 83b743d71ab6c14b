import type { Cursor } from '#domain/protocol.ts'
import { type Reach, reads } from '#domain/scope.ts'
import type { Store } from '#server/db/connect.ts'
import { prepared } from '#server/db/prepared.ts'

const departedBetween = prepared((db, province: string, from: number, to: number) =>
  db
    .selectFrom('departures')
    .innerJoin('records', (join) =>
      join.onRef('records.province', '=', 'departures.province').onRef('records.id', '=', 'departures.record'),
    )
    .select(['records.id', 'records.kind', 'records.scope', 'departures.scope as left'])
    .where('departures.province', '=', province)
    .where('departures.seq', '>=', from)
    .where('departures.seq', '<=', to),
)

/**
 * Records that the reader could read and can no longer. Where the reach is another now, this answer is the last that knows the one before:
 * it tells everything that has left it, however far its page goes. What is there is looked at before what has left, so that a record which
 * leaves meanwhile is seen by one of the two.
 */
export const goneSince = async (
  store: Store,
  province: string,
  { from, to, before, reach }: { from: Cursor; to: Cursor; before: Reach; reach: Reach },
): Promise<string[]> => {
  const isAnother = JSON.stringify(before) !== JSON.stringify(reach)
  const taken = isAnother ? await takenAway(store, province, before, reach) : []
  const low = Math.min(from.seq, from.fill?.seq ?? from.seq)
  const high = isAnother ? Number.MAX_SAFE_INTEGER : Math.max(to.seq, to.fill?.seq ?? 0)
  const departed = await departedBetween(store.db, province, low, high)
  const gone = departed
    .filter((one) => reads(before, { ...one, scope: one.left }) && !reads(reach, one))
    .map(({ id }) => id)
  return [...new Set([...gone, ...taken])]
}

/** All records of the places and kinds that the reader was taken off. */
const takenAway = async (store: Store, province: string, before: Reach, reach: Reach): Promise<string[]> => {
  const sorts = await store.db
    .selectFrom('records')
    .select(['scope', 'kind'])
    .distinct()
    .where('province', '=', province)
    .execute()
  const lost = sorts.map((one) => ({ ...one, id: '' })).filter((one) => reads(before, one) && !reads(reach, one))
  if (lost.length === 0) return []
  const rows = await store.db
    .selectFrom('records')
    .select(['id', 'scope', 'kind'])
    .where('province', '=', province)
    .where('scope', 'in', [...new Set(lost.map(({ scope }) => scope))])
    .where('kind', 'in', [...new Set(lost.map(({ kind }) => kind))])
    .execute()
  return rows.filter((row) => reads(before, row) && !reads(reach, row)).map(({ id }) => id)
}
