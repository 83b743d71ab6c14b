// What grows with the log: logs of 10 thousand, 100 thousand and a million records lie side by side, each with a server process of its own,
// and are asked in turn: a push of 100 new records, the reading of them by a tablet that had read everything before, and 100 alterations of
// records that lie anywhere in the log. SQLite, then PostgreSQL. Writes the table and the picture of docs.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { changeLine } from '#domain/change.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import type { Cursor, Head, SyncAnswer, SyncHeader } from '#domain/protocol.ts'
import { openStore } from '#server/db/connect.ts'
import { verifyDatabase } from '#server/operations/verify/database.ts'
import { startPostgres } from '#test/support/postgres.ts'
import {
  exchangeWith,
  keepAlive,
  prepareServer,
  type RunningServer,
  type ServerData,
  type ServerTablet,
  serverSecret,
  startServer,
} from '#test/support/server.ts'
import { fillLog, ownRecord } from './fill-log.ts'
import { growthChart } from './growth-chart.ts'
import { atShare, medianOf } from './measure.ts'

const sizes = (process.env.SIZES ?? '10000,100000,1000000').split(',').map(Number)
const rounds = Number(process.env.ROUNDS ?? 40)
const perRound = 100
const phases = ['push', 'pull', 'alter'] as const
type Phase = (typeof phases)[number]
const titles: Readonly<Record<Phase, string>> = {
  push: 'push of 100 new records',
  pull: 'reading them on a tablet with a cursor',
  alter: 'alteration of 100 old records',
}

interface Log {
  readonly size: number
  readonly data: ServerData
  readonly tablets: readonly [ServerTablet, ServerTablet]
  readonly server: RunningServer
  readonly agent: ReturnType<typeof keepAlive>
  readonly ms: Record<Phase, number[]>
  n: number
  head?: Head
  cursor: Cursor | null
}

const talk = async (log: Log, tablet: ServerTablet, lines: readonly string[]) => {
  const isReader = tablet === log.tablets[1]
  const header: Partial<SyncHeader> = isReader
    ? { person: tablet.officer, cursor: log.cursor as SyncHeader['cursor'] }
    : {}
  const begun = performance.now()
  const { status, text } = await exchangeWith(
    log.server.port,
    tablet,
    { ...header, ...(log.head && { head: log.head }) },
    lines,
    log.agent,
  )
  const ms = performance.now() - begun
  const answer = JSON.parse(text) as SyncAnswer
  if (status !== 200 || answer.results.length > 0) throw new Error(`${status} ${text.slice(0, 300)}`)
  const { epoch, seq, chain } = answer.receipt.receipt
  log.head = { epoch, seq, chain }
  if (isReader) log.cursor = answer.cursor
  return { ms, answer }
}

const line = (
  log: Log,
  record: RecordId,
  set: Parameters<typeof changeLine>[0]['set'],
  base?: { epoch: string; seq: number },
) =>
  changeLine({
    n: ++log.n,
    author: log.tablets[0].officer,
    at: Date.now(),
    seen: 0,
    kind: 'activity',
    v: 1,
    record,
    ...(base && { base }),
    set,
  })

const round = async (log: Log, isCounted: boolean) => {
  const [writer, reader] = log.tablets
  const note = (phase: Phase, ms: number) => isCounted && log.ms[phase].push(ms)
  const fields = { node: 'school', type: 'S1', place: writer.place, heldOn: '2026-11-02', from15Female: 12 }
  const fresh = Array.from({ length: perRound }, () => line(log, newId<RecordId>(randomBytes), fields))
  note('push', (await talk(log, writer, fresh)).ms)
  const read = await talk(log, reader, [])
  if (read.answer.records.length !== perRound) throw new Error(`${read.answer.records.length} records came`)
  note('pull', read.ms)
  const { epoch, seq } = log.head!
  const anywhere = new Set<number>()
  while (anywhere.size < perRound) anywhere.add(Math.floor(Math.random() * (log.size / 10)))
  const altered = [...anywhere].map((i) => line(log, ownRecord(i), { from25Female: 1 + (log.n % 90) }, { epoch, seq }))
  note('alter', (await talk(log, writer, altered)).ms)
  await talk(log, reader, [])
}

