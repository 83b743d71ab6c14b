import { type Kysely, sql } from 'kysely'

/** @public Called by Kysely. Wrong passwords that were typed on a tablet the server knows: strangers have the count of the account. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `create table tablet_attempts (province text not null, staff text not null, device text not null,
      failures integer not null, next_attempt_at bigint not null, primary key (province, staff, device))`,
    )
    .execute(db)
}
