import type { RecordId } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'
import type { Core } from './core.ts'
import { type AttentionRow, persisting, type RecordRow, type TableName, writing } from './database.ts'
import { attentionOf, emptyBody, isNothing, type RecordBody, rowOf, viewOf } from './record-body.ts'

/** What a journal entry, an outbox row and their successors hold. */
export interface EntryBody {
  /** The change exactly as it is sent. */
  readonly line: string
  readonly key?: string
  /** `<key id>.<signature>` of its author, where they hold a guarded role. */
  readonly proof?: string
}

export interface RowChanges {
  readonly put: RecordRow[]
  readonly remove: string[]
  readonly attention: AttentionRow[]
  readonly calm: string[]
  /** Records whose place in the inbox may be another now. */
  readonly unsorted: { id: string }[]
}

/** Reads the records, lets `alter` fold each, and gives the rows to write. To be called under the lock of `alone`. */
export const alterRecords = async (
  core: Core,
  ids: readonly { id: string; kind: string }[],
  alter: (body: RecordBody, id: string) => RecordBody | null,
): Promise<RowChanges> => {
  const changes: RowChanges = { put: [], remove: [], attention: [], calm: [], unsorted: [] }
  const rows = await persist(core, () => core.database.records.bulkGet(ids.map(({ id }) => id)))
  for (const [index, { id, kind }] of ids.entries()) {
    const row = rows[index]
    const before = row ? await core.codec.decode<RecordBody>(row.bytes) : emptyBody(id as RecordId, kind)
    const after = alter(before, id)
    if (after === null || isNothing(after) || (after.gone && after.pending.length === 0)) {
      changes.remove.push(id)
      changes.calm.push(id)
      changes.unsorted.push(...sortedAnew(kind, id, row?.parent))
      continue
    }
    const shown = viewOf(after, core.memory.epoch)
    const put = rowOf(shown, await core.codec.encode(after))
    changes.put.push(put)
    changes.unsorted.push(...sortedAnew(kind, id, put.parent))
    const attention = attentionOf(shown)
    if (attention) changes.attention.push(attention)
    else changes.calm.push(id)
  }
  return changes
}

/** What a record moves in the inbox: itself, or what it was asked or decided about. */
const sortedAnew = (kind: string, id: string, parent: string | undefined): { id: string }[] => {
  const about = kindOf(kind)?.reviewed ? id : kind === 'question' || kind === 'decision' ? parent : undefined
  return about === undefined ? [] : [{ id: about }]
}

export const recordTables: readonly TableName[] = ['records', 'attention', 'unsorted']

/** Rows handed to IndexedDB in one go: each is cloned on the page's own thread, and between them a tap may come in. */
const atOnce = 100

/** Inside a transaction over `recordTables`. */
export const writeRecords = async ({ database }: Core, rows: RowChanges): Promise<void> => {
  const { put, remove, attention, calm, unsorted } = rows
  for (let at = 0; at < put.length; at += atOnce) await database.records.bulkPut(put.slice(at, at + atOnce))
  await database.records.bulkDelete(remove)
  await database.attention.bulkPut(attention)
  await database.unsorted.bulkPut(unsorted)
  // almost none of them stands there, and a deletion costs as much as a row
  const there = new Set(calm.length > 0 ? await database.attention.orderBy('id').primaryKeys() : [])
  await database.attention.bulkDelete(calm.filter((id) => there.has(id)))
}

/** One transaction over the tables, done again after a lost connection. */
export const commit = <T>(core: Core, tables: readonly TableName[], work: () => Promise<T>): Promise<T> =>
  persist(core, () => writing(core.database, tables, work))

export const persist = <T>(core: Core, work: () => PromiseLike<T>): Promise<T> =>
  persisting(core.database, core.wait, core.mayReopen, async () => work())
