import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { declareOver } from '#server/log/siblings.ts'
import { restoreBackup } from '#server/operations/backup/restore.ts'
import { takeBackup } from '#server/operations/backup/take.ts'
import { chanceOf } from '#test/simulation/chance.ts'
import { anActivity, beginField, type Field, type Weather, type Worker } from '#test/support/field.ts'
import { printFigure, seed } from '#test/support/figure.ts'
import { secret } from '#test/support/province.ts'

// A server goes back to an older backup, again and again, while tablets work on (law 8, faults 52 and 53).

vi.mock('dexie', () => import('#test/simulation/quick-dexie.ts'))

/** The soak raises this to 200. */
const restores = Number(process.env.RESTORES ?? 10)
const oneDay = 24 * 3_600_000

interface Backup {
  readonly at: number
  /** A file of `npm run backup`, or the database's own files as somebody has copied them. */
  readonly kind: 'file' | 'copy'
  readonly path: string
}

const chance = chanceOf(seed)
let folder: string
let server: Store
let field: Field
let school: RecordId
let workers: readonly Worker[]
let backups: Backup[]
let made: number
/** What each change says, which no other says: everything that was ever saved, and what a quiet exchange has acknowledged. */
let saved: string[]
let acknowledged: Set<string>
let copiesBack: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-restores-'))
  made = 0
  copiesBack = 0
  backups = []
  saved = []
  acknowledged = new Set()
  server = await openStore({ dataDir: dataDir() })
  field = await beginField(() => server)
  school = await field.province.place('โรงเรียนสมมติ')
  workers = []
  for (let i = 0; i < 3; i++) workers = [...workers, await field.worker(['officer'], [school])]
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const dataDir = () => join(folder, `data ${made}`)
const now = () => field.province.clock.now

const backUp = async () => {
  const kind = chance.happens(0.3) ? 'copy' : 'file'
  const path = join(folder, `backup ${backups.length} of ${saved.length} at ${now()}`)
  if (kind === 'file') {
    await takeBackup(server, path, { version: '0.0.0', now: now() })
  } else {
    await server.close()
    cpSync(dataDir(), path, { recursive: true })
    server = await openStore({ dataDir: dataDir() })
  }
  backups.push({ at: now(), kind, path })
}

/** Puts any of the backups of the last twenty days in the place of everything; nothing is told to anybody. */
const restoreAny = async () => {
  const { kind, path } = chance.pick(backups)
  await server.close()
  rmSync(dataDir(), { recursive: true })
  made++
  if (kind === 'copy') {
    copiesBack++
    cpSync(path, dataDir(), { recursive: true })
  }
  server = await openStore({ dataDir: dataDir() })
  if (kind === 'file')
    await restoreBackup(server, path, { secretKey: secret, now: now(), random: (n) => randomBytes(n) })
}

const work = async (worker: Worker) => {
  const says = `ผลที่ ${saved.length} จากทั้งหมด`
  const known = await worker.store.records(activity)
  const edit = anActivity(worker, school)
  const before = known.length > 0 && chance.happens(0.4) ? chance.pick(known) : null
  const done = await worker.store.save(
    before
      ? { ...edit, record: before.id, base: before.base, set: { outcome: says } }
      : { ...edit, set: { ...edit.set, outcome: says } },
  )
  expect(done.ok).toBe(true)
  saved.push(says)
  savedOn.get(worker)?.push(says) ?? savedOn.set(worker, [says])
}
const savedOn = new WeakMap<Worker, string[]>()

/** Exchanges as a tablet does by itself, and the operator says of a log that another one stands in its place that it is over. */
const meet = async (worker: Worker, weather: Weather = 'fair') => {
  worker.weather = weather
  for (let tries = 0; tries < 12; tries++) {
    const outcome = await worker.sync()
    if (outcome.state === 'quiet') {
      for (const says of savedOn.get(worker) ?? []) acknowledged.add(says)
      await worker.store.exchange.prune()
      return
    }
    if (weather !== 'fair') return
    if (outcome.state !== 'later') throw new Error(`stuck: ${JSON.stringify(outcome)}`)
    const { code, detail } = outcome.failure
    if (code !== 'split-server') continue
    const over = { province: field.province.id, epoch: detail!, now: now() }
    await server.transaction((tx) => declareOver(tx, over))
  }
  throw new Error('an exchange never comes to an end')
}

