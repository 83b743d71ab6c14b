import { type Kysely, sql } from 'kysely'

/** @public Called by Kysely. What is kept while a log that went back does not know whom it let go; null where there is no such doubt. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw('alter table provinces add column doubt text').execute(db)
}
