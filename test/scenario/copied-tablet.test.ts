import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { keepDoubt } from '#server/log/doubt.ts'
import { restoreBackup } from '#server/operations/backup/restore.ts'
import { takeBackup } from '#server/operations/backup/take.ts'
import { jsonCodec } from '#src/store/codec.ts'
import type { Edit } from '#src/store/types.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { makeId, secret, temporaryStore } from '#test/support/province.ts'

// A tablet is copied whole, journal and IndexedDB, and both go on under one device (law 4).

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let folder: string
let original: Worker
let twin: Worker

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-copied-'))
  server = await temporaryStore()
  field = await beginField(() => server.store)
  school = await field.province.place('โรงเรียนสมมติ')
  original = await field.worker(['officer'], [school])
})
afterEach(async () => {
  await server.end()
  rmSync(folder, { recursive: true, force: true })
})

const deviceOf = ({ store }: Worker) => store.people.identity.peek().device
const logged = async () =>
  (await server.store.db.selectFrom('changes').select(['device', 'n', 'line', 'proven']).orderBy('seq').execute())
    .map((row) => ({ ...row, record: (JSON.parse(row.line) as { record: string }).record }))
    .filter(({ line }) => line.includes('"kind":"activity"'))
const stillHeld = () =>
  server.store.db.selectFrom('held').select(['device', 'n', 'code']).where('state', '=', 'held').execute()
