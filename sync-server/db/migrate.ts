import { type Kysely, type Migration, Migrator } from 'kysely'
import * as begin from './migrations/001-begin.ts'
import * as copies from './migrations/002-copies-and-couriers.ts'
import * as proofs from './migrations/003-proofs.ts'
import * as shown from './migrations/004-what-was-shown.ts'
import * as tablets from './migrations/005-tablets.ts'
import * as weakPasswords from './migrations/006-weak-passwords.ts'
import * as doubt from './migrations/007-doubt.ts'
import * as attemptsOfTablets from './migrations/008-attempts-of-tablets.ts'
import * as keysOfTheDesk from './migrations/009-keys-of-the-desk.ts'
import type { Database } from './schema.ts'
import { UnusableDatabase } from './store.ts'

/** In the order of their names. What has been shipped is never altered. */
const migrations: Readonly<Record<string, Migration>> = {
  '001-begin': begin,
  '002-copies-and-couriers': copies,
  '003-proofs': proofs,
  '004-what-was-shown': shown,
  '005-tablets': tablets,
  '006-weak-passwords': weakPasswords,
  '007-doubt': doubt,
  '008-attempts-of-tablets': attemptsOfTablets,
  '009-keys-of-the-desk': keysOfTheDesk,
}

/** Brings the tables up to date. The caller holds a lock and a transaction, so that two programs may start at once. */
export const migrate = async (db: Kysely<Database>): Promise<void> => {
  await refuseNewer(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations }, disableTransactions: true })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

const refuseNewer = async (db: Kysely<Database>) => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const executed = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  const unknown = executed.find(({ name }) => !Object.hasOwn(migrations, name))
  if (unknown) {
    throw new UnusableDatabase(
      `The database is newer than this program (it has step ${unknown.name}); start the newer version, or restore a backup into an empty database.`,
    )
  }
}
