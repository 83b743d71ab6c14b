import { type Kysely, sql } from 'kysely'

/**
 * @public Called by Kysely. How far the request that brought a held change showed its device to have heard; and held changes are looked up by
 * their record.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw('alter table held add column shown bigint').execute(db)
  await sql.raw('create index held_by_record on held (province, record)').execute(db)
}
