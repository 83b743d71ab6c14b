import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import type { Core } from './core.ts'
import type { RecordRow } from './database.ts'
import { type RecordBody, viewOf } from './record-body.ts'
import type { RecordView, Where } from './types.ts'

export const findRecord = async <K extends AnyRecordKind>(
  core: Core,
  id: RecordId,
): Promise<RecordView<Values<K>> | null> => {
  const row = await core.database.records.get(id)
  return row ? await shown(core, row) : null
}

/** Records of a kind by one index, the rest of the conditions judged on the rows. Newest day first. */
export const findRecords = async <K extends AnyRecordKind>(
  core: Core,
  kind: K,
  where: Where,
): Promise<readonly RecordView<Values<K>>[]> => {
  const rows = await matching(core, kind.kind, where)
  const views = await Promise.all(rows.map((row) => shown<K>(core, row)))
  return where.withdrawn ? views : views.filter(({ withdrawn }) => withdrawn === null)
}

const farPast = ''
const farFuture = '\uffff'

const matching = async (core: Core, kind: string, where: Where): Promise<RecordRow[]> => {
  const { records } = core.database
  const { day, place, parent, limit } = where
  const from = day ?? where.from ?? farPast
  const to = day ?? where.to ?? farFuture
  const byDay = day !== undefined || where.from !== undefined || where.to !== undefined
  const hasDay = (row: RecordRow) => !byDay || (row.day !== undefined && row.day >= from && row.day <= to)
  const collection =
    parent !== undefined
      ? records.where('[kind+parent]').equals([kind, parent])
      : place !== undefined && !byDay
        ? records.where('[kind+place]').equals([kind, place])
        : byDay || limit !== undefined
          ? records.where('[kind+day]').between([kind, from], [kind, to], true, true).reverse()
          : records.where('kind').equals(kind)
  const filtered = collection.filter((row) => hasDay(row) && (place === undefined || row.place === place))
  const rows = await (limit === undefined ? filtered : filtered.limit(limit)).toArray()
  return rows.sort((a, b) => ((b.day ?? '') < (a.day ?? '') ? -1 : (b.day ?? '') > (a.day ?? '') ? 1 : 0))
}

const shown = async <K extends AnyRecordKind>(core: Core, row: RecordRow): Promise<RecordView<Values<K>>> =>
  viewOf(await core.codec.decode<RecordBody>(row.bytes), core.memory.epoch) as RecordView<Values<K>>
