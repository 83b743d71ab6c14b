import { type Kysely, sql } from 'kysely'

/** @public Called by Kysely. Which device a copied tablet was before; who brought what another tablet had sealed. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table devices add column follows text`,
  `create table deliveries (province text not null, device text not null, n bigint not null, carrier text not null,
    delivered_at bigint not null, primary key (province, device, n))`,
]
