import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { changeColumns, type HotPath, type KnownNumber, type PageRow, recordColumns } from './hot-path.ts'
import type { RecordTable } from './schema.ts'

const recordList = recordColumns.join(', ')
const marks = (columns: readonly string[]) => columns.map(() => '?').join(', ')

/** Prepared statements in a loop: in one process this is faster than any bulk form. */
export const sqliteHotPath = (connection: DatabaseSync): HotPath => {
  const prepared = lazily(connection)
  const lockProvince = prepared('select id, seq, chain, epoch, doubt from provinces where id = ?')
  const findNumber = prepared('select n, seq, digest, stamp from changes where province = ? and device = ? and n = ?')
  const findRecord = prepared(`select ${recordList} from records where province = ? and id = ?`)
  const findChildren = prepared('select id from records where province = ? and parent = ?')
  const insertChange = prepared(`insert into changes (${changeColumns.join(', ')}) values (${marks(changeColumns)})`)
  const upsertRecord = prepared(`insert into records (${recordList}) values (${marks(recordColumns)})
    on conflict (province, id) do update set seq = excluded.seq, scope = excluded.scope, parent = excluded.parent,
    whole_from = excluded.whole_from, place = excluded.place, day = excluded.day, body = excluded.body`)
  const readChunk =
    prepared(`select id, seq, whole_from, cast(body as blob) as body from records indexed by records_by_seq
    where province = ? and seq > ? and (seq > ? or id > ?)
    and ((? = 1 and scope <> ?) or scope in (select value from json_each(?)))
    and scope not in (select value from json_each(?))
    and (kind not in (select value from json_each(?)) or id = ?) order by seq, id limit ?`)
  const each = <T>(statement: () => StatementSync, head: readonly string[], last: readonly (string | number)[]) => {
    const rows: T[] = []
    for (const one of last) {
      const row = statement().get(...head, one) as T | undefined
      if (row) rows.push(row)
    }
    return rows
  }

  return {
    // BEGIN IMMEDIATE holds the only write lock there is.
    lockProvince: async (id) => lockProvince().get(id) as Awaited<ReturnType<HotPath['lockProvince']>>,
    findNumbers: async (province, device, ns) => each<KnownNumber>(findNumber, [province, device], ns),
    findRecords: async (province, ids) => each<RecordTable>(findRecord, [province], ids),
    findChildren: async (province, parents) => {
      const find = findChildren()
      return parents.flatMap((parent) => (find.all(province, parent) as { id: string }[]).map(({ id }) => id))
    },
    insertChanges: async (rows) => {
      const insert = insertChange()
      for (const c of rows) {
        insert.run(
          c.province,
          c.seq,
          c.device,
          c.n,
          c.digest,
          c.chain,
          c.stamp,
          c.base,
          c.received_at,
          c.proven,
          c.record,
          c.line,
          c.proof,
        )
      }
    },
    upsertRecords: async (rows) => {
      const upsert = upsertRecord()
      for (const r of rows) {
        upsert.run(r.province, r.id, r.kind, r.seq, r.scope, r.parent, r.whole_from, r.place, r.day, r.body)
      }
    },
    readPage: async ({ province, after, everyPlace, hidden, keys, without, closed, own, bytes }) => {
      const rows: PageRow[] = []
      const filter = [
        everyPlace ? 1 : 0,
        hidden,
        ...[keys, without, closed].map((one) => JSON.stringify(one)),
        own,
      ] as const
      let { seq, id } = after
      let size = 0
      let wanted = firstChunk
      for (;;) {
        const lowest = id === undefined ? seq : seq - 1
        const chunk = readChunk().all(province, lowest, seq, id ?? '', ...filter, wanted) as unknown as PageRow[]
        for (const row of chunk) {
          rows.push(row)
          size += row.body.length
          if (size > bytes) return rows
        }
        if (chunk.length < wanted) return rows
        ;({ seq, id } = chunk.at(-1)!)
        wanted = Math.min(largestChunk, Math.ceil(((bytes - size) * rows.length) / size) + 1)
      }
    },
  }
}

/** Rows are read in chunks of a guessed size: one by one is slow, and a page of large sealed envelopes must not fill the memory. */
const firstChunk = 24
const largestChunk = 500

/** Prepared at first use, because the tables must be there. */
const lazily = (connection: DatabaseSync) => (sql: string) => {
  let statement: StatementSync | undefined
  return () => {
    statement ??= connection.prepare(sql)
    return statement
  }
}
