import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Base, FieldSet } from '#domain/change.ts'
import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { dropHeld } from '#server/log/settle-held.ts'
import { declareOver } from '#server/log/siblings.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { makeId } from '#test/support/province.ts'

// A server that lost data gets it back from the tablets (law 8, faults 52 and 53).

let folder: string
let server: Store
let field: Field
let school: RecordId
let somchai: Worker
let malee: Worker

const dataDir = () => join(folder, 'data')
const backUp = async () => {
  await server.close()
  cpSync(dataDir(), join(folder, 'backup'), { recursive: true })
  server = await openStore({ dataDir: dataDir() })
}
/** Somebody copies the old files into their place, and tells nobody. */
const copyBack = async () => {
  await server.close()
  rmSync(dataDir(), { recursive: true })
  cpSync(join(folder, 'backup'), dataDir(), { recursive: true })
  server = await openStore({ dataDir: dataDir() })
}
/** Puts the backup back and begins a new epoch, as the operator's restore does. */
const restore = async () => {
  await copyBack()
  const { id: province } = field.province
  const { seq } = await server.db
    .selectFrom('provinces')
    .select('seq')
    .where('id', '=', province)
    .executeTakeFirstOrThrow()
  const epoch = makeId() as string
  const known = await server.db.selectFrom('epochs').selectAll().where('province', '=', province).execute()
  const next = { province, epoch, ordinal: known.length + 1, begins_after: seq, begun_at: field.province.clock.now }
  await server.transaction(async ({ db }) => {
    await db.insertInto('epochs').values(next).execute()
    await db.updateTable('provinces').set({ epoch }).where('id', '=', province).execute()
  })
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-restore-'))
  server = await openStore({ dataDir: dataDir() })
  field = await beginField(() => server)
  school = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
  malee = await field.worker(['officer'], [school])
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The first exchange learns that the server was restored; the second brings it everything. */
const syncTwice = async (worker: Worker) => {
  await worker.sync()
  return worker.sync()
}
const logged = async () => {
  const rows = await server.db.selectFrom('changes').select('line').execute()
  return rows
    .map(({ line }) => JSON.parse(line) as { kind: string; record: string })
    .filter((one) => one.kind === 'activity')
}
const everything = async (worker: Worker) => {
  const views = await worker.store.records(activity)
  return views.map(({ id, values, safety }) => ({ id, values, safety })).sort((a, b) => (a.id < b.id ? -1 : 1))
}

describe('a server is restored from a backup that is older than the work', () => {
  test('every change that it had acknowledged and lost comes back, once', async () => {
    const before = anActivity(somchai, school)
    await somchai.store.save(before)
    await somchai.sync()
    await backUp()
    const after = [anActivity(somchai, school), anActivity(somchai, school)]
    await somchai.store.saveAll(after)
    await somchai.sync()
    await malee.store.save(anActivity(malee, school))
    await malee.sync()
    expect(await logged()).toHaveLength(4)
    await restore()
    expect(await logged()).toHaveLength(1)

    expect((await somchai.sync()).state).toBe('later')
    expect((await somchai.store.record(after[0]!.record))?.safety).toBe('tablet')
    expect(await somchai.sync()).toMatchObject({ state: 'quiet' })
    await syncTwice(malee)
    await somchai.sync()
    expect(await logged()).toHaveLength(4)
    expect(await everything(somchai)).toEqual(await everything(malee))
    for (const { safety } of await everything(somchai)) expect(safety).toBe('safe')
  })

  test('what was altered on both sides of the backup is the same on all tablets afterwards', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    await somchai.sync()
    await backUp()
    const alter = async (worker: Worker, set: Record<string, number>) => {
      const { base } = (await worker.store.record(edit.record))!
      await worker.store.save({ ...edit, base, set, author: worker.staff })
    }
    await malee.sync()
    await alter(malee, { from15Female: 20 })
    await malee.sync()
    await somchai.sync()
    await alter(somchai, { from15Female: 21 })
    await restore()
    await syncTwice(somchai)
    await syncTwice(malee)
    await somchai.sync()
    expect(await everything(somchai)).toEqual(await everything(malee))
    // the number that he had seen went down with the old log, so the two count as written side by side: nobody's is dropped
    const { conflicts } = (await somchai.store.record(edit.record))!
    expect(conflicts.from15Female?.map(({ value }) => value).sort()).toEqual([20, 21])
  })

  test('a form that was open over the restore counts as having seen what the present log has of it, on every tablet', async () => {
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    await somchai.sync()
    await malee.sync()
    await backUp()
    const { base } = (await malee.store.record(edit.record))!
    await malee.store.save({ ...edit, base, set: { from15Female: 20 }, author: malee.staff })
    await malee.sync()
    await somchai.sync()
    const opened = (await somchai.store.record(edit.record))!
    await restore()
    for (const worker of [somchai, malee, somchai]) await syncTwice(worker)
    await somchai.store.save({ ...edit, base: opened.base, set: { from15Female: 21 } })
    for (const worker of [somchai, malee, somchai]) await syncTwice(worker)
    expect(await everything(somchai)).toEqual(await everything(malee))
    for (const worker of [somchai, malee]) {
      const { conflicts } = (await worker.store.record(edit.record))!
      expect(conflicts.from15Female?.map(({ value }) => value).sort()).toEqual([20, 21])
    }
  })

  test('also over a restore in which nothing was lost, so that the form’s number is the same in the new epoch', async () => {
    const shared = anActivity(somchai, school)
    await somchai.store.save(shared)
    for (const worker of [somchai, malee]) await worker.sync()
    const { base } = (await malee.store.record(shared.record))!
    await backUp()
    await restore()
    await syncTwice(malee)
    await malee.store.save({ ...shared, author: malee.staff, base, set: { from15Female: 21 } })
    for (const worker of [malee, somchai]) {
      await syncTwice(worker)
      const { values, conflicts } = (await worker.store.record(shared.record))!
      expect(values.from15Female).toBe(21)
      expect(conflicts).toEqual({})
    }
  })

  test('also with a held change that was mended before, and a tablet whose IndexedDB was erased', async () => {
    const elsewhere = await field.province.place('โรงเรียนอื่น')
    const wrong = anActivity(somchai, elsewhere)
    await backUp()
    await somchai.store.save(wrong)
    await somchai.sync()
    await somchai.store.save({ ...wrong, set: { ...wrong.set, place: school }, replaces: 1 })
    await somchai.sync()
    expect(await everything(somchai)).toMatchObject([{ safety: 'safe' }])
    await restore()
    somchai.tablet.eraseDatabase()
    await somchai.restart()
    await syncTwice(somchai)
    expect(await everything(somchai)).toMatchObject([{ safety: 'safe', values: { place: school } }])
    await malee.sync()
    await malee.sync()
    expect((await everything(malee)).map(({ id }) => id)).toEqual([wrong.record])
  })

  test('what the restored server refuses and its administrator drops goes from the tablet that had written it', async () => {
    const temple = await field.province.place('วัดสมมติ')
    const at = async (places: readonly string[]) => {
      const { id: province, admin: author, clock } = field.province
      const set = { places: keyedSetOf(places) }
      const off = { places: { [temple]: { on: places.includes(temple) } } }
      const moved = { author, kind: 'staff', record: somchai.staff, set: { places: { ...set.places, ...off.places } } }
      await server.transaction((tx) => appendOwn(tx, { province, now: clock.now }, [moved]))
    }
    await at([temple])
    await backUp()
    const edit = anActivity(somchai, temple)
    await somchai.store.save(edit)
    // a colleague's exchange takes it along; he himself has read nothing since
    await somchai.addColleague(malee.staff)
    await somchai.sync()
    await restore()
    await at([])
    await somchai.store.people.switchTo(somchai.staff)
    await syncTwice(somchai)
    expect((await somchai.store.record(edit.record))?.safety).toBe('aside')

    const { device } = somchai.store.people.identity.peek()
    const where = { province: field.province.id, device, now: field.province.clock.now }
    expect(await server.transaction((tx) => dropHeld(tx, where, 1))).toBe(true)
    const { base } = (await somchai.store.record(edit.record))!
    await somchai.store.save({ ...edit, base, set: { from15Female: 21 } })
    await syncTwice(somchai)
    expect((await somchai.store.record(edit.record))?.values).toEqual({ from15Female: 21 })
  })

  test('what its administrator drops before the log has grown again goes too: the tablet’s head is known by then', async () => {
    await somchai.store.save(anActivity(somchai, makeId()))
    await somchai.sync()
    await backUp()
    await malee.store.save(anActivity(malee, school))
    await malee.sync()
    await somchai.sync()
    await restore()
    const { device } = somchai.store.people.identity.peek()
    const where = { province: field.province.id, device, now: field.province.clock.now }
    expect(await server.transaction((tx) => dropHeld(tx, where, 1))).toBe(true)
    await syncTwice(malee)
    expect(await somchai.sync()).toMatchObject({ state: 'quiet' })
    expect(await somchai.store.exchange.heldNumbers()).toEqual([])
  })
})

