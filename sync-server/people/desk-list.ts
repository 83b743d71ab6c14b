import type { DeskList, ListSignatures, SignedDeskList } from '#domain/complaint/desk-list.ts'
import { hasRole, readers, type Standing } from '#domain/roles.ts'
import type { DeskListTable } from '#server/db/schema.ts'
import type { Db } from './call.ts'

const read = ({ list: text, signature }: Pick<DeskListTable, 'list' | 'signature'>): SignedDeskList => {
  const list = JSON.parse(text) as DeskList
  const signatures = signature.startsWith('{') ? (JSON.parse(signature) as ListSignatures) : { [list.root]: signature }
  return { list, signatures }
}

/** The list of desk keys that tablets seal to; null until a desk key exists. */
export const latestDeskList = async (db: Db, province: string): Promise<SignedDeskList | null> => {
  const row = await db
    .selectFrom('desk_lists')
    .select(['list', 'signature'])
    .where('province', '=', province)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? read(row) : null
}

/**
 * Every list from number `from` on, oldest first, the newest in any case: each follows from the one before it, and whoever knows an older one
 * walks from there. An observer learns nothing of who sits at the desk.
 */
export const deskListsFor = async (
  db: Db,
  province: string,
  standing: Standing,
  from: number,
): Promise<readonly SignedDeskList[]> => {
  if (!hasRole(standing, ...readers.colleagues)) return []
  const rows = await db
    .selectFrom('desk_lists')
    .select(['list', 'signature'])
    .where('province', '=', province)
    .where('number', '>=', from)
    .orderBy('number')
    .execute()
  if (rows.length > 0) return rows.map(read)
  const newest = await latestDeskList(db, province)
  return newest ? [newest] : []
}
