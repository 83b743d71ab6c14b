// Hundreds of tablets return together, each with what it saved where there is no network: the shipped store and the shipped exchange, in
// Node over memory, against real server processes over loopback. One process on SQLite; two on PostgreSQL behind a round-robin proxy; and
// the same with one of the two killed in the middle. Fails unless every change is in the log once, and the log and its records verify.
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openStore } from '#server/db/connect.ts'
import { verifyDatabase } from '#server/operations/verify/database.ts'
import { type Away, prepareReturning } from '#test/support/away.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { roundRobin } from '#test/support/round-robin.ts'
import { type RunningServer, type ServerData, serverSecret, startServer } from '#test/support/server.ts'
import type { Seen, Told } from './load-worker.ts'
import { atShare, cpuOf, peakMemory } from './measure.ts'

const tabletCount = Number(process.env.TABLETS ?? 500)
const changes = Number(process.env.CHANGES ?? 200)
const workers = Number(process.env.WORKERS ?? 5)
const all = tabletCount * changes
const allowedMemory = 512

interface Setting {
  readonly name: string
  readonly processes: number
  readonly postgres: boolean
  readonly kills: boolean
}
const settings: readonly Setting[] = [
  { name: 'SQLite, one process', processes: 1, postgres: false, kills: false },
  { name: 'PostgreSQL, two processes', processes: 2, postgres: true, kills: false },
  { name: 'PostgreSQL, two processes, one killed', processes: 2, postgres: true, kills: true },
]

