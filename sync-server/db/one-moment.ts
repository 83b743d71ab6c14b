import { type Kysely, sql } from 'kysely'
import type { Store } from './connect.ts'
import type { Database } from './schema.ts'

/** Reads everything as it is at one moment. Both databases let writers go on beside a reader that keeps its snapshot. */
export const inOneMoment = (store: Store, work: (db: Kysely<Database>) => Promise<void>): Promise<void> =>
  store.db.connection().execute(async (db) => {
    const begin = store.dialect === 'sqlite' ? sql`begin` : sql`begin isolation level repeatable read read only`
    await begin.execute(db)
    try {
      await work(db)
    } finally {
      await sql`rollback`.execute(db)
    }
  })
