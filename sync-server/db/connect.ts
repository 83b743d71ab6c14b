import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Store } from './store.ts'

export { DatabaseGone, type Store, type Tx, UnusableDatabase } from './store.ts'

/**
 * Opens the store, brings its tables up to date and asserts that it flushes before it confirms. PostgreSQL when `databaseUrl` is
 * given, else SQLite in `dataDir`. Throws `UnusableDatabase` with one line for the operator.
 */
export const openStore = (options: { readonly databaseUrl?: string; readonly dataDir: string }): Promise<Store> =>
  options.databaseUrl ? openPostgres(options.databaseUrl) : openSqlite(options.dataDir)