/** Worker processes with their tablets, each with its changes saved; kept until they are told a port. */
const startWorkers = async (away: readonly Away[], folder: string) => {
  const file = join(folder, 'tablets.json')
  writeFileSync(file, JSON.stringify(away))
  const share = Math.ceil(away.length / workers)
  const program = fileURLToPath(new URL('./load-worker.ts', import.meta.url))
  const words = new URL('./load-hooks.ts', import.meta.url).href
  const children = Array.from({ length: workers }, (_, i) =>
    fork(program, [file, String(i * share), String(Math.min(away.length, (i + 1) * share)), String(changes)], {
      execArgv: ['--import', words],
    }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  return children
}

const run = async (setting: Setting, databaseUrl: string | undefined) => {
  const data: ServerData = { dataDir: mkdtempSync(join(tmpdir(), 'bowon-load-')), ...(databaseUrl && { databaseUrl }) }
  try {
    const away = await prepareReturning(data, tabletCount)
    const children = await startWorkers(away, data.dataDir)
    const servers = await Promise.all(Array.from({ length: setting.processes }, () => startServer(data)))
    const proxy = await roundRobin(servers.map(({ port }) => port))
    const [victim] = servers as [RunningServer]
    const acknowledged = new Map<unknown, number>()
    const seen: Seen[] = []
    let memory: number[] = []
    let killedAt = 0
    const begun = performance.now()
    await Promise.all(
      children.map(async (child) => {
        child.on('message', (told: Told) => {
          if (typeof told === 'string') return
          if ('seen' in told) seen.push(told.seen)
          else acknowledged.set(child, told.acknowledged)
          const sum = [...acknowledged.values()].reduce((a, b) => a + b, 0)
          if (setting.kills && killedAt === 0 && sum > all * 0.4) {
            killedAt = sum
            memory = [peakMemory(victim.pid)]
            void victim.kill()
          }
        })
        child.send(proxy.port)
        await once(child, 'exit')
      }),
    )
    const drained = (performance.now() - begun) / 1000
    const living = killedAt > 0 ? servers.slice(1) : servers
    memory.push(...living.map(({ pid }) => peakMemory(pid)))
    const cpu = living.reduce((sum, { pid }) => sum + cpuOf(pid), 0)
    proxy.close()
    for (const one of living) await one.stop()
    return { setting, seen, drained, memory, cpu, killedAt, ...(await judge(data, away)) }
  } finally {
    rmSync(data.dataDir, { recursive: true, force: true })
  }
}

/** Whether the log has every change of every tablet once, and everything verifies. */
const judge = async (data: ServerData, away: readonly Away[]) => {
  const store = await openStore(data)
  try {
    const rows = await store.db
      .selectFrom('changes')
      .select((of) => ['device', of.fn.countAll<number>().as('count'), of.fn.max('n').as('last')])
      .groupBy('device')
      .execute()
    const byDevice = new Map(rows.map((row) => [row.device, row]))
    const lacking = away.filter(({ identity }) => {
      const row = byDevice.get(identity.device)
      return Number(row?.count) !== changes || Number(row?.last) !== changes
    }).length
    const findings = await verifyDatabase(store, serverSecret)
    return { lacking, findings: findings.map(({ is, text }) => `${is}: ${text}`) }
  } finally {
    await store.close()
  }
}

const rows: string[] = []
const postgres = await startPostgres()
try {
  for (const setting of settings) {
    const done = await run(setting, setting.postgres ? await postgres.createDatabase() : undefined)
    const sum = (what: 'held' | 'waiting' | 'safe') => done.seen.reduce((all, one) => all + one[what], 0)
    const ms = done.seen.flatMap((one) => one.ms)
    const statuses: Record<string, number> = {}
    for (const one of done.seen) {
      for (const [status, count] of Object.entries(one.statuses)) statuses[status] = (statuses[status] ?? 0) + count
    }
    const { 200: ok = 0, 0: broken = 0, ...others } = statuses
    console.log(
      setting.name,
      JSON.stringify({
        ...done,
        seen: undefined,
        statuses,
        held: sum('held'),
        waiting: sum('waiting'),
        safe: sum('safe'),
      }),
    )
    const faults = [
      Object.keys(others).length > 0 && `other answers: ${JSON.stringify(others)}`,
      broken > 0 && !setting.kills && `${broken} lines broke`,
      sum('held') + sum('waiting') > 0 && 'changes were held, or wait',
      sum('safe') !== all && `${sum('safe')} of ${all} are safe`,
      done.lacking > 0 && `${done.lacking} tablets whose changes are not in the log once each`,
      done.findings.some((one) => !one.startsWith('good')) && done.findings.join('; '),
      done.memory.some((one) => one > allowedMemory) && `more than ${allowedMemory} MB`,
    ].filter(Boolean)
    if (faults.length > 0) {
      process.exitCode = 1
      console.error(`FAILED: ${faults.join('; ')}`)
    }
    rows.push(
      `| ${setting.name} | ${sum('safe')} of ${all} | ${ok} | ${broken} | ${Object.keys(others).length} | ${(atShare(ms, 0.5) / 1000).toFixed(2)} | ${(atShare(ms, 0.95) / 1000).toFixed(2)} | ${(atShare(ms, 1) / 1000).toFixed(2)} | ${done.drained.toFixed(1)} | ${done.cpu.toFixed(1)} | ${done.memory.map((one) => one.toFixed(0)).join(', ')} | ${faults.length === 0 ? 'yes' : 'NO'} |`,
    )
  }
} finally {
  await postgres.stop()
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const text = `# ${tabletCount} tablets return together

Each with ${changes} changes, saved offline by the shipped store (in Node, over memory) and sent by the shipped exchange to real server processes over loopback. ${workers} processes of tablets,
the servers and the database share ${cpus().length} × ${cpus()[0]!.model}; Node ${process.versions.node}, commit ${commit}. One run each: the times are those of this machine with whatever else ran on it, and
most of an exchange's time is waiting for its turn. Milliseconds of an exchange are from the first byte out to the last byte in. "Whole" is: every change in the log once, the chain
whole, every record what its changes make of it (\`npm run verify\`'s own check), nothing held, no answer but an acceptance. A broken line is one whose server was killed.

| setting | safe | exchanges | broken lines | other answers | median exchange, s | p95, s | longest, s | all drained, s | server CPU, s | peak memory of each server, MB | whole |
|---|---|---|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
console.log(text)
if (!process.env.TABLETS) writeFileSync(new URL('./load.md', import.meta.url), text)
