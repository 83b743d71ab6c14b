import { randomBytes } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StaffId } from '#domain/kernel/id.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { exchange } from '#server/log/exchange.ts'
import { loadReceiptKey } from '#server/log/receipts.ts'
import { UnusableBackup } from '#server/operations/backup/format.ts'
import { checkBackup } from '#server/operations/backup/read.ts'
import { restoreBackup } from '#server/operations/backup/restore.ts'
import { takeBackup } from '#server/operations/backup/take.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import {
  activityFields,
  beginProvince,
  makeId,
  makeTablet,
  secret,
  type TestProvince,
  temporaryStore,
} from '#test/support/province.ts'

let postgres: TestPostgres
let folder: string
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  postgres = await startPostgres()
  folder = mkdtempSync(join(tmpdir(), 'bowon-backup-'))
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Kind = 'sqlite' | 'postgresql'
const newStore = async (kind: Kind) => {
  const databaseUrl = kind === 'postgresql' ? await postgres.createDatabase() : undefined
  const made = await temporaryStore(databaseUrl)
  ends.push(made.end)
  return { store: made.store, again: () => openStore(made.options) }
}
const facts = { version: '0.0.0', now: 1 }
const means = { secretKey: secret, now: 2, random: (length: number) => randomBytes(length) }
const fileNamed = (name: string) => join(folder, `${name}-${makeId()}.gz`)

/** A school, its officer, and tablets that send one change after another until they are told to stop. */
const beginWork = async (store: Store, many = 0) => {
  const province = await beginProvince(store)
  const place = await province.place('โรงเรียนสมมติ')
  const officer = (await province.staff(['officer'], [place])) as StaffId
  const tablet = await makeTablet(store, province, officer)
  // So many that reading them takes a while, in which the work goes on.
  for (let sent = 0; sent < many; sent += 400) {
    const outcome = 'ผลที่ได้ '.repeat(60)
    const lines = Array.from({ length: 400 }, () =>
      tablet.change(makeId(), 'activity', activityFields(place, { outcome: `${outcome}${makeId()}` })),
    )
    await tablet.send(lines)
  }
  let working = true
  const sent: string[] = []
  const once = async () => {
    const record = makeId()
    sent.push(record)
    await tablet.send([
      tablet.change(record, 'activity', activityFields(place, { outcome: `ผลที่ ${sent.length} \u2028` })),
    ])
  }
  const work = (async () => {
    while (working) {
      await once()
      // SQLite answers at once: without this nothing else would ever run.
      await new Promise(setImmediate)
    }
  })()
  const stop = async () => {
    working = false
    await work
  }
  ends.push(stop)
  return { province, place, officer, tablet, sent, once, stop }
}

const contentOf = async ({ db }: Store, province: string, upTo: number) => {
  const changes = await db
    .selectFrom('changes')
    .selectAll()
    .where('province', '=', province)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .execute()
  const records = await db
    .selectFrom('records')
    .selectAll()
    .where('province', '=', province)
    .where('seq', '<=', upTo)
    .orderBy('id')
    .execute()
  return { changes, records: records.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown })) }
}
const headOf = ({ db }: Store, province: TestProvince) =>
  db
    .selectFrom('provinces')
    .select(['epoch', 'seq', 'chain', 'backup_seq'])
    .where('id', '=', province.id)
    .executeTakeFirstOrThrow()

test.each<[Kind, Kind]>([
  ['sqlite', 'postgresql'],
  ['postgresql', 'sqlite'],
])(
  'a backup taken under load on %s restores on %s: the same log, the same records, and tablets go on',
  async (from, to) => {
    const source = await newStore(from)
    const work = await beginWork(source.store, 2400)
    while (work.sent.length < 30) await new Promise(setImmediate)
    const file = fileNamed(from)
    const other = await source.again()
    const during = work.sent.length
    await takeBackup(other, file, facts)
    await other.close()
    while (work.sent.length < during + 20) await new Promise(setImmediate)
    await work.stop()

    const { store } = await newStore(to)
    const [head] = await restoreBackup(store, file, means)
    expect(head!.seq).toBeGreaterThan(2430)
    expect(head!.seq).toBeLessThan((await headOf(source.store, work.province)).seq)
    expect(await contentOf(store, work.province.id, head!.seq)).toEqual(
      await contentOf(source.store, work.province.id, head!.seq),
    )
    expect((await headOf(source.store, work.province)).backup_seq).toBe(head!.seq)
    const restored = await headOf(store, work.province)
    expect(restored).toMatchObject({ seq: head!.seq, chain: head!.chain, backup_seq: head!.seq })
    expect(restored.epoch).not.toBe(work.province.epoch)

    const key = (await loadReceiptKey(store.db, work.province.id, secret))!
    const province = { ...work.province, key }
    const { db } = store
    const { device, head: known } = work.tablet
    const asked = { protocol: 1, device, now: 3, head: known! }
    const answer = await exchange(store, { province: province.id, device, reader: null, now: 3, key }, asked, [])
    expect(answer).toMatchObject({ ok: false, failure: { code: 'unknown-head' } })
    const fresh = await makeTablet(store, province, work.officer)
    const record = makeId()
    await fresh.send([fresh.change(record, 'activity', activityFields(work.place))])
    const numbered = await db.selectFrom('changes').select('seq').where('record', '=', record).executeTakeFirstOrThrow()
    expect(numbered.seq).toBe(head!.seq + 1)
  },
)

