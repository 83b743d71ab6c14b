import { changeColumns, type HotPath, type KnownNumber, type PageRow, recordColumns } from './hot-path.ts'
import type { RecordTable } from './schema.ts'

const recordList = recordColumns.join(', ')

const sql = {
  'lock-province': 'select id, seq, chain, epoch, doubt from provinces where id = $1 for update',
  'find-numbers':
    'select n, seq, digest, stamp from changes where province = $1 and device = $2 and n = any($3::bigint[])',
  'find-records': `select ${recordList} from records where province = $1 and id = any($2::text[])`,
  'find-children': 'select id from records where province = $1 and parent = any($2::text[])',
  'insert-changes': `insert into changes (${changeColumns.join(', ')}) select ${changeColumns.join(', ')} from json_to_recordset($1)
    as t(province text, seq bigint, device text, n bigint, digest text, chain text, stamp bigint, base bigint, received_at bigint,
    proven integer, record text, line text, proof text)`,
  'upsert-records': `insert into records (${recordList}) select ${recordList} from json_to_recordset($1)
    as t(province text, id text, kind text, seq bigint, scope text, parent text, whole_from bigint, place text, day text, body text)
    on conflict (province, id) do update set seq = excluded.seq, scope = excluded.scope, parent = excluded.parent,
    whole_from = excluded.whole_from, place = excluded.place, day = excluded.day, body = excluded.body`,
  // Lengths are read without the bodies, so that a page of large sealed envelopes never fills the memory.
  'read-page': `with page as (
      select id, seq, octet_length(body) as size from records where province = $1 and seq > $2
      and (seq > $3 or id > $4) and (($5 and scope <> $6) or scope = any($7::text[])) and scope <> all($8::text[])
      and (kind <> all($9::text[]) or id = $10)
      order by seq, id limit 1000),
    cut as (select id, sum(size) over (order by seq, id) - size as before from page)
    select r.id, r.seq, r.whole_from, r.body from cut join records r on r.province = $1 and r.id = cut.id
    where cut.before <= $11 order by r.seq, r.id`,
} as const

interface Asked {
  query(asked: { name: string; text: string; values: unknown[] }): Promise<{ readonly rows: unknown[] }>
}

/** Bulk statements under names, so that each connection prepares them once. */
export const postgresHotPath = (connection: Asked): HotPath => {
  const run = async <T>(name: keyof typeof sql, values: unknown[]) =>
    (await connection.query({ name, text: sql[name], values })).rows as T[]

  return {
    lockProvince: async (id) =>
      (await run<NonNullable<Awaited<ReturnType<HotPath['lockProvince']>>>>('lock-province', [id]))[0],
    findNumbers: (province, device, ns) => run<KnownNumber>('find-numbers', [province, device, ns]),
    findRecords: async (province, ids) => (ids.length ? run<RecordTable>('find-records', [province, ids]) : []),
    findChildren: async (province, parents) =>
      (await run<{ id: string }>('find-children', [province, parents])).map(({ id }) => id),
    insertChanges: async (rows) => {
      if (rows.length) await run('insert-changes', [JSON.stringify(rows)])
    },
    upsertRecords: async (rows) => {
      if (rows.length) await run('upsert-records', [JSON.stringify(rows)])
    },
    readPage: async ({ province, after, everyPlace, hidden, keys, without, closed, own, bytes }) => {
      const rows = await run<Omit<PageRow, 'body'> & Pick<RecordTable, 'body'>>('read-page', [
        province,
        after.id === undefined ? after.seq : after.seq - 1,
        after.seq,
        after.id ?? '',
        everyPlace,
        hidden,
        keys,
        without,
        closed,
        own,
        bytes,
      ])
      return rows.map((row) => ({ ...row, body: Buffer.from(row.body) }))
    },
  }
}
