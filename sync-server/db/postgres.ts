import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { postgresHotPath } from './hot-path-postgres.ts'
import { migrate } from './migrate.ts'
import type { Database } from './schema.ts'
import { DatabaseGone, type Store, type Tx, UnusableDatabase } from './store.ts'

const oldestPostgres = 14
const bigint = 20

/** Sequence numbers and milliseconds stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === bigint ? Number : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

/** Any number fixed for Bowon: programs that start at once take turns at the tables. */
const migrationLock = 7_248_091_355

export const openPostgres = async (connectionString: string): Promise<Store> => {
  const pool = new pg.Pool({
    connectionString,
    types,
    max: 10,
    application_name: 'bowon',
    idle_in_transaction_session_timeout: 60_000,
  })
  // A connection that the server closed while idle is replaced at next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  // One that dies while it is at work fails its query; the event beside it is nobody's, and would end the process too.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const transaction = transactions(pool)
  try {
    await assertUsable(pool)
    await transaction(async ({ db, client }) => {
      await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
      await migrate(db)
    })
  } catch (error) {
    await pool.end()
    throw error
  }
  const db = kyselyOver(pool)
  return {
    dialect: 'postgresql',
    db,
    hot: postgresHotPath({ query: (query) => pool.query(query).catch(rethrowGone) }),
    transaction,
    // a connection that is gone is noticed by whoever asks over it
    assertThere: () => undefined,
    close: () => pool.end(),
  }
}

const transactions = (pool: pg.Pool) => {
  const perClient = new WeakMap<pg.PoolClient, Tx & { readonly client: pg.PoolClient }>()
  return async <T>(work: (tx: Tx & { readonly client: pg.PoolClient }) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch(rethrowGone)
    const tx = perClient.get(client) ?? { client, db: kyselyOn(client), hot: postgresHotPath(client) }
    perClient.set(client, tx)
    try {
      await client.query('begin')
      const result = await work(tx)
      await client.query('commit')
      client.release()
      return result
    } catch (error) {
      // A connection that cannot even undo is thrown away, with whatever it still held.
      const isUndone = await client.query('rollback').then(
        () => true,
        () => false,
      )
      client.release(!isUndone)
      throw isUndone ? error : goneOr(error)
    }
  }
}

/** A Kysely that stays on the transaction's own connection. */
const kyselyOn = (client: pg.PoolClient) => {
  const query = client.query.bind(client) as never
  return new Kysely<Database>({
    dialect: new PostgresDialect({
      pool: { connect: async () => ({ query, release: () => undefined }), end: async () => undefined },
    }),
  })
}

/** A Kysely for reading, over whichever connection is free. */
const kyselyOver = (pool: pg.Pool) => {
  const connect = async () => {
    const client = await pool.connect().catch(rethrowGone)
    const query = ((text: string, values: unknown[]) => client.query(text, values).catch(rethrowGone)) as never
    return { query, release: () => client.release() }
  }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: { connect, end: async () => undefined } }) })
}

/** What PostgreSQL says has a code, and so has what the system says of the line; a line that ends in the middle of an answer has none. */
const goneOr = (error: unknown): unknown =>
  error instanceof Error && error.constructor === Error && !('code' in error)
    ? new DatabaseGone('The connection to the database has ended.', { cause: error })
    : error

const rethrowGone = (error: unknown): never => {
  throw goneOr(error)
}

const assertUsable = async (pool: pg.Pool) => {
  const { rows } = await pool
    .query(`select current_setting('server_version_num')::int / 10000 as version, current_setting('synchronous_commit') as commit,
      current_setting('fsync') as fsync`)
    .catch((error: Error) => {
      throw new UnusableDatabase(`PostgreSQL does not answer at DATABASE_URL: ${error.message}`)
    })
  const { version, commit, fsync } = rows[0] as { version: number; commit: string; fsync: string }
  if (version < oldestPostgres) {
    throw new UnusableDatabase(`PostgreSQL ${version} is too old: ${oldestPostgres} or later is needed.`)
  }
  if (commit === 'off' || fsync === 'off') {
    throw new UnusableDatabase(
      `PostgreSQL does not flush before it confirms (synchronous_commit ${commit}, fsync ${fsync}): both must be on.`,
    )
  }
}