describe('somebody copies old files back, and no new epoch begins', () => {
  test('the first tablet that knows more brings the new epoch; all comes back, and all tablets show the same', async () => {
    const another = await field.worker(['officer'], [school])
    const shared = anActivity(somchai, school)
    await somchai.store.save(shared)
    for (const worker of [somchai, malee, another]) await worker.sync()
    await backUp()
    const { base } = (await somchai.store.record(shared.record))!
    await somchai.store.save({ ...shared, base, set: { from15Female: 21 } })
    await somchai.sync()
    await malee.store.save(anActivity(malee, school))
    await malee.sync()
    // what the desk wrote is on tablets alone now, and the old log goes on without it
    const { id: province, admin: author, clock } = field.province
    const moved = { author, kind: 'staff', record: malee.staff, set: { position: 'ย้ายแล้ว' } }
    await server.transaction((tx) => appendOwn(tx, { province, now: clock.now }, [moved]))
    await somchai.sync()
    expect((await somchai.store.record(malee.staff))?.values).toHaveProperty('position')
    await copyBack()
    await another.store.save(anActivity(another, school))
    await another.sync()

    for (const worker of [somchai, malee, another, somchai, malee, another]) await syncTwice(worker)
    expect(await logged()).toHaveLength(4)
    for (const worker of [somchai, malee, another]) {
      expect(await everything(worker)).toEqual(await everything(another))
      for (const { safety } of await everything(worker)) expect(safety).toBe('safe')
      expect((await worker.store.record(malee.staff))?.values).not.toHaveProperty('position')
    }
    expect(await server.db.selectFrom('epochs').select('begins_after').orderBy('ordinal').execute()).toEqual([
      { begins_after: 0 },
      { begins_after: 0 },
    ])
  })

  test('also over a restore that tablets have already heard of: they read the old epoch again from the beginning', async () => {
    await somchai.sync()
    await backUp()
    await somchai.store.saveAll([anActivity(somchai, school), anActivity(somchai, school)])
    await somchai.sync()
    await malee.sync()
    await restore()
    // each is told, and comes again only after the old files lie in their place
    for (const worker of [somchai, malee]) expect((await worker.sync()).state).toBe('later')
    await copyBack()
    const { base } = (await malee.store.records(activity))[0]!
    expect(base.seq).toBeGreaterThan(0)
    await malee.store.save(anActivity(malee, school))
    for (const worker of [malee, somchai, malee]) await syncTwice(worker)
    expect(await everything(malee)).toEqual(await everything(somchai))
    expect(await everything(malee)).toHaveLength(3)
  })

  test.each([
    ['heard of the restore before', true],
    ['and the operator settles it', false],
  ])('a form that stays open over all of that has not seen what came meanwhile: %s', async (_, refusedBefore) => {
    const shared = anActivity(somchai, school)
    const write = async (worker: Worker, set: FieldSet, base?: Base | null) => {
      const known = base ?? (await worker.store.record(shared.record))!.base
      await worker.store.save({ ...shared, author: worker.staff, base: known, set })
    }
    await somchai.store.save(shared)
    for (const worker of [somchai, malee]) await worker.sync()
    await backUp()
    for (const facilitator of ['หนึ่ง', 'สอง']) {
      await write(somchai, { facilitator })
      await somchai.sync()
    }
    const { base } = (await somchai.store.record(shared.record))!
    await restore()
    if (refusedBefore) expect(await somchai.sync()).toMatchObject({ failure: { code: 'unknown-head' } })
    else await syncTwice(somchai)
    await copyBack()
    await write(malee, { from15Female: 7 })
    await malee.sync()
    await write(somchai, { from15Female: 9 }, base)
    if (!refusedBefore) {
      const { failure } = (await somchai.sync()) as { failure: Failure }
      expect(failure.code).toBe('split-server')
      const over = { province: field.province.id, epoch: failure.detail!, now: field.province.clock.now }
      await server.transaction((tx) => declareOver(tx, over))
    }
    for (const worker of [somchai, malee, somchai]) await syncTwice(worker)
    for (const worker of [somchai, malee]) {
      const { values, conflicts } = (await worker.store.record(shared.record))!
      expect(values).toMatchObject({ facilitator: 'สอง' })
      expect(conflicts.from15Female?.map(({ value }) => value).sort()).toEqual([7, 9])
    }
  })
})