const shown = async ({ store }: Worker) =>
  (await store.records(activity))
    .map(({ id, values, safety }) => ({ id: id as string, values, safety }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

const saves = async (worker: Worker, count: number) => {
  const edits = Array.from({ length: count }, () => anActivity(worker, school))
  for (const edit of edits) await worker.store.save(edit)
  return edits.map(({ record }) => record)
}

/** They exchange until nobody has anything to say; whoever is another device now signs in when the server asks for it. */
const settle = async (...workers: readonly Worker[]) => {
  for (let turn = 0; turn < 4; turn++)
    for (const worker of workers) {
      const outcome = await worker.sync()
      if (outcome.state !== 'stuck') continue
      expect(outcome.failure.code).toBe('unknown-device')
      await worker.signIn()
    }
  for (const worker of workers) expect(await worker.sync()).toMatchObject({ state: 'quiet' })
}

const expectEverythingOnce = async (records: readonly RecordId[], ...workers: readonly Worker[]) => {
  const rows = await logged()
  expect(rows.map(({ record }) => record).sort()).toEqual([...records].sort())
  expect(await stillHeld()).toEqual([])
  const [first, ...others] = await Promise.all(workers.map(shown))
  expect(first!.map(({ id }) => id)).toEqual([...records].sort())
  for (const { safety } of first!) expect(safety).toBe('safe')
  for (const other of others) expect(other).toEqual(first)
}

describe('a tablet that was copied whole', () => {
  test('both save and send: everything of both is on the server once, and the one that is told is another device', async () => {
    const before = await saves(original, 2)
    await original.sync()
    const unsent = await saves(original, 2)
    twin = await original.copy()
    const device = deviceOf(original)
    const hers = await saves(twin, 2)
    const his = await saves(original, 2)
    const bytes = (await twin.store.exchange.lines([5, 6]))
      .values()
      .map(({ line }) => line)
      .toArray()

    expect(await original.sync()).toMatchObject({ state: 'quiet' })
    expect(await twin.sync()).toMatchObject({ state: 'stuck', failure: { code: 'unknown-device' } })
    expect(deviceOf(twin)).not.toBe(device)
    expect(twin.store.people.identity.peek().credential).toBeNull()
    for (const record of hers) expect((await twin.store.record(record))?.safety).toBe('tablet')
    await settle(twin, original)
    expect(deviceOf(original)).toBe(device)

    await expectEverythingOnce([...before, ...unsent, ...hers, ...his], original, twin)
    const rows = await logged()
    expect(rows.map(({ line }) => line)).toEqual(expect.arrayContaining(bytes))
    expect(rows.filter(({ device: own }) => own === deviceOf(twin)).map(({ n }) => n)).toEqual([5, 6])
    const [registered] = await server.store.db
      .selectFrom('devices')
      .select('follows')
      .where('id', '=', deviceOf(twin))
      .execute()
    expect(registered).toEqual({ follows: device })
    for (const row of rows) expect(row.proven).toBe(1)
  })

  test('what became of held changes of the one is not told to the other', async () => {
    const elsewhere = await field.province.place('ที่อื่นสมมติ')
    await saves(original, 1)
    await original.sync()
    twin = await original.copy()
    const refused = anActivity(original, elsewhere)
    await original.store.save(refused)
    const { base } = (await original.store.record(refused.record))!
    await original.store.save({ ...refused, base, set: { outcome: 'รออยู่' } })
    await original.sync()
    await original.store.save({ ...refused, set: { ...refused.set, place: school }, replaces: 2 })
    await original.sync()
    // the twin has nothing under these numbers, then something else
    expect(await twin.sync()).toMatchObject({ failure: { code: 'unknown-device' } })
    const [hers] = await saves(twin, 1)
    await settle(twin)
    expect((await twin.store.record(hers!))?.safety).toBe('safe')
    expect((await logged()).filter(({ record }) => record === hers)).toHaveLength(1)
  })

  test('the answer that tells of it is lost, the tablet dies, and its IndexedDB is erased: still once', async () => {
    const before = await saves(original, 1)
    twin = await original.copy()
    const his = await saves(original, 1)
    await original.sync()
    const hers = await saves(twin, 3)
    twin.weather = 'answer-lost'
    expect(await twin.sync()).toMatchObject({ state: 'later' })
    twin.weather = 'fair'
    await twin.restart()
    await settle(twin)
    const later = await saves(twin, 2)
    twin.tablet.eraseDatabase()
    await twin.restart()
    expect(await twin.store.exchange.queue()).toHaveLength(6)
    await settle(twin, original)
    await expectEverythingOnce([...before, ...his, ...hers, ...later], original, twin)
  })

  test('it dies between becoming another and putting its work back', async () => {
    twin = await original.copy()
    const his = await saves(original, 1)
    const hers = await saves(twin, 1)
    await original.sync()
    const decode = <T>(bytes: Uint8Array): Promise<T> => {
      if (twin.store.people.identity.peek().credential === null) throw new Error('the tablet dies')
      return jsonCodec.decode<T>(bytes)
    }
    twin.store.close()
    for (const folder of Object.values(twin.tablet.disk)) folder.crash()
    twin.store = await twin.tablet.open({ codec: { ...jsonCodec, decode } })
    await expect(twin.sync()).rejects.toThrow('the tablet dies')
    await twin.restart()
    expect(deviceOf(twin)).not.toBe(deviceOf(original))
    expect(await twin.store.exchange.queue()).toEqual([])
    await settle(twin, original)
    await expectEverythingOnce([...his, ...hers], original, twin)
  })

  test('a copy that has nothing to send learns of it by a number that it never gave', async () => {
    const before = await saves(original, 1)
    await original.sync()
    twin = await original.copy()
    const his = await saves(original, 1)
    await original.sync()
    expect(await twin.sync()).toMatchObject({ state: 'stuck', failure: { code: 'unknown-device' } })
    const hers = await saves(twin, 1)
    await settle(twin, original)
    await expectEverythingOnce([...before, ...his, ...hers], original, twin)
  })

  test('a complaint that was sealed on the copy reaches the desk, although its envelope names the device of before', async () => {
    twin = await original.copy()
    const sealed = (worker: Worker): Edit => ({
      kind: 'complaint',
      record: makeId(),
      base: null,
      set: { desk: 'main', receivedOn: '2026-11-02', parts: { a: { on: true, envelope: 'AAAA', size: 4 } } },
      author: worker.staff,
    })
    await original.store.save(sealed(original))
    const hers = sealed(twin)
    await twin.store.save(hers)
    await original.sync()
    await settle(twin, original)
    const rows = await server.store.db.selectFrom('changes').selectAll().where('record', '=', hers.record).execute()
    expect(rows).toMatchObject([{ device: deviceOf(twin), proven: 1 }])
    expect(rows[0]!.line).toContain(deviceOf(original))
    expect(await stillHeld()).toEqual([])
  })

  test('a count that both altered is asked about: the copies are two writers', async () => {
    const [record] = await saves(original, 1)
    await original.sync()
    twin = await original.copy()
    for (const [worker, count] of [
      [original, 20],
      [twin, 30],
    ] as const) {
      const { base } = (await worker.store.record(record!))!
      await worker.store.save({ ...anActivity(worker, school), record: record!, base, set: { from15Female: count } })
    }
    await original.sync()
    await twin.sync()
    await settle(twin, original)
    for (const worker of [original, twin]) {
      const { conflicts } = (await worker.store.record(record!))!
      expect(conflicts.from15Female?.map(({ value }) => value).sort()).toEqual([20, 30])
    }
  })

  test('what was held of it before waits on, and can be mended by either', async () => {
    const elsewhere = await field.province.place('โรงเรียนอื่น')
    const wrong = anActivity(original, elsewhere)
    await original.store.save(wrong)
    await original.sync()
    twin = await original.copy()
    const his = await saves(original, 1)
    await original.sync()
    const hers = await saves(twin, 1)
    await twin.sync()
    await settle(twin)
    await twin.store.save({ ...wrong, set: { ...wrong.set, place: school }, replaces: 1 })
    await settle(twin)
    expect((await twin.store.record(wrong.record))?.safety).toBe('safe')
    await original.store.save({ ...wrong, set: {}, replaces: 1 })
    await settle(original, twin)
    expect(await stillHeld()).toEqual([])
    const views = await shown(original)
    expect(views.map(({ id }) => id)).toEqual([wrong.record, ...his, ...hers].sort())
    expect(await shown(twin)).toEqual(views)
  })

  test('what is being signed when it learns that it was copied bears the signature of the device that said it', async () => {
    const supervisor = await field.worker(['supervisor'], [school])
    await supervisor.sync()
    twin = await supervisor.copy()
    await supervisor.store.save(anActivity(supervisor, school))
    await supervisor.sync()
    await twin.store.save(anActivity(twin, school))
    const key = twin.tablet.keys.get(twin.staff)!
    let signs = () => {}
    const slowly = new Promise<void>((resolve) => {
      signs = resolve
    })
    twin.store = await twin.tablet.open({
      sign: async (_, text) => {
        await slowly
        return { key: key.id, signature: key.signText(text) }
      },
    })
    const before = deviceOf(twin)
    const saving = twin.store.save(anActivity(twin, school))
    const told = twin.sync()
    // it is told of the copy, and waits for what is under way
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 800))])
    expect(deviceOf(twin)).toBe(before)
    signs()
    expect((await saving).ok).toBe(true)
    await told
    await settle(twin)
    const rows = await server.store.db.selectFrom('held').select('code').where('state', '=', 'held').execute()
    expect(rows.map(({ code }) => code)).not.toContain('forged')
  })

  test('the server is restored: what it lost of both devices comes back under the device that had it', async () => {
    const file = join(folder, 'before.gz')
    await takeBackup(server.store, file, { version: '0.0.0', now: field.province.clock.now })
    twin = await original.copy()
    const his = await saves(original, 2)
    await original.sync()
    const hers = await saves(twin, 3)
    await settle(twin, original)
    const more = await saves(twin, 1)
    await settle(twin)
    const [before, count] = [await logged(), his.length + hers.length + more.length]
    expect(before).toHaveLength(count)
    await server.end()
    server = await temporaryStore()
    await restoreBackup(server.store, file, { secretKey: secret, now: field.province.clock.now, random: randomBytes })
    // it does not know the new device either
    expect(await twin.sync()).toMatchObject({ state: 'stuck', failure: { code: 'unknown-device' } })
    await twin.signIn()
    expect(await twin.sync()).toMatchObject({ state: 'later' })
    await settle(twin, original, twin)
    const key = ({ device, n, line }: (typeof before)[number]) => `${device} ${n} ${line}`
    expect((await logged()).map(key).sort()).toEqual(before.map(key).sort())
    await expectEverythingOnce([...his, ...hers, ...more], original, twin)
  })

  describe('the server is restored to before it knew the tablet, and it comes back', () => {
    const restoreTo = async (file: string, forgotten: string) => {
      await server.end()
      server = await temporaryStore()
      await restoreBackup(server.store, file, { secretKey: secret, now: field.province.clock.now, random: randomBytes })
      await server.store.transaction(async ({ db }) => {
        await db.deleteFrom('devices').where('id', '=', forgotten).execute()
        await db.deleteFrom('device_people').where('device', '=', forgotten).execute()
        // an administrator has gone through who may act
        await keepDoubt(db, field.province.id, null)
      })
    }
    const key = ({ device, n, proven, line }: Awaited<ReturnType<typeof logged>>[number]) =>
      `${device} ${n} ${proven} ${line}`

    test.each([
      ['with the copies first', () => [twin, original]],
      ['with the original first', () => [original, twin]],
      ['as a copy alone', () => [twin]],
    ])('%s', async (_, inTurn) => {
      const file = join(folder, 'before.gz')
      await takeBackup(server.store, file, { version: '0.0.0', now: field.province.clock.now })
      const device = deviceOf(original)
      const first = await saves(original, 2)
      await original.sync()
      twin = await original.copy()
      const known = [...first]
      if (inTurn().includes(original)) known.push(...(await saves(original, 2)))
      // a number that the original gave meanwhile tells the copy that it is one
      else await original.store.save({ ...anActivity(original, school), record: first[0]! })
      await original.sync()
      known.push(...(await saves(twin, 1)))
      await settle(twin)
      const third = await twin.copy()
      known.push(...(await saves(twin, 1)))
      await settle(twin)
      known.push(...(await saves(third, 1)))
      await settle(third)
      const before = await logged()
      await restoreTo(file, device)
      const workers = [...inTurn(), third]
      for (const worker of workers) await worker.sync()
      await settle(...workers, ...inTurn())
      const back = before.filter(({ device: own, n }) => workers.includes(original) || own !== device || n <= 2)
      expect((await logged()).map(key).sort()).toEqual(back.map(key).sort())
      await expectEverythingOnce(known, ...workers)
    })
  })
})
