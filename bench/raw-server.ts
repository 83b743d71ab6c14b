import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'
import { connect } from '#server/db/sqlite.ts'
import { readBody } from '#server/http/body.ts'
import { sendReply } from '#server/http/reply.ts'

/*
 * The raw limit: the same HTTP, gzip, batches and settings of SQLite as ours, and the same two rows a change written in one transaction with one
 * flush. It checks nothing, hashes nothing, merges nothing, signs nothing, and trusts every number that it is told.
 */

const file = join(process.env.DATA_DIR!, 'raw.sqlite')
closeSync(openSync(file, 'a', 0o600))
const database = connect(file)
database.exec(`create table changes (province text not null, seq bigint not null, device text not null, n bigint not null, digest text not null,
    chain text not null, stamp bigint not null, base bigint not null, received_at bigint not null, proven integer not null,
    record text not null, line text not null, primary key (province, seq), unique (province, device, n));
  create table records (province text not null, id text not null, kind text not null, seq bigint not null, scope text not null,
    parent text, whole_from bigint not null, place text, day text, body text not null, primary key (province, id));
  create index records_by_seq on records (province, seq)`)
const insertChange = database.prepare('insert into changes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
const putRecord = database.prepare(`insert into records values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (province, id) do update set seq = excluded.seq, body = excluded.body`)
const readRecords = database.prepare(
  'select seq, body from records where province = ? and seq > ? order by seq limit ?',
)

const province = 'AAAAAAAAAAAAAAAAAAAAAA'
const digest = '0'.repeat(64)
const batch = 500
let seq = 0

interface Line {
  readonly n: number
  readonly record: string
  readonly author: string
  readonly at: number
  readonly kind: string
  readonly set: { readonly place?: string; readonly heldOn?: string }
}

const write = (device: string, lines: readonly string[]) => {
  const now = Date.now()
  database.exec('begin immediate')
  for (const line of lines) {
    const { n, record, author, at, kind, set } = JSON.parse(line) as Line
    seq++
    insertChange.run(province, seq, device, n, digest, digest, at, 0, now, 1, record, line)
    const origin = { seq, n, author, device, at }
    const body = JSON.stringify({
      id: record,
      kind,
      seq,
      created: origin,
      writes: [{ ...origin, stamp: at, base: 0, set }],
    })
    const place = set.place ?? null
    putRecord.run(province, record, kind, seq, place ?? '*', null, seq, place, set.heldOn ?? null, body)
  }
  database.exec('commit')
}

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.post('/api/sync', async (request, response) => {
  const body = await readBody(request, { bytes: 5_000_000, inflateRatio: 100 })
  if (!body.ok) throw new Error(body.failure.code)
  const [head, ...lines] = body.value.toString().split('\n')
  const { device, cursor } = JSON.parse(head!) as { device: string; cursor?: { seq: number } | null }
  if (lines.length > 0) write(device, lines)
  const rows =
    cursor === undefined ? [] : (readRecords.all(province, cursor?.seq ?? 0, batch) as { seq: number; body: string }[])
  const next = rows.at(-1)?.seq ?? cursor?.seq ?? 0
  const text = `{"seq":${seq},"records":[${rows.map((row) => row.body).join(',')}],"cursor":{"seq":${next}},"more":${rows.length === batch}}`
  await sendReply(response, { json: Buffer.from(text) }, false)
})
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`Bowon raw limit at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})
process.on('SIGTERM', () => server.close(() => process.exit(0)))
