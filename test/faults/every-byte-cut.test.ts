import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { FieldSet } from '#domain/change.ts'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'
import { activity } from '#domain/records/activity.ts'
import { appendOwn } from '#server/log/own.ts'
import { batchSize } from '#src/sync/batch.ts'
import { exchangeOnce, type Outcome } from '#src/sync/round.ts'
import { httpTransport } from '#src/sync/transport.ts'
import { beginProvince, makeId, startServer } from '#test/server/support.ts'
import { chanceOf } from '#test/simulation/chance.ts'
import { type Cut, openCutLine } from '#test/support/cut-line.ts'
import { printFigure, seed } from '#test/support/figure.ts'
import { nodeRequest } from '#test/support/node-request.ts'
import { makeTablet, verify } from '#test/support/tablet.ts'

// One exchange after the other over TCP, each cut at another byte, and begun anew until both sides are quiet (faults 28, 29, 37).

// Dexie over an IndexedDB in memory takes longer than all the rest together
vi.mock('dexie', () => import('#test/simulation/quick-dexie.ts'))

/** Every so many bytes one cut; the soak says 1. */
const step = Number(process.env.CUT_STEP ?? 4099)
/** The soak shares the bytes out among processes: from this byte on, and up to that. */
const from = Number(process.env.CUT_FROM ?? chanceOf(seed).below(step))
const upTo = Number(process.env.CUT_TO ?? Number.POSITIVE_INFINITY)
const isWhole = step === 1
/** So many cuts follow each other before an exchange gets through; each is the retry of the one before. */
const inARow = isWhole ? 16 : 1

/** The exchange that is cut carries so much. */
const size = 65_536
/** Content that no packing makes smaller: three of them are a little more than 64 kB on the line. A kind may have fields yet unknown. */
const content = () => randomBytes(22_000).toString('base64url')
const inOne = 3

/** A server, a tablet, and a line between them that can be cut. */
const beginWorld = async () => {
  const server = await startServer()
  const province = await beginProvince(server)
  const school = await province.place('โรงเรียนสมมติ')
  const tablet = makeTablet()
  tablet.now = server.clock.now
  const store = await tablet.open()
  const device = store.people.identity.peek().device
  const officer = await province.hire(['officer'], [school], { id: device, name: 'แท็บเล็ต' })
  await store.people.signedIn({ ...officer.hello, username: officer.username })
  const line = await openCutLine(Number(new URL(server.url).port))
  vi.stubGlobal(
    'XMLHttpRequest',
    nodeRequest(
      () => `http://127.0.0.1:${line.port}`,
      () => officer.browser.cookie,
    ),
  )
  const round = {
    exchange: store.exchange,
    transport: httpTransport(),
    verify,
    now: () => tablet.now,
    identity: () => store.people.identity.peek(),
    person: () => officer.staff,
  }
  const carried = batchSize()
  const activitySet = (): FieldSet => ({
    node: 'school',
    type: 'talk',
    place: school,
    heldOn: '2026-11-02',
    later: content(),
  })
  /** Contents by record, of everything that anybody has saved. */
  const saved = new Map<string, unknown>()
  let own = 0
  const world = {
    line,
    saved,
    carried,
    exchange: () => exchangeOnce(round, carried),
    async untilQuiet(): Promise<void> {
      let done: Outcome
      do done = await exchangeOnce(round, carried)
      while (done.state === 'more')
      expect(done.state).toBe('quiet')
    },
    async saveHere() {
      const edits = Array.from({ length: inOne }, () => {
        const record = makeId<RecordId>()
        return { kind: 'activity', record, base: null, set: activitySet(), author: officer.staff as StaffId }
      })
      for (const { record, set } of edits) saved.set(record, set.later)
      own += edits.length
      expect((await store.saveAll(edits)).ok).toBe(true)
    },
    async saveElsewhere() {
      const changes = Array.from({ length: inOne }, () => {
        return { author: province.adminId, kind: 'activity', record: makeId<RecordId>(), set: activitySet() }
      })
      for (const { record, set } of changes) saved.set(record, set.later)
      const at = { province: province.provinceId, now: server.clock.now }
      await server.house.store().transaction((tx) => appendOwn(tx, at, changes))
    },
    /** The log has every change of this tablet, each once, and the tablet knows it. */
    async expectEachOnce() {
      const { db } = server.house.store()
      const rows = await db.selectFrom('changes').select('n').where('device', '=', device).orderBy('n').execute()
      expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: own }, (_, i) => i + 1))
      expect(await store.exchange.queue()).toEqual([])
    },
    /** Both sides have every record, whole; the store answers it from what it was told and from what it keeps. */
    async expectAllOnBothSides() {
      await world.expectEachOnce()
      const views = await store.records(activity)
      expect(new Map(views.map(({ id, values }) => [id as string, (values as { later?: unknown }).later]))).toEqual(
        saved,
      )
      for (const { safety } of views) expect(safety).toBe('safe')
      const { db } = server.house.store()
      const rows = await db
        .selectFrom('changes')
        .select(['record', 'line'])
        .where('line', 'like', '%"later"%')
        .execute()
      expect(rows).toHaveLength(saved.size)
      for (const { record, line: text } of rows) expect(text).toContain(saved.get(record))
    },
    async end() {
      vi.unstubAllGlobals()
      await line.close()
      store.close()
      await server.end()
    },
  }
  return world
}
type World = Awaited<ReturnType<typeof beginWorld>>

