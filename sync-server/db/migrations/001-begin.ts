import { type Kysely, sql } from 'kysely'

/** @public Called by Kysely. `bigint` holds milliseconds and sequence numbers in PostgreSQL; in SQLite every integer type is the same. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table provinces (id text primary key, name text not null, sample integer not null, seq bigint not null, chain text not null,
    epoch text not null, backup_seq bigint not null, id_key text not null, created_at bigint not null)`,
  `create table epochs (province text not null, epoch text not null, ordinal integer not null, begins_after bigint not null,
    begun_at bigint not null, primary key (province, epoch))`,
  `create table changes (province text not null, seq bigint not null, device text not null, n bigint not null, digest text not null,
    chain text not null, stamp bigint not null, base bigint not null, received_at bigint not null, proven integer not null,
    record text not null, line text not null, primary key (province, seq), unique (province, device, n))`,
  `create index changes_by_record on changes (province, record, seq)`,
  `create table held (province text not null, device text not null, n bigint not null, digest text not null, record text, author text,
    code text not null, field text, detail text, received_at bigint not null, state text not null, settled_at bigint, settled_seq bigint, line text not null,
    primary key (province, device, n, digest))`,
  `create table records (province text not null, id text not null, kind text not null, seq bigint not null, scope text not null,
    parent text, whole_from bigint not null, place text, day text, body text not null, primary key (province, id))`,
  `create unique index records_by_seq on records (province, seq, id, scope)`,
  `create index records_by_parent on records (province, parent) where parent is not null`,
  `create index records_by_kind on records (province, kind, day)`,
  `create table departures (province text not null, seq bigint not null, record text not null, scope text not null,
    primary key (province, seq, record))`,
  `create table devices (province text not null, id text not null, name text not null, credential text not null, last_n bigint not null,
    last_stamp bigint not null, created_at bigint not null, seen_at bigint not null, revoked_at bigint, primary key (province, id))`,
  `create table device_people (province text not null, device text not null, staff text not null, proven_at bigint not null,
    primary key (province, device, staff))`,
  `create table accounts (province text not null, staff text not null, username text not null, password text not null,
    must_change integer not null, disabled integer not null, failures integer not null, next_attempt_at bigint not null,
    created_at bigint not null, primary key (province, staff), unique (province, username))`,
  `create table sessions (province text not null, id text not null primary key, device text, created_at bigint not null,
    seen_at bigint not null)`,
  `create table session_people (province text not null, session text not null, staff text not null, signed_in_at bigint not null,
    expires_at bigint not null, primary key (session, staff))`,
  `create table reaches (province text not null, staff text not null, version integer not null, reach text not null,
    since_seq bigint not null, primary key (province, staff, version))`,
  `create table keys (province text not null, id text not null, purpose text not null, public text not null, wrapped text not null,
    endorsed_by text, endorsement text, created_at bigint not null, primary key (province, id))`,
  `create table desk_lists (province text not null, number integer not null, list text not null, signature text not null,
    created_at bigint not null, primary key (province, number))`,
  `create table desk_keys (province text not null, staff text not null, recipient text not null, wrapped text not null,
    created_at bigint not null, primary key (province, staff))`,
  `create table access_log (province text not null, seq bigint not null, at bigint not null, staff text, device text, act text not null,
    subject text, chain text not null, primary key (province, seq))`,
  `create table settings (province text not null, name text not null, value text not null, primary key (province, name))`,
]
