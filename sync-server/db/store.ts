import type { Kysely } from 'kysely'
import type { HotPath } from './hot-path.ts'
import type { Database } from './schema.ts'

/** A write transaction: one at a time on SQLite. Everything in it is stored, or nothing. */
export interface Tx {
  readonly db: Kysely<Database>
  readonly hot: HotPath
}

export interface Store {
  readonly dialect: 'sqlite' | 'postgresql'
  /** For reading only; what writes goes through `transaction`. */
  readonly db: Kysely<Database>
  readonly hot: Pick<HotPath, 'readPage' | 'findRecords'>
  /** Answers after COMMIT has returned, that is, after the database has flushed; whatever `work` throws undoes it all. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Throws `DatabaseGone` where it can be told without asking that there is no database behind this any more. */
  assertThere(): void
  close(): Promise<void>
}

/** The database does not answer, or is not where it was: nothing that was asked of it counts. */
export class DatabaseGone extends Error {}

/** Why the database cannot be used, in one line for the operator. */
export class UnusableDatabase extends Error {}
