import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '#server/db/connect.ts'
import { checkBackup } from '#server/operations/backup/read.ts'
import { chanceOf } from '#test/simulation/chance.ts'
import { printFigure, seed } from '#test/support/figure.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import { expectNoneDoubled, expectNoneLost, makeSender, readLog, type Sender } from '#test/support/sender.ts'
import { prepareServer, type RunningServer, type ServerData, serverSecret, startServer } from '#test/support/server.ts'
import { backupPoints, environmentFor, pushPoints } from './named-points.ts'

/** Kills on each database; the soak raises this to 500. */
const kills = Number(process.env.KILLS ?? 11)
/** Half of them at the named points, evenly, and the rest at random moments. */
const atEachPoint = Math.ceil(kills / 16)
const atRandom = Math.max(1, kills - atEachPoint * (pushPoints.length + backupPoints.length))

/** Pushes from all tablets until the server has been killed in the middle of it. */
const pushUntilKilled = async (server: RunningServer, senders: readonly Sender[], answers: number) => {
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

/** Pushes from all tablets until the server has died by itself. */
const pushUntilItDies = async (server: RunningServer, senders: readonly Sender[]) => {
  let gone = false
  await Promise.all(
    senders.map(async (one) => {
      while (!gone) {
        await one.push(server.port).catch(async () => {
          await server.ended
          gone = true
        })
      }
    }),
  )
}

/** Runs `npm run backup <file>`; answers the signal that ended it, or null. */
const runBackup = (data: ServerData, file: string, environment: Readonly<Record<string, string>>) =>
  new Promise<string | null>((resolve) => {
    const program = fileURLToPath(new URL('../../sync-server/operations/backup.ts', import.meta.url))
    const env = {
      PATH: process.env.PATH,
      DATA_DIR: data.dataDir,
      SECRET_KEY: serverSecret,
      ...(data.databaseUrl && { DATABASE_URL: data.databaseUrl }),
      ...environment,
    }
    execFile(process.execPath, [program, file], { env }, (error) => resolve(error?.signal ?? null))
  })

const coveredTo = async (data: ServerData) => {
  const store = await openStore(data)
  const { backup_seq } = await store.db.selectFrom('provinces').select('backup_seq').executeTakeFirstOrThrow()
  await store.close()
  return backup_seq
}

describe.each(['SQLite', 'PostgreSQL'] as const)('A server on %s', (database) => {
  const chance = chanceOf(seed)
  let postgres: TestPostgres | undefined
  let data: ServerData
  let senders: readonly Sender[]
  let killed = 0
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bowon-kill-'))
    if (database === 'PostgreSQL') postgres = await startPostgres()
    data = { dataDir, ...(postgres && { databaseUrl: await postgres.createDatabase() }) }
    senders = (await prepareServer(data, 4)).map(makeSender)
  })
  afterAll(async () => {
    await postgres?.stop()
    rmSync(data.dataDir, { recursive: true, force: true })
  })

  const expectNothingLostOrDoubled = async () => {
    const last = await startServer(data)
    for (const one of senders) await one.push(last.port)
    expect(await last.stop()).toBe(0)
    const log = await readLog(data)
    const acknowledged = expectNoneLost(log, senders)
    expectNoneDoubled(log, senders)
    printFigure(`${database}: ${killed} kills so far, ${acknowledged} changes acknowledged, 0 lost, 0 doubled`)
  }

  test(
    `that is killed ${atRandom} times at random moments of pushes loses nothing that it acknowledged and doubles nothing`,
    async () => {
      for (let i = 0; i < atRandom; i++, killed++) {
        await pushUntilKilled(await startServer(data), senders, 5 + chance.below(23))
      }
      await expectNothingLostOrDoubled()
    },
    atRandom * 5000 + 60_000,
  )

  test(
    `that dies ${atEachPoint} times at each named point of a push loses nothing that it acknowledged and doubles nothing`,
    async () => {
      for (const point of pushPoints) {
        for (let i = 0; i < atEachPoint; i++, killed++) {
          await pushUntilItDies(
            await startServer(data, { environment: environmentFor(point, 1 + chance.below(20)) }),
            senders,
          )
        }
      }
      await expectNothingLostOrDoubled()
    },
    atEachPoint * pushPoints.length * 5000 + 60_000,
  )

  test(
    `whose backup dies ${atEachPoint} times at each named point keeps only whole backups, and counts on no other`,
    async () => {
      const folder = join(data.dataDir, 'backups')
      mkdirSync(folder)
      const files: string[] = []
      const lastWhole = async () => {
        const whole = files.filter((file) => existsSync(file))
        const checked = await Promise.all(whole.map((file) => checkBackup(file)))
        return Math.max(0, ...checked.map(({ heads }) => heads[0]!.seq))
      }
      for (const point of backupPoints) {
        for (let i = 0; i < atEachPoint; i++, killed++) {
          const server = await startServer(data)
          files.push(join(folder, `${files.length}.gz`))
          const backingUp = runBackup(
            data,
            files.at(-1)!,
            environmentFor(point, point === backupPoints[0] ? 1 + chance.below(5) : 1),
          )
          let ended = false
          void backingUp.then(() => {
            ended = true
          })
          for (let pushes = 0; pushes < 20 && !ended; pushes++) await senders[pushes % 4]!.push(server.port)
          expect(await backingUp).toBe('SIGKILL')
          expect(await server.stop()).toBe(0)
          expect(await coveredTo(data)).toBeLessThanOrEqual(await lastWhole())
          // only a few are kept, and what the province counts on was whole when it was written
          for (const old of files.splice(0, files.length - 4)) rmSync(old, { force: true })
        }
      }
      // what died is in nobody's way
      files.push(join(folder, 'last.gz'))
      expect(await runBackup(data, files.at(-1)!, {})).toBeNull()
      expect(await coveredTo(data)).toBe(await lastWhole())
      await expectNothingLostOrDoubled()
    },
    atEachPoint * backupPoints.length * 10_000 + 60_000,
  )
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
    const [one] = (await prepareServer(data, 1)).map(makeSender)
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
    const [one] = (await prepareServer(data, 1)).map(makeSender)
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
