import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { sqliteFile } from '#server/db/sqlite.ts'
import { openCutLine } from '#test/support/cut-line.ts'
import { makeDisk, whyNoDisk } from '#test/support/loop-disk.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { expectNoneDoubled, expectNoneLost, makeSender, readLog, type Sender } from '#test/support/sender.ts'
import { exchangeWith, prepareServer, type ServerData, type ServerTablet, startServer } from '#test/support/server.ts'
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

describe('a database that is gone', () => {
  /** Statuses and codes of a push, a question for news, and a look at the server's health. */
  const asked = async (port: number, tablet: ServerTablet, one: Sender) => {
    const push = await exchangeWith(port, tablet, {}, [JSON.stringify({ n: 1000, of: one.device })])
    const read = await exchangeWith(port, tablet, {}, [])
    const health = await fetch(`http://127.0.0.1:${port}/api/health`)
    const said = [...[push, read].map(({ text }) => text), await health.text()]
    return [push, read, health].map(({ status }, at) => [status, said[at]!.includes('unavailable')])
  }
  const unavailable = Array.from({ length: 3 }, () => [503, true])
  const served = async (data: ServerData) => {
    const [tablet] = await prepareServer(data, 1)
    const one = makeSender(tablet!)
    const server = await running(data)
    await one.push(server.port)
    return { tablet: tablet!, one, server }
  }

  test.each(['moved away', 'deleted', 'put in its place from a copy'])(
    'on SQLite, its file %s: nothing is acknowledged, whatever the program still has open',
    async (how) => {
      const data = newData()
      const { tablet, one, server } = await served(data)
      const file = sqliteFile(data.dataDir)
      const away = join(data.dataDir, 'away')
      if (how === 'put in its place from a copy') copyFileSync(file, away)
      else renameSync(file, away)
      if (how === 'put in its place from a copy') renameSync(away, file)
      if (how === 'deleted') rmSync(away)
      const known = one.acknowledged.size
      expect(await asked(server.port, tablet, one)).toEqual(unavailable)
      await expect(one.push(server.port)).rejects.toThrow()
      expect(one.acknowledged.size).toBe(known)
      if (how !== 'moved away') return
      renameSync(away, file)
      await settle(data, server.port, [one])
    },
  )

  test.each(['stopped', 'dropped', 'cut off in the middle of a statement'])('on PostgreSQL, %s', async (how) => {
    const postgres = how === 'stopped' ? await startPostgres() : await newPostgres()
    const url = new URL(await postgres.createDatabase())
    const line = await openCutLine(Number(url.port))
    ends.push(() => line.close())
    const direct = newData(url.href)
    const { port } = url
    url.port = String(line.port)
    const { tablet, one, server } = await served({ ...direct, databaseUrl: url.href })
    if (how === 'stopped') await postgres.stop()
    else if (how === 'dropped') {
      const admin = new pg.Client({
        connectionString: Object.assign(new URL(url), { pathname: '/postgres', port }).href,
      })
      await admin.connect()
      await admin.query(`drop database "${url.pathname.slice(1)}" with (force)`)
      await admin.end()
    } else line.dies = (side) => (side === 'answer' ? 'before' : null)
    expect(await asked(server.port, tablet, one)).toEqual(unavailable)
  })
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