const weathers: readonly Weather[] = ['fair', 'fair', 'fair', 'answer-lost', 'no-network', 'twice', 'portal']
const aWhile = async () => {
  for (let left = 3 + chance.below(8); left > 0; left--) {
    const worker = chance.pick(workers)
    for (let count = chance.below(3); count >= 0; count--) await work(worker)
    if (chance.happens(0.6)) await meet(worker, chance.pick(weathers))
    if (chance.happens(0.1)) await worker.restart()
    if (chance.happens(0.2)) await backUp()
  }
}

/** Every change that was ever saved is in the log, once, and all tablets show the same. */
const expectAllIsBack = async () => {
  for (let round = 0; round < 3; round++) for (const worker of workers) await meet(worker)
  const log = await server.db.selectFrom('changes').select('line').execute()
  const found = new Map<string, number>()
  for (const { line } of log) {
    const says = (JSON.parse(line) as { set?: { outcome?: string } }).set?.outcome
    if (says) found.set(says, (found.get(says) ?? 0) + 1)
  }
  expect([...acknowledged].filter((says) => !found.has(says))).toEqual([])
  expect([...found].filter(([, times]) => times !== 1)).toEqual([])
  expect([...found.keys()].sort()).toEqual([...saved].sort())
  const shown = await Promise.all(
    workers.map(async ({ store }) =>
      (await store.records(activity))
        .map(({ id, values, conflicts, safety }) => ({ id, values, conflicts, safety }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ),
  )
  for (const one of shown) expect(one).toEqual(shown[0])
  for (const { safety } of shown[0]!) expect(safety).toBe('safe')
}

test(
  `${restores} times any older backup is restored while three tablets go on: every acknowledged change comes back, once`,
  async () => {
    await aWhile()
    await backUp()
    for (let count = 1; count <= restores; count++) {
      await aWhile()
      field.province.clock.now += oneDay
      for (const worker of workers) worker.tablet.now += oneDay
      await restoreAny()
      backups = backups.filter(({ at, path }) => at > now() - 20 * oneDay || void rmSync(path, { recursive: true }))
      if (backups.length === 0) await backUp()
      if (count % 10 === 0) await expectAllIsBack()
    }
    await expectAllIsBack()
    printFigure(
      `${restores} restores, ${copiesBack} of them files copied back: ${acknowledged.size} changes acknowledged, 0 lost, 0 doubled`,
    )
  },
  60_000 + restores * 10_000,
)

test('a change whose base was of a lost log has still seen what the same tablet had seen before it', async () => {
  const [first, second, reader] = workers as [Worker, Worker, Worker]
  const begun = anActivity(first, school)
  const edit = { ...begun, set: { ...begun.set, outcome: 'เริ่ม' } }
  await first.store.save(edit)
  for (const worker of workers) await meet(worker)
  const path = join(folder, 'the one backup')
  await takeBackup(server, path, { version: '0.0.0', now: now() })
  backups = [{ at: now(), kind: 'file', path }]
  const alter = async (outcome: string) => {
    const { base } = (await second.store.record(edit.record))!
    await second.store.save({ ...edit, base, set: { outcome }, author: second.staff })
  }
  await alter('หนึ่ง')
  await restoreAny()
  for (const worker of workers) await meet(worker)
  await alter('สอง')
  await restoreAny()
  // who reads in between meets the last change without the one that it had replaced
  for (const worker of [reader, second, reader, first, second]) await meet(worker)
  const shown = await Promise.all(workers.map(({ store }) => store.record<typeof activity>(edit.record)))
  for (const one of shown) {
    expect(one?.values.outcome).toBe('สอง')
    expect(one?.conflicts).toEqual({})
  }
})