describe('what was acknowledged stays on the tablet until a backup covers it and 30 days have passed', () => {
  const days = (count: number) => count * 24 * 3_600_000
  const backedUp = (seq: number) =>
    server.transaction(async ({ db }) => {
      await db.updateTable('provinces').set({ backup_seq: seq }).where('id', '=', field.province.id).execute()
    })
  const kept = async () => (await somchai.store.exchange.lines([1])).size
  const elsewhereBusy = async () => {
    for (let count = 0; count < 3; count++) {
      field.province.clock.now += 1000
      await malee.store.saveAll(Array.from({ length: 300 }, () => anActivity(malee, school)))
      await malee.sync()
    }
  }

  test('neither alone is enough', async () => {
    await somchai.store.save(anActivity(somchai, school))
    await somchai.sync()
    await elsewhereBusy()
    field.province.clock.now += days(31)
    await somchai.sync()
    await somchai.store.exchange.prune()
    expect(await kept()).toBe(1)

    await backedUp(800)
    field.province.clock.now -= days(20)
    await somchai.sync()
    await somchai.restart()
    await somchai.store.exchange.prune()
    expect(await kept()).toBe(1)
  })

  test('then its segment goes whole, and it is not taken for new', async () => {
    await somchai.store.save(anActivity(somchai, school))
    await somchai.sync()
    await somchai.store.saveAll(Array.from({ length: 9 }, () => bulky(somchai)))
    await somchai.sync()
    await elsewhereBusy()
    await backedUp(800)
    field.province.clock.now += days(31)
    await somchai.sync()
    expect(await somchai.store.exchange.prune()).toBeGreaterThan(0)
    expect(await kept()).toBe(0)
    await somchai.restart()
    expect(await somchai.store.exchange.queue()).toEqual([])
    expect((await somchai.store.records(activity)).length).toBeGreaterThan(900)
  })

  test('what a draft has become stays as long as the draft', async () => {
    const edit = { ...anActivity(somchai, school), key: 'draft 1' }
    await somchai.store.draft('activity').keep({ key: edit.key })
    await somchai.store.save(edit)
    await somchai.sync()
    await somchai.store.saveAll(Array.from({ length: 9 }, () => bulky(somchai)))
    await somchai.sync()
    await elsewhereBusy()
    await backedUp(800)
    field.province.clock.now += days(31)
    await somchai.sync()
    await somchai.store.exchange.prune()
    await somchai.restart()
    expect(await somchai.store.save(edit)).toMatchObject({ ok: true, value: { n: 1 } })
  })

  test('a tablet that has let go of a change, and then lost its IndexedDB, still understands the server', async () => {
    const elsewhere = await field.province.place('โรงเรียนอื่น')
    const wrong = anActivity(somchai, elsewhere)
    await somchai.store.save(wrong)
    const base = { epoch: field.province.epoch, seq: 0 }
    await somchai.store.save({ ...wrong, base, set: { from15Male: 3 } })
    await somchai.sync()
    await somchai.store.save({ ...wrong, set: { ...wrong.set, place: school }, replaces: 1 })
    await somchai.sync()
    await somchai.sync()
    expect(await somchai.store.record(wrong.record)).toMatchObject({ safety: 'safe', values: { from15Male: 3 } })
    await somchai.store.saveAll(Array.from({ length: 9 }, () => bulky(somchai)))
    await somchai.sync()
    await elsewhereBusy()
    await backedUp(800)
    field.province.clock.now += days(31)
    await somchai.sync()
    expect(await somchai.store.exchange.prune()).toBe(3)

    somchai.tablet.eraseDatabase()
    await somchai.restart()
    expect(await somchai.sync()).toMatchObject({ state: 'quiet' })
    expect(await somchai.store.record(wrong.record)).toMatchObject({ safety: 'safe', values: { from15Male: 3 } })
  })

  /** Close to the largest line, so that nine of them fill a segment. */
  const bulky = (worker: Worker) => {
    const edit = anActivity(worker, school)
    return { ...edit, set: { ...edit.set, later: 'x'.repeat(590_000) } }
  }
})
