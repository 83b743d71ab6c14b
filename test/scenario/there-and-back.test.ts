import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { restoreBackup } from '#server/operations/backup/restore.ts'
import { takeBackup } from '#server/operations/backup/take.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import { secret, temporaryStore } from '#test/support/province.ts'

// The way from one database to the other and back, through the real backup and restore, while tablets work on.

let folder: string
let postgres: TestPostgres
let server: Store
let field: Field
let school: RecordId
let workers: readonly Worker[]
const ends: (() => Promise<void>)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-way-'))
  postgres = await startPostgres()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

const newServer = async (databaseUrl?: string) => {
  const made = await temporaryStore(databaseUrl)
  ends.push(made.end)
  return made
}

const logUpTo = async ({ db }: Store, seq: number) =>
  db.selectFrom('changes').selectAll().where('seq', '<=', seq).orderBy('seq').execute()
/** Folded records that nothing above the number has touched. */
const recordsUpTo = async ({ db }: Store, seq: number) => {
  const rows = await db.selectFrom('records').selectAll().where('seq', '<=', seq).orderBy('id').execute()
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }))
}
const headOf = ({ db }: Store) => db.selectFrom('provinces').select(['seq', 'chain', 'epoch']).executeTakeFirstOrThrow()

const altered = async (worker: Worker, record: RecordId, outcome: string) => {
  const { base } = (await worker.store.record(record))!
  await worker.store.save({ kind: 'activity', record, base, set: { outcome }, author: worker.staff })
}

/** Every tablet saves and sends, again and again, until it is told to stop; answers what it has been told is safe. */
const beginLoad = () => {
  let working = true
  let rounds = 0
  const turns = workers.map(async (worker, who) => {
    const first = anActivity(worker, school)
    await worker.store.save(first)
    while (working) {
      await worker.store.saveAll([anActivity(worker, school), anActivity(worker, school)])
      await altered(worker, first.record, `ผลที่ ${rounds} ของคนที่ ${who}`)
      expect((await worker.sync()).state).toBe('quiet')
      rounds++
      await new Promise(setImmediate)
    }
  })
  return {
    rounds: () => rounds,
    stop: async () => {
      working = false
      await Promise.all(turns)
    },
  }
}

/** Backs the server up in the middle of work, and works on a while: the backup lacks the end of it. */
const backUpUnderLoad = async (name: string, again: () => Promise<Store>) => {
  const load = beginLoad()
  await expect.poll(load.rounds).toBeGreaterThan(10)
  const file = join(folder, name)
  const reader = await again()
  const before = load.rounds()
  await takeBackup(reader, file, { version: '0.0.0', now: field.province.clock.now })
  await reader.close()
  const during = load.rounds() - before
  await expect.poll(load.rounds).toBeGreaterThan(before + during + 10)
  await load.stop()
  return { file, during }
}

/** The first exchange learns that the server was restored; after the second of each everybody has everything. */
const goOn = async () => {
  for (const worker of workers) expect(await worker.sync()).toMatchObject({ state: 'later' })
  for (let turn = 0; turn < 2; turn++)
    for (const worker of workers) expect(await worker.sync()).toMatchObject({ state: 'quiet' })
}

const everything = async ({ store }: Worker) => {
  const views = await store.records(activity)
  return views
    .map(({ id, values, seq, safety }) => ({ id, values, seq, safety }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

const linesOf = async ({ db }: Store) =>
  (await db.selectFrom('changes').select(['device', 'n', 'line']).execute())
    .map(({ device, n, line }) => `${device} ${n} ${line}`)
    .sort()

test('from SQLite to PostgreSQL and back: the same records and heads, and tablets go on with each', async () => {
  const sqlite = await newServer()
  server = sqlite.store
  field = await beginField(() => server)
  school = await field.province.place('โรงเรียนสมมติ')
  workers = [await field.worker(['officer'], [school]), await field.worker(['officer'], [school])]
  // so much that reading it takes a while, in which the work goes on
  const many = Array.from({ length: 1500 }, () => anActivity(workers[0]!, school))
  await workers[0]!.store.saveAll(many.map((one) => ({ ...one, set: { ...one.set, outcome: 'ผลที่ได้ '.repeat(60) } })))
  for (const worker of workers) await worker.sync()

  const way = [
    { name: 'to-postgresql.gz', from: () => openStore(sqlite.options), to: await postgres.createDatabase() },
    { name: 'and-back.gz', from: () => openStore({ databaseUrl: way[0]!.to, dataDir: folder }), to: undefined },
  ] as const
  for (const { name, from, to } of way) {
    const { file, during } = await backUpUnderLoad(name, from)
    expect(during).toBeGreaterThan(0)
    const old = server
    const [before, acknowledged] = [await headOf(old), await linesOf(old)]

    const restored = (await newServer(to)).store
    const means = { secretKey: secret, now: field.province.clock.now, random: (length: number) => randomBytes(length) }
    const [head] = await restoreBackup(restored, file, means)
    expect(head!.seq).toBeLessThan(before.seq)
    expect(await headOf(restored)).toMatchObject({ seq: head!.seq, chain: head!.chain })
    expect((await headOf(restored)).epoch).not.toBe(before.epoch)
    const log = await logUpTo(restored, before.seq)
    expect(log).toEqual(await logUpTo(old, head!.seq))
    expect(log.at(-1)).toMatchObject({ seq: head!.seq, chain: head!.chain })
    const untouched = await recordsUpTo(old, head!.seq)
    const ids = new Set(untouched.map(({ id }) => id))
    expect(untouched.length).toBeGreaterThan(1500)
    expect((await recordsUpTo(restored, head!.seq)).filter(({ id }) => ids.has(id))).toEqual(untouched)

    server = restored
    const fresh = workers.map((worker) => anActivity(worker, school))
    for (const [at, worker] of workers.entries()) await worker.store.save(fresh[at]!)
    await goOn()
    const lines = await linesOf(server)
    expect(new Set(lines).size).toBe(lines.length)
    expect(lines).toEqual(expect.arrayContaining(acknowledged))
    expect(lines).toHaveLength(acknowledged.length + fresh.length)
    const [mine, theirs] = [await everything(workers[0]!), await everything(workers[1]!)]
    expect(mine).toEqual(theirs)
    for (const { safety } of mine) expect(safety).toBe('safe')
    expect(mine.map(({ id }) => id)).toEqual(expect.arrayContaining(fresh.map(({ record }) => record)))
  }
})