let world: World | undefined
afterEach(async () => {
  await world?.end()
  world = undefined
})

/** In which exchanges get through; worlds that grow too old are slow. */
const exchangesInOneWorld = 200

/** Cuts one exchange after the other at another byte, from the first up to the last that the exchange has; answers how many. */
const cutEverywhere = async (side: Cut['side'], most: number, work: (now: World) => Promise<void>) => {
  let cuts = 0
  let length = Number.POSITIVE_INFINITY
  for (let after = from; after < Math.min(length, most, upTo); after += step) {
    if (cuts % (exchangesInOneWorld * inARow) === 0) {
      await world?.expectAllOnBothSides()
      await world?.end()
      world = await beginWorld()
      await world.untilQuiet()
    }
    const here = world!
    while (here.carried.bytes() < 2 * size) here.carried.succeeded()
    if (cuts % inARow === 0) await work(here)
    here.line.cut = { side, after }
    const outcome = await here.exchange()
    here.line.cut = null
    if (side === 'request') expect(here.line.given.request).toBeGreaterThanOrEqual(Math.min(after, length))
    if (outcome.state !== 'later') {
      // the exchange was shorter than the cut
      length = after
      await here.untilQuiet()
      break
    }
    if (++cuts % inARow > 0) continue
    await here.untilQuiet()
    await here.expectEachOnce()
  }
  await world?.untilQuiet()
  await world?.expectAllOnBothSides()
  return { cuts, length }
}

describe('a connection is cut', () => {
  const time = isWhole ? 7_200_000 : 60_000

  test(
    'at any byte of a request of 64 kB: nothing is lost, nothing is doubled',
    async () => {
      const { cuts } = await cutEverywhere('request', size, (here) => here.saveHere())
      expect(cuts).toBe(Math.ceil((Math.min(size, upTo) - from) / step))
      printFigure(`requests: ${cuts} cuts, every ${step} bytes from ${from}: 0 lost, 0 doubled`)
    },
    time,
  )

  test(
    'at any byte of an answer of 64 kB: nothing is lost, nothing is doubled',
    async () => {
      const { cuts } = await cutEverywhere('answer', size, (here) => here.saveElsewhere())
      expect(cuts).toBe(Math.ceil((Math.min(size, upTo) - from) / step))
      printFigure(`answers: ${cuts} cuts, every ${step} bytes from ${from}: 0 lost, 0 doubled`)
    },
    time,
  )

  test(
    'at any byte of the answer to a request that was taken: the tablet sends it again, and nothing is doubled',
    async () => {
      const { cuts, length } = await cutEverywhere('answer', size, (here) => here.saveHere())
      expect(length).toBeLessThan(size)
      printFigure(`answers to what was taken: ${cuts} cuts, every ${step} bytes up to ${length}: 0 lost, 0 doubled`)
    },
    time,
  )
})
