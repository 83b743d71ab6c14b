import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainHash, changeDigest, changeLine, firstChain } from '#domain/change.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import type { SyncAnswer } from '#domain/protocol.ts'
import { numbersOf } from '#domain/receipt.ts'
import { openStore } from '#server/db/connect.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import { activityFields } from '#test/support/province.ts'
import {
  exchangeWith,
  prepareServer,
  type RunningServer,
  type ServerData,
  type ServerTablet,
  startServer,
} from '#test/support/server.ts'

/** The soak raises this to 50 and more. */
const kills = Number(process.env.KILLS ?? 10)

/** A tablet that goes on offering what no receipt has acknowledged, byte for byte, whatever happens to the server. */
const sender = (tablet: ServerTablet) => {
  let n = 0
  const waiting = new Map<number, string>()
  const acknowledged = new Map<number, { seq: number; line: string }>()
  const capture = () => {
    const line = changeLine({
      n: ++n,
      author: tablet.officer,
      at: Date.now(),
      seen: 0,
      kind: 'activity',
      v: 1,
      record: newId<RecordId>(randomBytes),
      set: activityFields(tablet.place, { outcome: 'บันทึกของวันนี้'.repeat(20) }),
    })
    waiting.set(n, line)
  }
  return {
    device: tablet.device,
    acknowledged,
    /** One request with what waits and three more; throws when the server is gone. */
    push: async (port: number) => {
      for (let i = 0; i < 3; i++) capture()
      const sent = new Map(waiting)
      const { status, text } = await exchangeWith(port, tablet, {}, [...sent.values()])
      expect(status).toBe(200)
      for (const [one, seq] of numbersOf((JSON.parse(text) as SyncAnswer).receipt.receipt)) {
        acknowledged.set(one, { seq, line: sent.get(one) ?? acknowledged.get(one)!.line })
        waiting.delete(one)
      }
    },
  }
}

/** Pushes from all tablets until the server has been killed in the middle of it. */
const pushUntilKilled = async (
  server: RunningServer,
  senders: readonly ReturnType<typeof sender>[],
  answers: number,
) => {
  let left = answers
  let killed: Promise<void> | undefined
  await Promise.all(
    senders.map(async (one) => {
      while (!killed) {
        // The kill comes while the other tablets' requests are under way.
        if (left-- <= 0) killed = server.kill()
        else await one.push(server.port).catch((error) => expect(killed, String(error)).toBeDefined())
      }
    }),
  )
  await killed
}

describe.each(['SQLite', 'PostgreSQL'] as const)('A server on %s', (database) => {
  let postgres: TestPostgres | undefined
  let data: ServerData
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bowon-kill-'))
    if (database === 'PostgreSQL') postgres = await startPostgres()
    data = { dataDir, ...(postgres && { databaseUrl: await postgres.createDatabase() }) }
  })
  afterAll(async () => {
    await postgres?.stop()
    rmSync(data.dataDir, { recursive: true, force: true })
  })

  test(`that is killed ${kills} times during pushes loses nothing that it acknowledged and doubles nothing`, async () => {
    const senders = (await prepareServer(data, 4)).map(sender)
    for (let i = 0; i < kills; i++) await pushUntilKilled(await startServer(data), senders, 5 + ((i * 7) % 23))
    const last = await startServer(data)
    for (const one of senders) await one.push(last.port)
    expect(await last.stop()).toBe(0)

    const store = await openStore(data)
    const log = await store.db.selectFrom('changes').selectAll().orderBy('seq').execute()
    const records = await store.db.selectFrom('records').select('id').execute()
    await store.close()
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1))
    let chain = firstChain
    for (const row of log) {
      chain = chainHash(chain, row)
      expect(row.chain).toBe(chain)
    }
    let acknowledged = 0
    for (const one of senders) {
      const rows = new Map(log.filter(({ device }) => device === one.device).map((row) => [row.n, row]))
      for (const [n, { seq, line }] of one.acknowledged) {
        expect(rows.get(n)).toMatchObject({ seq, line, digest: changeDigest(one.device, line) })
      }
      expect(rows.size).toBe(one.acknowledged.size)
      acknowledged += rows.size
    }
    expect(records).toHaveLength(new Set(log.map(({ record }) => record)).size)
    console.log(`${database}: ${kills} kills, ${acknowledged} changes acknowledged, none lost, none doubled`)
  })
})

/** The system calls that matter, in their order: a flush of the write-ahead log, and the beginning of an answer. */
const callsIn = (trace: string): ('flush' | 'answer')[] =>
  trace.split('\n').flatMap((line) => {
    if (/\b(fdatasync|fsync)\(\d+<[^>]*bowon\.sqlite-wal>/.test(line)) return ['flush'] as const
    return line.includes('"HTTP/1.1 200') ? (['answer'] as const) : []
  })

describe('A server answers a push only after its database has flushed', () => {
  const pushes = 12

  test('on SQLite, by the order of its system calls', async () => {
    const data = { dataDir: mkdtempSync(join(tmpdir(), 'bowon-trace-')) }
    const [one] = (await prepareServer(data, 1)).map(sender)
    const trace = join(data.dataDir, 'trace')
    const calls = 'trace=fdatasync,fsync,write,writev,sendto,sendmsg'
    const before = ['strace', '-f', '-y', '-s', '40', '-e', calls, '-o', trace]
    const server = await startServer(data, { before })
    for (let i = 0; i < pushes; i++) await one!.push(server.port)
    // The traced program, and not strace, is asked to end.
    const node = Number(readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ')[0])
    process.kill(node, 'SIGTERM')
    await server.ended
    const seen = callsIn(readFileSync(trace, 'utf8'))
    rmSync(data.dataDir, { recursive: true })
    expect(seen.filter((call) => call === 'answer')).toHaveLength(pushes)
    seen.forEach((call, i) => {
      if (call === 'answer') expect(seen[i - 1]).toBe('flush')
    })
  })

  test('on PostgreSQL, by its count of flushes of the log', async () => {
    const postgres = await startPostgres()
    const data = { dataDir: mkdtempSync(join(tmpdir(), 'bowon-trace-')), databaseUrl: await postgres.createDatabase() }
    const [one] = (await prepareServer(data, 1)).map(sender)
    const server = await startServer(data)
    const client = new pg.Client(data.databaseUrl)
    await client.connect()
    const flushes = async () => Number((await client.query('select wal_sync from pg_stat_wal')).rows[0].wal_sync)
    const before = await flushes()
    for (let i = 0; i < pushes; i++) await one!.push(server.port)
    // PostgreSQL publishes its counts a moment later.
    await expect.poll(flushes, { timeout: 20_000 }).toBeGreaterThanOrEqual(before + pushes)
    await client.end()
    expect(await server.stop()).toBe(0)
    await postgres.stop()
    rmSync(data.dataDir, { recursive: true })
  })
})
