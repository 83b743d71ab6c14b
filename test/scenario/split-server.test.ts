import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import type { Store } from '#server/db/connect.ts'
import { declareOver, siblings } from '#server/log/siblings.ts'
import { restoreBackup } from '#server/operations/backup/restore.ts'
import { takeBackup } from '#server/operations/backup/take.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { secret, temporaryStore } from '#test/support/province.ts'

// One backup is restored twice, and both servers are used (law 8): nothing is mixed before the operator has said which one goes on.

type Server = Awaited<ReturnType<typeof temporaryStore>>
let folder: string
let first: Server
let second: Server
let server: Store
let field: Field
let school: RecordId
let somchai: Worker
let malee: Worker
let before: RecordId

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-split-'))
  const old = await temporaryStore()
  server = old.store
  field = await beginField(() => server)
  school = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
  malee = await field.worker(['officer'], [school])
  before = await saves(somchai)
  for (const worker of [somchai, malee]) await worker.sync()
  const file = join(folder, 'one.gz')
  await takeBackup(server, file, { version: '0.0.0', now: 1 })
  ;[first, second] = [await restored(file), await restored(file)]
  await old.end()
})
afterEach(async () => {
  for (const one of [first, second]) await one.end()
  rmSync(folder, { recursive: true, force: true })
})

const restored = async (file: string): Promise<Server> => {
  const made = await temporaryStore()
  await restoreBackup(made.store, file, { secretKey: secret, now: 2, random: (length) => randomBytes(length) })
  return made
}
const saves = async (worker: Worker) => {
  const edit = anActivity(worker, school)
  await worker.store.save(edit)
  return edit.record
}
const meets = async (worker: Worker, { store }: Server) => {
  server = store
  let outcome = await worker.sync()
  if (outcome.state === 'later' && outcome.failure.code === 'unknown-head') outcome = await worker.sync()
  return outcome
}
const logged = async ({ store }: Server) =>
  (await store.db.selectFrom('changes').select('line').execute())
    .map(({ line }) => JSON.parse(line) as { kind: string; record: RecordId })
    .filter(({ kind }) => kind === 'activity')
    .map(({ record }) => record)
    .sort()
const shown = async ({ store }: Worker) => (await store.records(activity)).map(({ id }) => id).sort()
const epochOf = async ({ store }: Server) =>
  (await store.db.selectFrom('provinces').select('epoch').executeTakeFirstOrThrow()).epoch
const asked = { state: 'later', failure: { code: 'split-server' } }
const quiet = { state: 'quiet' }

describe('a backup that was restored twice', () => {
  test('a tablet of the one is refused by the other: nothing is sent, nothing is read, nothing is offered again', async () => {
    const his = await saves(somchai)
    expect(await meets(somchai, first)).toMatchObject(quiet)
    const hers = await saves(malee)
    expect(await meets(malee, second)).toMatchObject(quiet)
    const unsent = await saves(somchai)
    expect(await meets(somchai, second)).toMatchObject(asked)
    expect(await meets(somchai, second)).toMatchObject(asked)
    expect(await logged(second)).toEqual([before, hers].sort())
    expect(await shown(somchai)).toEqual([before, his, unsent].sort())
    expect((await somchai.store.record(his))?.safety).toBe('safe')
    expect((await somchai.store.record(unsent))?.safety).toBe('tablet')
    expect(await siblings(second.store.db, field.province.id)).toMatchObject([
      { epoch: await epochOf(first), overAt: null },
    ])
    // its own server takes it as ever
    expect(await meets(somchai, first)).toMatchObject(quiet)
    expect(await logged(first)).toEqual([before, his, unsent].sort())
  })

  test('once the operator has said that the other log is over, everything of both comes together, once', async () => {
    const his = await saves(somchai)
    await meets(somchai, first)
    const hers = await saves(malee)
    await meets(malee, second)
    const unsent = await saves(somchai)
    expect(await meets(somchai, second)).toMatchObject(asked)
    const over = { province: field.province.id, epoch: await epochOf(first), now: 3 }
    await second.store.transaction((tx) => declareOver(tx, over))
    expect(await meets(somchai, second)).toMatchObject(quiet)
    for (const worker of [malee, somchai]) expect(await meets(worker, second)).toMatchObject(quiet)
    const all = [before, his, hers, unsent].sort()
    expect(await logged(second)).toEqual(all)
    for (const worker of [somchai, malee]) {
      expect(await shown(worker)).toEqual(all)
      for (const { safety } of await worker.store.records(activity)) expect(safety).toBe('safe')
    }
    // and it belongs to the second server now: the first must ask in its turn
    expect(await meets(somchai, first)).toMatchObject(asked)
  })

  test('a tablet that was on neither goes on with whichever it meets, without a question', async () => {
    const hers = await saves(malee)
    expect(await meets(malee, second)).toMatchObject(quiet)
    expect(await logged(second)).toEqual([before, hers].sort())
    expect(await siblings(second.store.db, field.province.id)).toEqual([])
  })

  test('the command names the other epoch, and settles it', async () => {
    await saves(somchai)
    await meets(somchai, first)
    await meets(somchai, second)
    const epoch = await epochOf(first)
    const program = fileURLToPath(new URL('../../sync-server/operations/split.ts', import.meta.url))
    const run = (...args: readonly string[]) =>
      new Promise<{ code: number; out: string }>((resolve) => {
        const env = { PATH: process.env.PATH, DATA_DIR: second.options.dataDir }
        execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), out: stdout + stderr }),
        )
      })
    expect((await run()).out).toMatch(
      new RegExp(`^${epoch}  up to number \\d+, .*undecided: its tablets are refused\n`),
    )
    expect(await run('another')).toMatchObject({ code: 1, out: 'No tablet has told of it.\n' })
    expect(await run(epoch)).toMatchObject({ code: 0 })
    expect((await run()).out).toContain('over since')
    expect(await meets(somchai, second)).toMatchObject(quiet)
  })
})
