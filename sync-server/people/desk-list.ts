import type { DeskList, SignedDeskList } from '#domain/complaint/desk-list.ts'
import { hasRole, readers, type Standing } from '#domain/roles.ts'
import type { Db } from './call.ts'

/** The newest list of desk keys as tablets seal to it; null until a desk key exists. */
export const latestDeskList = async (
  db: Db,
  province: string,
): Promise<(SignedDeskList & { number: number }) | null> => {
  const row = await db
    .selectFrom('desk_lists')
    .selectAll()
    .where('province', '=', province)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { list: JSON.parse(row.list) as DeskList, signature: row.signature, number: row.number } : null
}

/** The same for somebody who may take a complaint; an observer learns nothing of who sits at the desk. */
export const deskListFor = async (db: Db, province: string, standing: Standing) =>
  hasRole(standing, ...readers.colleagues) ? latestDeskList(db, province) : null
