import { type Kysely, sql } from 'kysely'

/** @public Called by Kysely. Whether somebody's password is too weak for a guarded role; null until they have typed it once more. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw('alter table accounts add column weak integer').execute(db)
}
