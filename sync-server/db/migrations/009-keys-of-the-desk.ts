import { type Kysely, sql } from 'kysely'

const statements = [
  'alter table desk_keys rename to desk_keys_before',
  `create table desk_keys (province text not null, staff text not null, version integer not null default 1, recipient text not null,
    signer text, wrapped text not null, created_at bigint not null, primary key (province, staff, version))`,
  `insert into desk_keys (province, staff, recipient, wrapped, created_at)
    select province, staff, recipient, wrapped, created_at from desk_keys_before`,
  'drop table desk_keys_before',
  `create table desk_proposals (province text not null, staff text not null, list text not null, signatures text not null,
    created_at bigint not null, primary key (province, staff))`,
]

/** @public Called by Kysely. Keys of the desk are kept beside each other, never overwritten; a list waits until enough members have signed it. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
