import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const magic = Buffer.from('SQLite format 3\0')

export const isSqlite = (raw: Buffer): boolean => raw.subarray(0, magic.length).equals(magic)

/** A running browser writes while its file is copied. */
const attempts = 5

/** Every text and blob in a SQLite file and its write-ahead log, in one piece: in the file long ones are cut into pages. */
export const sqliteValues = (file: string): Buffer[] => {
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), 'bowon-sqlite-'))
    try {
      const copy = join(folder, 'copy')
      copyFileSync(file, copy)
      if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
      return valuesOf(copy)
    } catch (cause) {
      if (!existsSync(file)) return []
      if (attempt === attempts) throw cause
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const valuesOf = (path: string): Buffer[] => {
  const database = new DatabaseSync(path)
  try {
    const tables = database
      .prepare("select name from sqlite_master where type = 'table' and sql not like 'create virtual%'")
      .all() as unknown as { name: string }[]
    return tables.flatMap(({ name }) =>
      rowsOf(database, name).flatMap((row) =>
        Object.values(row).flatMap((value) =>
          typeof value === 'string' ? [Buffer.from(value)] : value instanceof Uint8Array ? [Buffer.from(value)] : [],
        ),
      ),
    )
  } finally {
    database.close()
  }
}

const rowsOf = (database: DatabaseSync, table: string) => {
  const asked = database.prepare(`select * from "${table.replaceAll('"', '""')}"`)
  asked.setReadBigInts(true)
  return asked.all()
}
