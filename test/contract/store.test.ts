import { statSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStore, UnusableDatabase } from '#server/db/connect.ts'
import { sqliteFile } from '#server/db/sqlite.ts'
import { makeId } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

onBothDatabases('The store', ({ store, options }) => {
  const province = (name: string) => ({
    id: makeId() as string,
    name,
    sample: 0,
    seq: 9_007_199_254_740_991,
    chain: '',
    epoch: 'e',
    backup_seq: 0,
    id_key: '',
    created_at: 1_793_588_400_000,
    doubt: null,
  })

  test('numbers come back as numbers, as large as they can be', async () => {
    const row = province('หนึ่ง')
    await store().transaction(({ db }) => db.insertInto('provinces').values(row).execute())
    const read = await store().db.selectFrom('provinces').selectAll().where('id', '=', row.id).executeTakeFirst()
    expect(read).toEqual(row)
  })

  test('a transaction that throws leaves nothing behind, and the next one goes on', async () => {
    const [lost, kept] = [province('ทิ้ง'), province('เก็บ')]
    const failing = store().transaction(async ({ db }) => {
      await db.insertInto('provinces').values(lost).execute()
      throw new Error('stop')
    })
    const following = store().transaction(({ db }) => db.insertInto('provinces').values(kept).execute())
    await expect(failing).rejects.toThrow('stop')
    await following
    const rows = await store().db.selectFrom('provinces').select('id').where('id', 'in', [lost.id, kept.id]).execute()
    expect(rows).toEqual([{ id: kept.id }])
  })

  test('a reader does not see what is not yet committed', async () => {
    const row = province('สอง')
    await store().transaction(async ({ db }) => {
      await db.insertInto('provinces').values(row).execute()
      const outside = await store().db.selectFrom('provinces').select('id').where('id', '=', row.id).execute()
      expect(outside).toEqual([])
    })
  })

  test('two programs that start at once on the same data both start', async () => {
    const stores = await Promise.all([openStore(options()), openStore(options())])
    for (const one of stores) {
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(one.db)
      expect(rows.map(({ name }) => name)).toEqual([
        '001-begin',
        '002-copies-and-couriers',
        '003-proofs',
        '004-what-was-shown',
        '005-tablets',
        '006-weak-passwords',
        '007-doubt',
        '008-attempts-of-tablets',
        '009-keys-of-the-desk',
      ])
      await one.close()
    }
  })

  test('data of a newer program is refused with one line', async () => {
    const name = '999-from-the-future'
    const run = (text: ReturnType<typeof sql>) => store().transaction(({ db }) => text.execute(db))
    await run(sql`insert into kysely_migration (name, timestamp) values (${name}, '2030-01-01T00:00:00Z')`)
    const opening = openStore(options())
    await expect(opening).rejects.toThrow(UnusableDatabase)
    await expect(opening).rejects.toThrow(/^The database is newer than this program.*$/)
    await run(sql`delete from kysely_migration where name = ${name}`)
  })

  test('a database that does not flush is refused', async () => {
    if (store().dialect === 'sqlite') {
      expect(statSync(sqliteFile(options().dataDir)).mode & 0o777).toBe(0o600)
      const { rows } = await store().transaction(({ db }) =>
        sql<{ synchronous: number }>`pragma synchronous`.execute(db),
      )
      expect(rows).toEqual([{ synchronous: 2 }])
      return
    }
    const url = new URL(options().databaseUrl!)
    url.searchParams.set('options', '-c synchronous_commit=off')
    await expect(openStore({ ...options(), databaseUrl: url.href })).rejects.toThrow('synchronous_commit off')
  })
})

test('a database that does not answer is named in one line, without its password', async () => {
  const databaseUrl = 'postgres://bowon:hunter2@127.0.0.1:1/bowon'
  const message = await openStore({ dataDir: '/nonexistent', databaseUrl }).catch((error: Error) => error.message)
  expect(message).toContain('PostgreSQL does not answer')
  expect(message).not.toContain('hunter2')
})
