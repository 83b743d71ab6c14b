import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type Store } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { verifyDatabase } from '#server/operations/verify/database.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import { beginProvince, makeId, secret } from '#test/support/province.ts'

/** The tables of which one must be read and written by province alone. */
const growing = ['changes', 'records', 'departures', 'held', 'deliveries', 'access_log']

let postgres: TestPostgres
let url: string
let store: Store
beforeAll(async () => {
  postgres = await startPostgres()
  url = await postgres.createDatabase()
  store = await openStore({ databaseUrl: url, dataDir: '' })
}, 60_000)
afterAll(async () => {
  await store.close()
  await postgres.stop()
})

const ask = async (text: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(text)).rows as Record<string, string>[]
  } finally {
    await client.end()
  }
}

test('every key and every unique index of a table that grows begins with the province', async () => {
  const rows =
    await ask(`select tablename, indexdef from pg_indexes where tablename in (${growing.map((one) => `'${one}'`)})
    and indexdef like 'CREATE UNIQUE%'`)
  expect(new Set(rows.map(({ tablename }) => tablename))).toEqual(new Set(growing))
  for (const { indexdef } of rows) expect(indexdef).toMatch(/\(province,/)
})

/** As docs/scale.md tells it: the same columns, keys and indexes, in parts by province, with everything that was there. */
const partition = async (table: string, parts: Readonly<Record<string, string>>) => {
  await ask(`alter table ${table} rename to ${table}_before`)
  await ask(`create table ${table} (like ${table}_before including all) partition by list (province)`)
  for (const [name, id] of Object.entries(parts))
    await ask(`create table ${table}_${name} partition of ${table} for values in ('${id}')`)
  await ask(`insert into ${table} select * from ${table}_before`)
  await ask(`drop table ${table}_before`)
}

const countIn = async (table: string) => Number((await ask(`select count(*) as n from ${table}`))[0]!.n)

test('the log and the records in parts by province take the changes of two provinces, each in a part of its own', async () => {
  const [north, south] = [await beginProvince(store), await beginProvince(store)]
  await store.close()
  for (const table of ['changes', 'records']) await partition(table, { north: north.id, south: south.id })
  store = await openStore({ databaseUrl: url, dataDir: '' })

  for (const { id, admin, clock } of [north, south, north]) {
    const place = { author: admin, kind: 'place', record: makeId(), set: { name: 'โรงเรียนสมมติ', type: 'school' } }
    await store.transaction((tx) => appendOwn(tx, { province: id, now: clock.now }, [place]))
  }
  for (const table of ['changes', 'records']) {
    expect(await countIn(`${table}_north`)).toBe(3)
    expect(await countIn(`${table}_south`)).toBe(2)
  }
  const plan = await ask(`explain select * from changes where province = '${north.id}' and seq > 1`)
  expect(plan.map((row) => row['QUERY PLAN']).join()).not.toContain('changes_south')
  const findings = await verifyDatabase(store, secret)
  expect(findings.filter(({ is }) => is !== 'good')).toEqual([])
})
