import { rightsOf, type TabletRights, unenrolled } from '#domain/authority/tablet-rights.ts'
import type { RecordState } from '#domain/merge.ts'
import { tablet } from '#domain/records/tablet.ts'
import type { Db } from './call.ts'

/** What a device is for, and whom it admits, as its `tablet` record stands now. */
export const rightsOn = async (db: Db, province: string, device: string): Promise<TabletRights> => {
  const row = await db
    .selectFrom('devices')
    .select('tablet')
    .where('province', '=', province)
    .where('id', '=', device)
    .executeTakeFirst()
  return row?.tablet ? rightsOfTablet(db, province, row.tablet) : unenrolled
}

/** What a `tablet` record says; one that is not in the log admits nobody. */
export const rightsOfTablet = async (db: Db, province: string, id: string): Promise<TabletRights> => {
  const row = await db
    .selectFrom('records')
    .select('body')
    .where('province', '=', province)
    .where('id', '=', id)
    .where('kind', '=', tablet.kind)
    .executeTakeFirst()
  return row ? rightsOf(JSON.parse(row.body) as RecordState) : unenrolled
}
