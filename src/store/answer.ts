import { type Change, isDrop, readChange } from '#domain/change.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import type { RecordState, Write } from '#domain/merge.ts'
import { readNews } from '#domain/news.ts'
import type { Cursor, SyncAnswer } from '#domain/protocol.ts'
import { numbersOf, type SignedReceipt } from '#domain/receipt.ts'
import { breathe } from './breathe.ts'
import { recordsOf, withChange } from './bring-in.ts'
import { alone, type Core } from './core.ts'
import { cursorKey } from './cursor-key.ts'
import type { AckedRow, HeldRow, MetaRow, OutboxRow } from './database.ts'
import { isHere } from './is-here.ts'
import { confirm, hold, settle, withNews } from './record-answer.ts'
import type { RecordBody } from './record-body.ts'
import { alterRecords, commit, type EntryBody, persist, type RowChanges, recordTables, writeRecords } from './rows.ts'

/** What an answer changed here. */
export interface Applied {
  readonly acknowledged: number
  readonly held: number
  readonly records: number
  readonly gone: number
}

const keepMs = 30 * 24 * 3_600_000

/**
 * Takes in an answer whose receipt has been verified: receipts, held changes, records, cursor and head, all in one transaction, so that
 * the cursor never runs ahead of the rows. `person` is for whom was read.
 */
export const applyAnswer = (core: Core, said: SyncAnswer, person: StaffId | null): Promise<Applied> =>
  alone(core, async () => {
    // what was read for somebody who was signed out meanwhile is nobody's here
    const answer =
      person && !(await isHere(core, person)) ? { ...said, records: [], gone: [], cursor: null, more: false } : said
    const { database, memory } = core
    const { receipt } = answer.receipt
    const numbers = numbersOf(receipt)
    const named = await rowsOf(core, [...numbers.keys(), ...receipt.held, ...(answer.settled ?? [])])
    const { rows: replaced, mended } = await replacedBy(
      core,
      named.filter(({ n }) => numbers.has(n)),
    )
    const waiting = onceByNumber([...named, ...replaced])
    // a copy of this tablet may have had something else settled under the same number
    const isHeld = new Set(answer.results.map(({ n }) => n))
    const isSettled = new Set([...(answer.settled ?? []), ...replaced.map(({ n }) => n)].filter((n) => !isHeld.has(n)))
    const until = receipt.time + keepMs
    const couriers = new Map(answer.carried?.map(({ n, ...courier }) => [n, courier]))
    const acked: AckedRow[] = []
    const held: HeldRow[] = []
    const ofEarlierEpochs = new Set<number>()
    for (const row of waiting) {
      const seq = numbers.get(row.n)
      const { key, line } = await core.codec.decode<EntryBody>(row.bytes)
      if ((readChange(line)?.base?.epoch ?? receipt.epoch) !== receipt.epoch) ofEarlierEpochs.add(row.n)
      const courier = couriers.get(row.n)
      const kept = {
        ...plainRow(row),
        epoch: receipt.epoch,
        until,
        ...(key !== undefined && { key }),
        ...(courier && { courier }),
      }
      if (seq !== undefined) acked.push({ ...kept, seq })
      else if (isSettled.has(row.n))
        acked.push({ ...kept, seq: receipt.seq, ...(!mended.has(row.n) && { dropped: true }) })
      else held.push({ ...plainRow(row), ...reasonOf(answer, row.n) })
    }
    const isOwn = receipt.device === core.identity().device
    const copied = isOwn && (await isUsedElsewhere(core, answer.lastN))
    memory.seen = Math.max(memory.seen, answer.now, receipt.time)
    memory.epoch = receipt.epoch
    if (isOwn) memory.lastN = Math.max(memory.lastN, answer.lastN)

    // what had to wait is folded after what passed it
    const inOrder = [...waiting].sort((a, b) => (numbers.get(a.n) ?? a.n) - (numbers.get(b.n) ?? b.n))
    const news = new Map(answer.records.map((one) => [one.id as string, readNews(one)]))
    const gone = new Set(answer.gone)
    const rows = await alterInTurns(core, await touched(core, waiting, news, gone), (body, id) => {
      const fresh = news.get(id)
      let after = fresh ? withNews(body, fresh, receipt.epoch) : body
      for (const row of inOrder) {
        if (row.record !== id) continue
        const seq = numbers.get(row.n)
        const write = body.pending.find(({ n }) => n === row.n)
        const stamp = receipt.stamps[row.n] ?? write?.at ?? 0
        const sawNothing = ofEarlierEpochs.has(row.n)
        if (seq !== undefined) {
          const read = hasRead(answer, seq, write, person)
          after = confirm(after, row.n, { seq, stamp, epoch: receipt.epoch, read, sawNothing })
        } else if (isSettled.has(row.n)) after = settle(after, row.n)
        else after = hold(after, row.n)
      }
      return gone.has(id) && !fresh ? { ...after, gone: true } : after
    })
    const isLeaving = [...rows.remove, ...rows.put.map(({ id }) => id)].some((id) => gone.has(id))
    const others = isLeaving ? await cursorsAnew(core, person) : []
    await commit(core, [...recordTables, 'outbox', 'acked', 'held'], async () => {
      // another tab may have given numbers meanwhile that this one has not heard of
      const lastN = Math.max(memory.lastN, await storedLastN(core))
      await writeRecords(core, rows)
      await database.outbox.bulkDelete(waiting.map(({ n }) => n))
      await database.acked.bulkPut(acked)
      await database.held.bulkDelete(acked.map(({ n }) => n))
      await database.held.bulkPut(held)
      await database.meta.bulkPut(others)
      if (isOwn) await database.meta.delete('lost')
      await database.meta.bulkPut([
        ...(isOwn ? headRows(answer.receipt) : []),
        ...(copied ? [{ key: 'copied', value: true }] : []),
        { key: 'epoch', value: receipt.epoch },
        { key: 'seen', value: memory.seen },
        { key: 'lastN', value: lastN },
        { key: 'backup', value: { epoch: receipt.epoch, seq: answer.backup } },
        ...(person && answer.cursor ? [{ key: cursorKey(person), value: answer.cursor }] : []),
      ])
    })
    return { acknowledged: acked.length, held: held.length, records: news.size, gone: gone.size }
  })

