import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cursor, Head, SyncAnswer } from '#domain/protocol.ts'
import { exchangeWith, keepAlive, prepareServer, type ServerTablet, startServer } from '#test/support/server.ts'
import { type Cost, medianOf, meterBefore, peakMemory } from './measure.ts'
import { newRecords, oneFieldEdits } from './workload.ts'

/*
 * Our server and the raw limit, side by side in one run: push of new records by ten tablets, pull by a fresh one, 100 one-field edits from
 * one tablet to another. Runs alternate; figures are medians with their spread.
 */

const records = Number(process.env.RECORDS ?? 10_000)
const runs = Number(process.env.RUNS ?? 5)
const tabletCount = 10
const batch = 500
const edits = 100

interface Subject {
  readonly name: string
  readonly program: string
  /** Whether it has a log in which a tablet must be known. */
  readonly ours: boolean
}
const limit: Subject = { name: 'raw limit', program: 'bench/raw-server.ts', ours: false }
const ours: Subject = { name: 'ours', program: 'sync-server/main.ts', ours: true }

interface Run {
  readonly push: Cost
  readonly pull: Cost
  readonly sent: Cost
  readonly read: Cost
  readonly memory: number
}

type Answer = Pick<SyncAnswer, 'records' | 'cursor' | 'more' | 'results'> & { receipt?: SyncAnswer['receipt'] }

/** Every request shows the newest head that its tablet knows, as the shipped client does: a cursor counts only beside it. */
const heads = new WeakMap<ServerTablet, Head>()

const talk = async (port: number, tablet: ServerTablet, header: object, lines: readonly string[] = []) => {
  const head = heads.get(tablet)
  const { status, text } = await exchangeWith(port, tablet, { ...header, ...(head && { head }) }, lines, agent)
  const answer = JSON.parse(text) as Answer
  if (status !== 200 || answer.results?.length) throw new Error(`${status} ${text.slice(0, 500)}`)
  if (answer.receipt) {
    const { epoch, seq, chain } = answer.receipt.receipt
    heads.set(tablet, { epoch, seq, chain })
  }
  return answer
}
const agent = keepAlive()

const chunks = (lines: readonly string[]) =>
  Array.from({ length: Math.ceil(lines.length / batch) }, (_, i) => lines.slice(i * batch, (i + 1) * batch))

/** Reads until nothing more waits; answers how many records came and where the reading stands. */
const readAll = async (port: number, tablet: ServerTablet, from: Cursor | null) => {
  let cursor = from
  let count = 0
  for (let more = true; more; ) {
    const answer = await talk(port, tablet, { person: tablet.officer, cursor })
    cursor = answer.cursor
    count += answer.records.filter(({ kind }) => kind === 'activity').length
    more = answer.more
  }
  return { cursor, count }
}

const expectCount = (count: number, wanted: number) => {
  if (count !== wanted) throw new Error(`${count} records came, not ${wanted}`)
}

const runOnce = async (subject: Subject): Promise<Run> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bowon-bench-'))
  const tablets = await prepareServer({ dataDir }, tabletCount + 1)
  const fresh = tablets.at(-1)!
  const own = records / tabletCount
  const work = Array.from({ length: tabletCount }, (_, i) => chunks(newRecords(tablets, i, own)))
  const server = await startServer({ dataDir }, { program: subject.program })
  const meter = await meterBefore(server)
  await talk(meter.port, fresh, {})

  let head: Head | undefined
  const push = await meter.measure(async () => {
    await Promise.all(
      work.map(async (batches, i) => {
        for (const lines of batches) {
          const { receipt } = await talk(meter.port, tablets[i]!, {}, lines)
          if (i === 0) head = receipt?.receipt
        }
      }),
    )
  })
  let cursor: Cursor | null = null
  const pull = await meter.measure(async () => {
    const read = await readAll(meter.port, fresh, null)
    expectCount(read.count, records)
    cursor = read.cursor
  })
  const base = { epoch: head?.epoch ?? 'AAAAAAAAAAAAAAAAAAAAAA', seq: (cursor as Cursor | null)!.seq }
  const lines = oneFieldEdits(tablets[0]!, own, edits, base)
  const sent = await meter.measure(async () => {
    await talk(meter.port, tablets[0]!, {}, lines)
  })
  const read = await meter.measure(async () => {
    expectCount((await readAll(meter.port, fresh, cursor)).count, edits)
  })
  const memory = peakMemory(server.pid)
  agent.destroy()
  meter.close()
  await server.stop()
  rmSync(dataDir, { recursive: true })
  return { push, pull, sent, read, memory }
}

const spread = (values: readonly number[], digits = 0) =>
  `${medianOf(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`

const phases = [
  ['push', `push of ${records} records by ${tabletCount} tablets`, 1.8],
  ['pull', 'pull by a fresh tablet', 1.3],
  ['sent', `${edits} one-field edits sent, with their receipt`, null],
  ['read', `the same edits read by another tablet`, null],
] as const

const all = new Map<Subject, Run[]>([
  [limit, []],
  [ours, []],
])
for (let i = 0; i < runs; i++) {
  for (const [subject, done] of all) {
    done.push(await runOnce(subject))
    console.error(`${subject.name} ${i + 1}/${runs}: ${JSON.stringify(done.at(-1))}`)
  }
}

const rows = phases.flatMap(([phase, title, aim]) => {
  const of = (subject: Subject, what: keyof Cost) => all.get(subject)!.map((run) => run[phase][what])
  const ratio = (what: keyof Cost) => {
    const least = medianOf(of(limit, what))
    return least > 0 ? (medianOf(of(ours, what)) / least).toFixed(2) : '–'
  }
  const line = (subject: Subject) =>
    `| ${title} | ${subject.name} | ${spread(of(subject, 'ms'))} | ${spread(of(subject, 'cpu'), 2)} | ${(medianOf(of(subject, 'bytes')) / 1000).toFixed(1)} |`
  const aims = aim ? `, aim ≤ ${aim}` : ''
  return [
    line(limit),
    line(ours),
    `| | **ours ÷ limit**${aims} | **${ratio('ms')}** | ${ratio('cpu')} | ${ratio('bytes')} |`,
  ]
})
const memory = [limit, ours].map(
  (subject) => `${subject.name} ${medianOf(all.get(subject)!.map((run) => run.memory)).toFixed(0)} MB`,
)
const oursRuns = all.get(ours)!
const editBytes = (medianOf(oursRuns.map(({ sent, read }) => sent.bytes + read.bytes)) / 1000).toFixed(1)
const text = `# Our server and the raw limit

${runs} runs each, alternating, on ${cpus().length} × ${cpus()[0]!.model}; Node ${process.versions.node}, SQLite ${process.versions.sqlite} with a flush for every commit.
Median (least–most). Packed both ways, requests by gzip and answers by zstd (small ones by brotli); bytes are everything on the wire, both ways, with headers. The limit writes the same two rows in the same
transactions and neither checks, hashes, merges nor signs.

| what | server | ms | server CPU s | kB on the wire |
|---|---|---|---|---|
${rows.join('\n')}

The edits took ${editBytes} kB on our wire in all. Peak memory: ${memory.join(', ')}.
`
console.log(text)
// a few runs between others are for whoever asked, not to be quoted
if (process.env.QUOTE !== 'no') writeFileSync(new URL('./raw-limit.md', import.meta.url), text)
process.exit(0)
