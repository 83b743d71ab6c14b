import { type Kysely, sql } from 'kysely'

/** @public Called by Kysely. Which `tablet` record a device is; null where it was known before there was enrolment. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw('alter table devices add column tablet text').execute(db)
}
