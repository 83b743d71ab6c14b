import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import { sqliteFile } from '#server/db/sqlite.ts'
import { activityFields, beginProvince, makeId, makeTablet } from '#test/support/province.ts'
import { onBothDatabases } from './subjects.ts'

interface Asked {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Notes every statement that runs while `work` does, on whichever connection. */
const listen = async (work: () => Promise<void>): Promise<readonly Asked[]> => {
  const asked: Asked[] = []
  const { prepare } = DatabaseSync.prototype
  const { query } = pg.Client.prototype
  DatabaseSync.prototype.prepare = function (text) {
    asked.push({ text, values: [] })
    return prepare.call(this, text)
  }
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first, second] = given as [string | { text: string; values?: unknown[] }, unknown[] | undefined]
    const text = typeof first === 'string' ? first : first.text
    const values = typeof first === 'string' ? second : first.values
    asked.push({ text, values: Array.isArray(values) ? values : [] })
    return (query as (...all: unknown[]) => unknown).apply(this, given)
  } as typeof query
  try {
    await work()
  } finally {
    DatabaseSync.prototype.prepare = prepare
    pg.Client.prototype.query = query
  }
  return asked
}

const hasPlan = ({ text }: Asked) => /^\s*(select|with|update|delete)/i.test(text)

/** A table that grows, read for a whole province: as long as reading it from end to end. */
const wholeProvince = /^SEARCH (changes|records|held|departures|deliveries)\b.*\(province=\?\)$/

/** A table that is read from end to end; the values of a list that was handed in are none. */
const scansOfSqlite = (file: string, asked: readonly Asked[]): string[] => {
  const database = new DatabaseSync(file, { readOnly: true })
  const found = asked.flatMap(({ text }) =>
    (database.prepare(`explain query plan ${text}`).all() as { detail: string }[])
      .filter(({ detail }) => /^SCAN (?!json_each|CONSTANT)/.test(detail) || wholeProvince.test(detail))
      .map(({ detail }) => `${detail} · ${text}`),
  )
  database.close()
  return found
}

/**
 * In small tables PostgreSQL would always read everything: forbidden that, it does so only where no index serves. Which part of an index it
 * would use in a large one, so small a one does not tell: SQLite's plans do.
 */
const scansOfPostgres = async (url: string, asked: readonly Asked[]): Promise<string[]> => {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('set enable_seqscan = off')
  const found: string[] = []
  for (const { text, values } of asked) {
    const { rows } = await client.query({ text: `explain ${text}`, values: [...values] })
    const lines = rows.map((row) => String(row['QUERY PLAN']))
    found.push(...lines.filter((line) => line.includes('Seq Scan')).map((line) => `${line.trim()} · ${text}`))
  }
  await client.end()
  return found
}

onBothDatabases('An exchange', ({ store, options, reopen }) => {
  test('reads no table from end to end, whatever it sends and reads', async () => {
    const before = await beginProvince(store())
    const place = await before.place('โรงเรียนสมมติ')
    const officer = (await before.staff(['officer'], [place])) as StaffId
    // statements that are prepared already would not be heard
    await reopen()
    const writer = await makeTablet(store(), before, officer)
    const reader = await makeTablet(store(), before, officer)
    const asked = await listen(async () => {
      const session = makeId()
      const record = makeId()
      await writer.send([
        writer.change(record, 'activity', activityFields(place)),
        writer.change(session, 'training-session', { place, heldOn: '2026-11-02' }),
        writer.change(makeId(), 'unheard-of', {}),
      ])
      await reader.readAll()
      await writer.send([writer.change(record, 'activity', { from15Female: 3 }, writer.base())])
      await reader.send()
      await reader.send()
    })
    const plans = asked.filter(hasPlan)
    expect(plans.length).toBeGreaterThan(10)
    expect(plans.some(({ text }) => text.includes('records'))).toBe(true)
    const { databaseUrl, dataDir } = options()
    const scans = databaseUrl ? await scansOfPostgres(databaseUrl, plans) : scansOfSqlite(sqliteFile(dataDir), plans)
    expect(scans.filter((one) => !/\bprovinces\b/.test(one.split(' · ')[0]!))).toEqual([])
  })
})