test('what is held, who may sign in, the keys and the access log come along; browsers sign in again', async () => {
  const source = await newStore('sqlite')
  const work = await beginWork(source.store)
  await work.stop()
  await work.tablet.send([work.tablet.change(makeId(), 'activity', { outcome: 'ไม่มีอะไรอื่น' })])
  await source.store.transaction(async ({ db }) => {
    const account = { province: work.province.id, staff: work.officer as string, username: 'officer', password: 'hash' }
    await db
      .insertInto('accounts')
      .values({ ...account, must_change: 1, weak: 1, disabled: 0, failures: 2, next_attempt_at: 5, created_at: 1 })
      .execute()
    // what it is for, and whom it admits, hangs on its record
    await db.updateTable('devices').set({ tablet: makeId() }).where('id', '=', work.tablet.device).execute()
    await db
      .insertInto('sessions')
      .values({ province: work.province.id, id: 's', device: null, created_at: 1, seen_at: 1 })
      .execute()
  })
  const file = fileNamed('all')
  await takeBackup(source.store, file, facts)
  const { store } = await newStore('sqlite')
  await restoreBackup(store, file, means)
  for (const table of [
    'held',
    'accounts',
    'devices',
    'device_people',
    'keys',
    'settings',
    'reaches',
    'departures',
  ] as const) {
    const rows = async (one: Store) =>
      (await one.db.selectFrom(table).selectAll().execute()).sort((a, b) =>
        JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
      )
    const restored = (await rows(store)).filter((row) => !('name' in row && row.name === 'access-log-head'))
    expect(restored, table).toEqual(await rows(source.store))
  }
  expect(await store.db.selectFrom('held').select('code').execute()).toEqual([{ code: 'missing-field' }])
  expect(await store.db.selectFrom('access_log').select('act').execute()).toEqual([{ act: 'restored' }])
  expect(await store.db.selectFrom('sessions').selectAll().execute()).toEqual([])
})

test('a backup that was altered, cut or mixed up restores nothing', async () => {
  const source = await newStore('sqlite')
  const work = await beginWork(source.store)
  await work.stop()
  await work.once()
  const file = fileNamed('whole')
  await takeBackup(source.store, file, facts)
  const text = gunzipSync(readFileSync(file)).toString()
  const lines = text.split('\n')
  const altered: Record<string, string> = {
    'one letter': text.replace('โรงเรียนสมมติ', 'โรงเรียนสมมุติ'),
    'no end': lines.slice(0, -2).join('\n'),
    'a cut line': text.slice(0, -20),
    'something after the end': `${text}{}\n`,
    'another format': text.replace('"bowon-backup":1', '"bowon-backup":2'),
    'something else': '{"hello":1}\n',
  }
  const { store } = await newStore('sqlite')
  for (const [how, content] of Object.entries(altered)) {
    const damaged = fileNamed('damaged')
    writeFileSync(damaged, gzipSync(content))
    await expect(checkBackup(damaged), how).rejects.toThrow(UnusableBackup)
    await expect(restoreBackup(store, damaged, means), how).rejects.toThrow(UnusableBackup)
  }
  const cut = fileNamed('cut')
  await new Promise<void>((resolve) =>
    createReadStream(file, { end: statSync(file).size - 100 })
      .pipe(createWriteStream(cut))
      .on('finish', () => resolve()),
  )
  await expect(checkBackup(cut)).rejects.toThrow(UnusableBackup)
  expect(await store.db.selectFrom('provinces').select('id').execute()).toEqual([])
  await restoreBackup(store, file, means)
})

test('a database that is not empty and a wrong secret key are refused', async () => {
  const source = await newStore('sqlite')
  const work = await beginWork(source.store)
  await work.stop()
  const file = fileNamed('refused')
  await takeBackup(source.store, file, facts)
  await expect(restoreBackup(source.store, file, means)).rejects.toThrow('not empty')
  const { store } = await newStore('sqlite')
  await expect(restoreBackup(store, file, { ...means, secretKey: 'another secret altogether' })).rejects.toThrow(
    'SECRET_KEY',
  )
  expect(await store.db.selectFrom('changes').select('seq').limit(1).execute()).toEqual([])
})

test('the file is readable by its owner only', async () => {
  const source = await newStore('sqlite')
  const work = await beginWork(source.store)
  await work.stop()
  const file = fileNamed('mode')
  await takeBackup(source.store, file, facts)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
