import { type Kysely, sql } from 'kysely'

/** @public Called by Kysely. What proves a line beside the tablet's word; up to which of a tablet's lines a person who signed out counts. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table changes add column proof text`,
  `alter table held add column proof text`,
  `alter table device_people add column left_n bigint`,
]
