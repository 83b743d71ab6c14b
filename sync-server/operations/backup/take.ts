import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Kysely, sql } from 'kysely'
import type { Store } from '#server/db/connect.ts'
import { inOneMoment } from '#server/db/one-moment.ts'
import type { Database } from '#server/db/schema.ts'
import { type BackupHeader, backupFormat, type Row } from './format.ts'
import { checkBackup } from './read.ts'
import { type BackupTable, backupTables } from './tables.ts'

const page = 500

export interface Taken {
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Writes one consistent backup while the server goes on working: everything is read in one transaction that sees one moment. The file gets its
 * name only after it was read back and checked; then the province notes how far it is covered.
 */
export const takeBackup = async (
  store: Store,
  file: string,
  facts: { version: string; now: number },
): Promise<Taken> => {
  const part = `${file}.part`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const header = { 'bowon-backup': backupFormat, version: facts.version, takenAt: facts.now }
  try {
    await inOneMoment(store, (db) =>
      pipeline(
        Readable.from(linesOf(db, header)),
        createGzip({ level: 6 }),
        createWriteStream(part, { flags: 'w', mode: 0o600, flush: true }),
      ),
    )
    const { heads, rows } = await checkBackup(part)
    await rename(part, file)
    await store.transaction(async ({ db }) => {
      for (const { id, seq } of heads) {
        const covered = db.updateTable('provinces').set({ backup_seq: seq })
        await covered.where('id', '=', id).where('backup_seq', '<', seq).execute()
      }
    })
    return { rows }
  } finally {
    await rm(part, { force: true })
  }
}

async function* linesOf(db: Kysely<Database>, header: BackupHeader): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const rows: Record<string, number> = {}
  const hashed = (lines: readonly unknown[]) => {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    hash.update(text)
    return text
  }
  yield hashed([header])
  for (const { name, columns, key } of backupTables) {
    yield hashed([{ table: name, columns }])
    rows[name] = 0
    for await (const some of pagesOf(db, { name, columns, key })) {
      rows[name] += some.length
      yield hashed(some.map((row) => columns.map((column) => row[column])))
    }
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`
}

async function* pagesOf(db: Kysely<Database>, { name, columns, key }: BackupTable): AsyncGenerator<readonly Row[]> {
  const refs = (names: readonly string[]) => sql.join(names.map((column) => sql.ref(column)))
  let last: Row | undefined
  do {
    const values = last && key.map((column) => sql.val(last![column]))
    const after = values ? sql`where (${refs(key)}) > (${sql.join(values)})` : sql``
    const query = sql<Row>`select ${refs(columns)} from ${sql.table(name)} ${after} order by ${refs(key)} limit ${sql.lit(page)}`
    const { rows } = await query.execute(db)
    if (rows.length > 0) yield rows
    last = rows.length === page ? rows.at(-1) : undefined
  } while (last)
}
