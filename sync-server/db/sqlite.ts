import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { sqliteHotPath } from './hot-path-sqlite.ts'
import { migrate } from './migrate.ts'
import type { Database } from './schema.ts'
import { DatabaseGone, type Store, UnusableDatabase } from './store.ts'

export const sqliteFile = (dataDir: string) => join(dataDir, 'bowon.sqlite')

/** Versions before it could lose the reset of the log after a crash of several writers. */
const oldestSqlite = [3, 51, 3] as const

/** One connection that writes, and one that only reads: a reader sees what is committed while a push is under way. */
export const openSqlite = async (dataDir: string): Promise<Store> => {
  const file = sqliteFile(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  const writing = connect(file)
  assertVersion(writing)
  assertFlushes(writing)
  writing.exec('pragma busy_timeout = 5')
  const assertThere = watchFile(file)
  const transaction = transactions(writing, assertThere)
  try {
    await transaction(({ db }) => migrate(db))
  } catch (error) {
    writing.close()
    throw error
  }
  const reading = connect(file, true)
  return {
    dialect: 'sqlite',
    db: kyselyOver(reading),
    hot: sqliteHotPath(reading),
    transaction,
    assertThere,
    close: async () => {
      reading.close()
      writing.close()
    },
  }
}

/**
 * A connection that flushes every commit. Pages of 8 kB: a batch of changes touches a page for nearly every row of three indexes, and to write
 * half as many pages took a fifth less time (measured from 10,000 to 300,000 records; one change alone costs the same).
 */
export const connect = (file: string, readOnly = false): DatabaseSync => {
  // The timeout must stand before the journal mode, or a second process fails at once with "database is locked".
  const connection = new DatabaseSync(file, { readOnly, timeout: 10_000 })
  // The size of a page counts for a new file alone.
  if (!readOnly) connection.exec('pragma page_size = 8192; pragma journal_mode = wal')
  connection.exec('pragma synchronous = full; pragma cache_size = -16000; pragma wal_autocheckpoint = 4000')
  return connection
}

/**
 * An open file can be written to long after somebody has deleted it, or put another in its place, and all of that goes with the program that
 * holds it. Only the name tells.
 */
const watchFile = (file: string): (() => void) => {
  const { ino, dev } = statSync(file)
  return () => {
    const there = statSync(file, { throwIfNoEntry: false })
    if (there?.ino !== ino || there.dev !== dev) throw new DatabaseGone('The database file is not where it was.')
  }
}

const transactions = (writing: DatabaseSync, assertThere: () => void): Store['transaction'] => {
  const tx = { db: kyselyOver(writing), hot: sqliteHotPath(writing) }
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(async () => {
      await begin(writing)
      try {
        const result = await work(tx)
        writing.exec('commit')
        assertThere()
        return result
      } catch (error) {
        if (writing.isTransaction) writing.exec('rollback')
        throw error
      }
    })
    last = mine.catch(() => undefined)
    return mine
  }
}

/**
 * Takes the only write lock. Another program (a backup, a second server) may hold it: this one then waits without standing still, because
 * SQLite's own waiting blocks the whole process.
 */
const begin = async (writing: DatabaseSync) => {
  const giveUpAt = performance.now() + longestWait
  for (;;) {
    try {
      writing.exec('begin immediate')
      return
    } catch (error) {
      const isBusy = (error as { errcode?: number }).errcode === sqliteBusy
      if (!isBusy || performance.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

const sqliteBusy = 5
const longestWait = 30_000

const assertVersion = (connection: DatabaseSync) => {
  const { version } = connection.prepare('select sqlite_version() as version').get() as { version: string }
  const parts = version.split('.').map(Number)
  const first = oldestSqlite.findIndex((part, i) => parts[i] !== part)
  if (first >= 0 && parts[first]! < oldestSqlite[first]!) {
    throw new UnusableDatabase(`SQLite ${version} is too old: ${oldestSqlite.join('.')} or later is needed.`)
  }
}

const assertFlushes = (connection: DatabaseSync) => {
  const { journal_mode } = connection.prepare('pragma journal_mode').get() as { journal_mode: string }
  const { synchronous } = connection.prepare('pragma synchronous').get() as { synchronous: number }
  if (journal_mode !== 'wal' || synchronous !== 2) {
    throw new UnusableDatabase(
      `SQLite does not flush before it confirms (journal_mode ${journal_mode}, synchronous ${synchronous}): the data folder must be on a local disk.`,
    )
  }
}

/** Kysely's own dialect expects the shape of better-sqlite3; node:sqlite differs in how it takes parameters. */
const kyselyOver = (connection: DatabaseSync): Kysely<Database> => {
  type Values = Parameters<StatementSync['all']>
  const prepare = (sql: string) => {
    const statement = connection.prepare(sql)
    return {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => statement.all(...(values as Values)),
      run: (values: readonly unknown[]) => statement.run(...(values as Values)),
      iterate: (values: readonly unknown[]) => statement.iterate(...(values as Values)),
    }
  }
  const statements = new Map<string, ReturnType<typeof prepare>>()
  const database = {
    close: () => connection.close(),
    prepare: (sql: string) => {
      const known = statements.get(sql)
      if (known) return known
      if (statements.size >= maxStatements) statements.delete(statements.keys().next().value!)
      const statement = prepare(sql)
      statements.set(sql, statement)
      return statement
    },
  }
  return new Kysely<Database>({ dialect: new SqliteDialect({ database }) })
}

const maxStatements = 300
