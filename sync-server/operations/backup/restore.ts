import type { Kysely } from 'kysely'
import { newId, type RandomBytes } from '#domain/kernel/id.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import { writeDown } from '#server/log/access-log.ts'
import { keepDoubt } from '#server/log/doubt.ts'
import { loadReceiptKey } from '#server/log/receipts.ts'
import { refold } from '#server/log/refold.ts'
import type { Head } from '../verify/log-check.ts'
import { type Row, UnusableBackup } from './format.ts'
import { readBackup } from './read.ts'
import { backupTables } from './tables.ts'

const batch = 200

interface Means {
  readonly secretKey: string
  readonly now: number
  readonly random: RandomBytes
}

/**
 * Brings a backup into an empty database, in one transaction: all of it, checked, or nothing. A new epoch begins, so that tablets offer again
 * what the log no longer has (law 8).
 */
export const restoreBackup = (store: Store, file: string, means: Means): Promise<readonly Head[]> =>
  store.transaction(async (tx) => {
    if (await tx.db.selectFrom('provinces').select('id').limit(1).executeTakeFirst()) {
      throw new UnusableBackup('The database is not empty: restore only into an empty one.')
    }
    const inserting = inserter(tx.db)
    const { heads } = await readBackup(file, ({ table }, row) => inserting.add(table, row))
    await inserting.flush()
    for (const head of heads) {
      await checkSecret(tx, head.id, means.secretKey)
      await beginEpoch(tx, head, means)
      await refold(within(store, tx), head.id)
    }
    await checkFolded(tx)
    return heads
  })

/** The store as it is inside the transaction. */
const within = (store: Store, tx: Tx): Store => ({
  ...store,
  db: tx.db,
  hot: tx.hot,
  transaction: (work) => work(tx),
})

const inserter = (db: Kysely<Database>) => {
  let name = ''
  let rows: Row[] = []
  const flush = async () => {
    if (rows.length > 0)
      await db
        .insertInto(name as 'records')
        .values(rows as never)
        .execute()
    rows = []
  }
  return {
    flush,
    add: async (table: string, row: Row) => {
      if (!backupTables.some((known) => known.name === table)) {
        throw new UnusableBackup(`The backup has a table that this version does not know (${table}).`)
      }
      if (table !== name || rows.length === batch) await flush()
      name = table
      // The content of a record is folded from the log afterwards.
      rows.push(table === 'records' ? { ...row, body: unfolded } : row)
    },
  }
}

const unfolded = ''

const checkSecret = async ({ db }: Tx, province: string, secretKey: string): Promise<void> => {
  const opened = await loadReceiptKey(db, province, secretKey).catch(() => null)
  if (opened) return
  throw new UnusableBackup(
    'SECRET_KEY is not the one of the server that took this backup: set it, or put its secret.key into DATA_DIR.',
  )
}

const beginEpoch = async ({ db }: Tx, { id, seq }: Head, { now, random }: Means): Promise<void> => {
  const last = await db
    .selectFrom('epochs')
    .select('ordinal')
    .where('province', '=', id)
    .orderBy('ordinal', 'desc')
    .executeTakeFirstOrThrow()
  const epoch = newId(random)
  const row = { province: id, epoch, ordinal: last.ordinal + 1, begins_after: seq, begun_at: now }
  await db.insertInto('epochs').values(row).execute()
  await db.updateTable('provinces').set({ epoch, backup_seq: seq }).where('id', '=', id).execute()
  await keepDoubt(db, id, { since: now, cause: 'restored' })
  await writeDown(db, id, { at: now, staff: null, device: null, act: 'restored', subject: `${seq}` })
}

const checkFolded = async ({ db }: Tx): Promise<void> => {
  const left = await db.selectFrom('records').select('id').where('body', '=', unfolded).limit(1).executeTakeFirst()
  if (left) throw new UnusableBackup('A record in the backup is not in its log: this version cannot fold it.')
}