/** The signed receipt stays with the head: a server that lost the log believes nothing else (A9). */
const headRows = (signed: SignedReceipt): readonly MetaRow[] => {
  const { epoch, seq, chain } = signed.receipt
  return [
    { key: 'head', value: { epoch, seq, chain } },
    { key: 'receipt', value: signed },
  ]
}

/** Records folded in one go; between them a tap may come in. */
const atOnce = 40

export const alterInTurns: typeof alterRecords = async (core, ids, alter) => {
  const all: RowChanges = { put: [], remove: [], attention: [], calm: [], unsorted: [] }
  for (let at = 0; at < ids.length; at += atOnce) {
    if (at > 0) await breathe(core.wait)
    const some = await alterRecords(core, ids.slice(at, at + atOnce), alter)
    for (const part of Object.keys(all) as (keyof RowChanges)[]) (all[part] as unknown[]).push(...some[part])
  }
  return all
}

/** The server knows a number of this device that this tablet, which has lost nothing, never gave: a copy of it is at work. */
const isUsedElsewhere = async (core: Core, lastN: number): Promise<boolean> => {
  const { database, memory } = core
  const [head, stored] = await persist(core, () => Promise.all([database.meta.get('head'), storedLastN(core)]))
  return head !== undefined && lastN > Math.max(memory.lastN, stored, Number(core.mirror.get('lastN') ?? 0))
}

const storedLastN = async ({ database }: Core): Promise<number> =>
  ((await database.meta.get('lastN'))?.value ?? 0) as number

/**
 * Whether whoever wrote it has now read everything up to this number; a change that met nothing new is not echoed. While a reading is under
 * way that cannot be said: a record may have moved on to a page that is still to come.
 */
const hasRead = ({ cursor }: SyncAnswer, seq: number, write: Write | undefined, person: StaffId | null): boolean =>
  cursor !== null &&
  write?.author === person &&
  cursor.since === undefined &&
  cursor.fill === undefined &&
  cursor.seq >= seq

/**
 * Cursors of everybody but this person, put back to the beginning: what leaves one person's reach may stay in a colleague's on the same tablet.
 * What they were allowed to read stays in them, so that the server can still tell what has left it.
 */
export const cursorsAnew = async (core: Core, person: StaffId | null): Promise<MetaRow[]> => {
  const rows = await persist(core, () => core.database.meta.where('key').startsWith('cursor:').toArray())
  return rows
    .filter(({ key }) => !person || key !== cursorKey(person))
    .map(({ key, value }) => ({ key, value: { epoch: '', seq: 0, scope: (value as Cursor).scope } }))
}

