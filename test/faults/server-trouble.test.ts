import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import { sqliteFile } from '#server/db/sqlite.ts'
import { openCutLine } from '#test/support/cut-line.ts'
import { makeDisk, whyNoDisk } from '#test/support/loop-disk.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { expectNoneDoubled, expectNoneLost, makeSender, readLog, type Sender } from '#test/support/sender.ts'
import { exchangeWith, prepareServer, type ServerData, startServer } from '#test/support/server.ts'
import { anyStatement, environmentFor } from './named-points.ts'

// What goes wrong below and beside a server that is not killed (faults 30, 43 to 46, 55 to 57).

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const newData = (databaseUrl?: string): ServerData => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bowon-trouble-'))
  ends.push(() => rmSync(dataDir, { recursive: true, force: true }))
  return { dataDir, ...(databaseUrl && { databaseUrl }) }
}
const newPostgres = async () => {
  const postgres = await startPostgres()
  ends.push(() => postgres.stop())
  return postgres
}
const running = async (...given: Parameters<typeof startServer>) => {
  const server = await startServer(...given)
  ends.push(() => server.kill())
  return server
}

/** What waits goes up, and the log has everything that was acknowledged, each once. */
const settle = async (data: ServerData, port: number, senders: readonly Sender[]) => {
  for (const one of senders) await one.push(port)
  const log = await readLog(data)
  expectNoneDoubled(log, senders)
  expect(expectNoneLost(log, senders)).toBeGreaterThan(0)
}

/** The process and whatever it has started. */
const familyOf = (pid: number): readonly number[] => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return [pid, ...children.flatMap((child) => familyOf(Number(child)))]
}

test('a server that stands still for a while: what was sent again and again meanwhile is in the log once', async () => {
  const data = newData()
  const senders = (await prepareServer(data, 3)).map(makeSender)
  const server = await running(data)
  for (const one of senders) await one.push(server.port)
  process.kill(server.pid, 'SIGSTOP')
  // each tablet gives up and asks again, and all of it reaches the server when it goes on
  const asked = senders.flatMap((one) => [one.push(server.port), one.push(server.port), one.push(server.port)])
  await new Promise((resolve) => setTimeout(resolve, 500))
  process.kill(server.pid, 'SIGCONT')
  await Promise.all(asked)
  await settle(data, server.port, senders)
})

test.each(['SQLite', 'PostgreSQL'])(
  'on %s the same batches, each three times at once, count once',
  async (database) => {
    const data = newData(database === 'PostgreSQL' ? await (await newPostgres()).createDatabase() : undefined)
    const senders = (await prepareServer(data, 16)).map(makeSender)
    const server = await running(data)
    for (let round = 0; round < 4; round++) {
      await Promise.all(senders.flatMap((one) => [one.push(server.port), one.push(server.port), one.push(server.port)]))
    }
    await settle(data, server.port, senders)
  },
)

test('PostgreSQL that hangs: nothing is acknowledged meanwhile, and all goes on when it goes on', async () => {
  const postgres = await newPostgres()
  const data = newData(await postgres.createDatabase())
  const senders = (await prepareServer(data, 3)).map(makeSender)
  const server = await running(data)
  for (const one of senders) await one.push(server.port)
  const known = senders.map(({ acknowledged }) => acknowledged.size)
  const frozen = familyOf(postgres.pid)
  // what lends it to `postgres` stops itself when it hears that its child has stopped, perhaps after it was told to go on
  ends.push(() => process.kill(postgres.pid, 'SIGCONT'))
  for (const pid of frozen) process.kill(pid, 'SIGSTOP')
  const asked = senders.flatMap((one) => [one.push(server.port), one.push(server.port)])
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(senders.map(({ acknowledged }) => acknowledged.size)).toEqual(known)
  for (const pid of frozen.toReversed()) process.kill(pid, 'SIGCONT')
  await Promise.all(asked)
  await settle(data, server.port, senders)
})

