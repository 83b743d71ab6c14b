import { sameBytes } from '#domain/kernel/bytes.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import { breathe } from './breathe.ts'
import type { Reader } from './core.ts'
import type { RecordRow } from './database.ts'
import { type RecordBody, viewOf } from './record-body.ts'
import type { RecordView, Where } from './types.ts'

export const findRecord = async <K extends AnyRecordKind>(
  reader: Reader,
  id: RecordId,
): Promise<RecordView<Values<K>> | null> => {
  const row = await reader.database.records.get(id)
  return row ? await shown(reader, row) : null
}

/** Records of a kind by one index, the rest of the conditions judged on the rows. Newest day first. */
export const findRecords = async <K extends AnyRecordKind>(
  reader: Reader,
  kind: K,
  where: Where,
): Promise<readonly RecordView<Values<K>>[]> => {
  const views = await viewsOf<K>(reader, await matching(reader, kind.kind, where))
  return where.withdrawn ? views : views.filter(({ withdrawn }) => withdrawn === null)
}

export const viewsOf = async <K extends AnyRecordKind>(
  reader: Reader,
  rows: readonly RecordRow[],
): Promise<readonly RecordView<Values<K>>[]> => {
  const views: RecordView<Values<K>>[] = []
  for (const row of rows) {
    views.push(await shown<K>(reader, row))
    if (views.length % atOnce === 0) await breathe()
  }
  return views
}

/** Rows between which a tap may come in: a few milliseconds of work on a slow tablet. */
const atOnce = 100

const farPast = ''
const farFuture = '\uffff'

/** Read whole and filtered here: a filter or an order of Dexie's would be a cursor, one message to the browser for each row. */
const matching = async (reader: Reader, kind: string, where: Where): Promise<readonly RecordRow[]> => {
  const { records } = reader.database
  const { day, place, parent, limit } = where
  const from = day ?? where.from ?? farPast
  const to = day ?? where.to ?? farFuture
  const byDay = day !== undefined || where.from !== undefined || where.to !== undefined
  if (limit !== undefined && parent === undefined && place === undefined)
    return records.where('[kind+day]').between([kind, from], [kind, to], true, true).reverse().limit(limit).toArray()
  const rows = await (parent !== undefined
    ? records.where('[kind+parent]').equals([kind, parent])
    : place !== undefined && !byDay
      ? records.where('[kind+place]').equals([kind, place])
      : byDay
        ? records.where('[kind+day]').between([kind, from], [kind, to], true, true)
        : records.where('kind').equals(kind)
  ).toArray()
  const hasDay = (row: RecordRow) => !byDay || (row.day !== undefined && row.day >= from && row.day <= to)
  return rows
    .filter((row) => hasDay(row) && (place === undefined || row.place === place))
    .sort((a, b) => ((b.day ?? '') < (a.day ?? '') ? -1 : (b.day ?? '') > (a.day ?? '') ? 1 : 0))
    .slice(0, limit)
}

const viewsKept = 4000

/** One tap among 300 people reads all 300 again: a row that has not changed gives the view that it gave before. */
const shown = async <K extends AnyRecordKind>(reader: Reader, row: RecordRow): Promise<RecordView<Values<K>>> => {
  const { epoch, views } = reader.memory
  const before = views.get(row.id)
  if (before?.epoch === epoch && sameBytes(before.bytes, row.bytes)) return before.view as RecordView<Values<K>>
  const view = viewOf(await reader.codec.decode<RecordBody>(row.bytes), epoch)
  views.delete(row.id)
  views.set(row.id, { epoch, bytes: row.bytes, view })
  if (views.size > viewsKept) views.delete(views.keys().next().value!)
  return view as RecordView<Values<K>>
}