/**
 * The server does not know the newest receipt: it was restored from a backup. Everything that it acknowledged or held and that is still
 * here is offered again (law 8); what it has it merely names. Everybody reads
 * from the beginning: an old epoch may come back with a log that has grown otherwise.
 */
export const reoffer = (core: Core): Promise<number> =>
  alone(core, async () => {
    const { database } = core
    const kept = await persist(core, () => Promise.all([database.acked.toArray(), database.held.toArray()]))
    const rows: readonly OutboxRow[] = kept.flat()
    const entries = await Promise.all(rows.map((row) => core.codec.decode<EntryBody>(row.bytes)))
    const changes = entries.flatMap(({ line }) => readChange(line) ?? [])
    const records = await alterRecords(core, recordsOf(changes), (body, id) =>
      changes.filter(({ record }) => record === id).reduce((all, change) => offered(core, all, change), body),
    )
    const cursors = await cursorsAnew(core, null)
    await commit(core, [...recordTables, 'outbox', 'acked', 'held'], async () => {
      await writeRecords(core, records)
      await database.outbox.bulkPut(rows.map(plainRow))
      await database.acked.clear()
      await database.held.clear()
      await database.meta.bulkPut(cursors)
      const head = await database.meta.get('head')
      if (head) await database.meta.put({ key: 'lost', value: head.value })
      await database.meta.delete('head')
    })
    return rows.length
  })

const offered = (core: Core, body: RecordBody, change: Change): RecordBody => {
  const waiting = withChange(core, body, change)
  return { ...waiting, held: waiting.held.filter((n) => n !== change.n) }
}

export const plainRow = ({ n, record, lane, refers, size, bytes }: OutboxRow): OutboxRow => ({
  n,
  record,
  lane,
  refers,
  size,
  bytes,
})

const rowsOf = async (core: Core, ns: readonly number[]): Promise<readonly OutboxRow[]> => {
  const { outbox, held } = core.database
  const found = await persist(core, () => Promise.all([outbox.bulkGet([...ns]), held.bulkGet([...ns])]))
  return onceByNumber(found.flat().filter((row) => row !== undefined))
}

const onceByNumber = (rows: readonly OutboxRow[]): readonly OutboxRow[] =>
  [...new Map(rows.map((row) => [row.n, row])).values()].sort((a, b) => a.n - b.n)

/**
 * Held changes that acknowledged ones have replaced, and those that these had replaced before. The server says so as well, but not where it
 * was restored to a time before it held them. `mended` are those in whose place something was taken; the others were dropped.
 */
const replacedBy = async (core: Core, acknowledged: readonly OutboxRow[]) => {
  const found = new Map<number, OutboxRow>()
  const mended = new Set<number>()
  for (let rows = acknowledged; rows.length > 0; ) {
    const entries = await Promise.all(rows.map((row) => core.codec.decode<EntryBody>(row.bytes)))
    const changes = entries.flatMap(({ line }) => readChange(line) ?? [])
    for (const change of changes) if (change.replaces !== undefined && !isDrop(change)) mended.add(change.replaces)
    const ns = changes.flatMap(({ replaces }) => replaces ?? []).filter((n) => !found.has(n))
    const held = await persist(core, () => core.database.held.bulkGet(ns))
    rows = held.filter((row) => row !== undefined)
    for (const row of rows) found.set(row.n, row)
  }
  return { rows: [...found.values()], mended }
}

const reasonOf = (answer: SyncAnswer, n: number) => {
  const result = answer.results.find((one) => one.n === n)
  const { code = 'malformed-change', field, detail } = result ?? {}
  return { code, ...(field !== undefined && { field }), ...(detail !== undefined && { detail }) }
}

/** Every record that an answer alters. A record that is gone and was never here needs nothing. */
const touched = async (
  core: Core,
  waiting: readonly OutboxRow[],
  news: ReadonlyMap<string, RecordState>,
  gone: ReadonlySet<string>,
) => {
  const ids = new Map([...news.values()].map(({ id, kind }) => [id as string, { id: id as string, kind }]))
  const here = await persist(core, () =>
    core.database.records.bulkGet([...new Set([...waiting.map(({ record }) => record), ...gone])]),
  )
  for (const row of here) if (row) ids.set(row.id, { id: row.id, kind: row.kind })
  return [...ids.values()]
}