test.each(['before', 'after'] as const)(
  'the connection to PostgreSQL dies just %s COMMIT, ten times: whether it counted is told by the next exchange',
  async (moment) => {
    const postgres = await newPostgres()
    const url = new URL(await postgres.createDatabase())
    const line = await openCutLine(Number(url.port))
    ends.push(() => line.close())
    const direct = newData(url.href)
    url.port = String(line.port)
    const senders = (await prepareServer(direct, 3)).map(makeSender)
    const server = await running({ ...direct, databaseUrl: url.href })
    let deaths = 0
    line.dies = (side, bytes) => {
      if (side === 'answer' || deaths >= 10 || !/commit\0/i.test(bytes.toString('latin1'))) return null
      deaths++
      return moment
    }
    let refused = 0
    while (deaths < 10 && refused < 500) {
      await Promise.all(senders.map((one) => one.push(server.port).catch(() => refused++)))
    }
    expect(deaths).toBe(10)
    expect(refused).toBeGreaterThan(0)
    await settle(direct, server.port, senders)
  },
)

test('a flush that fails is no flush: nothing of it is acknowledged, and what is sent again is taken once the disk is well', async () => {
  const data = newData()
  const [tablet] = await prepareServer(data, 1)
  const one = makeSender(tablet!)
  const trace = join(data.dataDir, 'trace')
  const failing = 'inject=fdatasync,fsync:error=EIO:when=6..9'
  const before = ['strace', '-f', '-e', 'trace=fdatasync,fsync', '-e', failing, '-o', trace]
  const server = await startServer(data, { before })
  const node = Number(readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ')[0])
  let failed = 0
  for (let well = 0; well < 5; ) {
    const had = one.acknowledged.size
    try {
      await one.push(server.port)
      if (failed > 0) well++
    } catch {
      failed++
      expect(one.acknowledged.size).toBe(had)
    }
  }
  expect(failed).toBeGreaterThan(0)
  expect(readFileSync(trace, 'utf8')).toContain('EIO (Input/output error) (INJECTED)')
  process.kill(node, 'SIGKILL')
  await server.ended
  const log = await readLog(data)
  expectNoneLost(log, [one])
  expectNoneDoubled(log, [one])
})

test('a program that dies at any statement while it makes the tables leaves none of them or all', async () => {
  const data = newData()
  const tables = () => {
    const database = new DatabaseSync(sqliteFile(data.dataDir))
    const { count } = database.prepare("select count(*) as count from sqlite_master where type = 'table'").get() as {
      count: number
    }
    database.close()
    return count
  }
  for (const statement of [2, 6, 11, 17]) {
    await expect(startServer(data, { environment: environmentFor(anyStatement, statement) })).rejects.toThrow('ended')
    expect(tables()).toBe(0)
  }
  const senders = (await prepareServer(data, 1)).map(makeSender)
  const server = await running(data)
  expect(tables()).toBeGreaterThan(10)
  await settle(data, server.port, senders)
})

const reason = whyNoDisk()
const onASmallDisk = () => {
  test('it says so, acknowledges nothing, goes on reading, and takes everything once there is room', async () => {
    const disk = makeDisk(12)
    ends.push(() => disk.forget())
    const data = { dataDir: disk.folder }
    const [tablet] = await prepareServer(data, 1)
    const one = makeSender(tablet!)
    const server = await running(data)
    await one.push(server.port)
    const ballast = join(disk.folder, 'ballast')
    const free = Number(execFileSync('stat', ['-f', '-c', '%a', disk.folder], { encoding: 'utf8' })) * 1024
    writeFileSync(ballast, Buffer.alloc(Math.max(0, free - 300_000)))
    const line = (n: number) => JSON.stringify({ n, filler: randomBytes(60_000).toString('base64') })
    const statuses: number[] = []
    for (let n = 1000; n < 1020 && statuses.at(-1) !== 507; n++) {
      const { status, text } = await exchangeWith(server.port, tablet!, {}, [line(n)])
      statuses.push(status)
      if (status === 507) expect(text).toContain('storage-full')
    }
    expect(statuses.at(-1)).toBe(507)
    const known = one.acknowledged.size
    expect((await exchangeWith(server.port, tablet!, {}, [])).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${server.port}/api/health`)).status).toBe(200)
    expect(one.acknowledged.size).toBe(known)
    rmSync(ballast)
    await settle(data, server.port, [one])
    expect(await server.stop()).toBe(0)
    expect(readdirSync(disk.folder)).toContain('bowon.sqlite')
  })
}
if (reason === null) describe('a disk that is full', onASmallDisk)
else test(`a disk of its own cannot be filled here: ${reason}`, () => expect(reason).not.toBe(''))
