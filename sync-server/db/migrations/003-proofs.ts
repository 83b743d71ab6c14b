import { type Kysely, sql } from 'kysely'

/**
 * @public Called by Kysely. What proves a line beside the tablet's word; up to which of a tablet's lines a person who signed out counts; when
 * somebody was last heard of.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table changes add column proof text`,
  `alter table held add column proof text`,
  `alter table device_people add column left_n bigint`,
  `alter table session_people add column active_at bigint`,
  `alter table sessions add column challenge text`,
]