const openLog = async (size: number, databaseUrl: string | undefined): Promise<Log> => {
  const data = { dataDir: mkdtempSync(join(tmpdir(), 'bowon-growth-')), ...(databaseUrl && { databaseUrl }) }
  const tablets = (await prepareServer(data, 2)) as [ServerTablet, ServerTablet]
  const begun = performance.now()
  await fillLog(data, tablets[0], size)
  console.error(
    `${databaseUrl ? 'PostgreSQL' : 'SQLite'}: ${size} records in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  )
  if (databaseUrl) {
    const client = new pg.Client(databaseUrl)
    await client.connect()
    await client.query('vacuum analyze')
    await client.end()
  }
  if (size === sizes[0]) {
    const store = await openStore(data)
    const bad = (await verifyDatabase(store, serverSecret)).filter(({ is }) => is !== 'good')
    await store.close()
    if (bad.length > 0) throw new Error(`the filled log is not well-formed: ${bad[0]!.text}`)
  }
  const server = await startServer(data)
  const log: Log = {
    size,
    data,
    tablets,
    server,
    agent: keepAlive(),
    ms: { push: [], pull: [], alter: [] },
    n: 0,
    cursor: null,
  }
  const store = await openStore(data)
  const { seq, epoch } = await store.db.selectFrom('provinces').select(['seq', 'epoch']).executeTakeFirstOrThrow()
  await store.close()
  // a first exchange names the reach; then the tablet stands at the head, as one that has read everything
  await talk(log, tablets[1], [])
  log.cursor = { epoch, seq, scope: log.cursor!.scope }
  return log
}

const measure = async (database: 'SQLite' | 'PostgreSQL') => {
  const postgres = database === 'PostgreSQL' ? await startPostgres() : null
  const logs: Log[] = []
  try {
    for (const size of sizes) logs.push(await openLog(size, await postgres?.createDatabase()))
    for (let i = -5; i < rounds; i++) for (const log of logs) await round(log, i >= 0)
    return logs.map(({ size, ms }) => ({ database, size, ms }))
  } finally {
    for (const { server, data, agent } of logs) {
      agent.destroy()
      await server.stop()
      rmSync(data.dataDir, { recursive: true, force: true })
    }
    await postgres?.stop()
  }
}

const databases = (process.env.DATABASES ?? 'SQLite,PostgreSQL').split(',') as ('SQLite' | 'PostgreSQL')[]
const rows: string[] = []
const lines: { title: string; points: { size: number; ms: number }[] }[] = []
for (const database of databases) {
  const measured = await measure(database)
  for (const phase of phases) {
    const perRecord = (ms: number) => (ms / perRound) * 1000
    const points = measured.map(({ size, ms }) => ({ size, ms: medianOf(ms[phase]) }))
    const cells = measured.map(
      ({ ms }) =>
        `${perRecord(medianOf(ms[phase])).toFixed(0)} (${perRecord(atShare(ms[phase], 0.25)).toFixed(0)}–${perRecord(atShare(ms[phase], 0.75)).toFixed(0)})`,
    )
    rows.push(
      `| ${database} | ${titles[phase]} | ${cells.join(' | ')} | **${(points.at(-1)!.ms / points[0]!.ms).toFixed(2)}** |`,
    )
    lines.push({ title: `${database}: ${titles[phase]}`, points })
    console.error(rows.at(-1))
  }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const text = `# What grows with the log

Microseconds for each record, median of ${rounds} rounds (middle half), everything included: HTTP, gzip, the server, the database with its flush. Logs of every size lie side by side, each with a server
process of its own, and are asked in turn, so that what else runs on the machine falls on all of them alike. ${cpus().length} × ${cpus()[0]!.model}, Node ${process.versions.node}, commit ${commit}. The logs are filled in bulk
with the rows that the shipped code makes (\`bench/fill-log.ts\`); the smallest is verified as \`npm run verify\` does.

| database | what | ${sizes.map((size) => `${size.toLocaleString('en')} records, µs`).join(' | ')} | largest ÷ smallest |
|---|---|${sizes.map(() => '---|').join('')}---|
${rows.join('\n')}
`
  console.log(text)
  if (!process.env.SIZES) {
    writeFileSync(new URL('./growth.md', import.meta.url), text)
    writeFileSync(new URL('../docs/growth.svg', import.meta.url), growthChart(lines))
  }
}
