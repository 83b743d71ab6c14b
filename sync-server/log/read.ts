import type { RecordState } from '#domain/merge.ts'
import { newsAbove } from '#domain/news.ts'
import type { Cursor, Position } from '#domain/protocol.ts'
import type { Standing } from '#domain/roles.ts'
import { type Reach, reaches } from '#domain/scope.ts'
import type { Store } from '#server/db/connect.ts'
import type { PageRow } from '#server/db/hot-path.ts'
import type { OwnRecords } from './append.ts'
import { goneSince } from './gone.ts'
import { filterOf, namedReach, reachNamed } from './reach.ts'

/** What one answer brings a reader. `records` are record states as JSON in UTF-8, to be joined as they are. */
export interface News {
  readonly records: readonly Uint8Array[]
  readonly gone: readonly string[]
  readonly cursor: Cursor
  readonly more: boolean
}

export interface Reading {
  readonly province: string
  readonly reader: Standing
  /** Head of the log; nothing above it is read. */
  readonly head: { readonly epoch: string; readonly seq: number }
  readonly cursor: Cursor | null
  /** Bytes of records. */
  readonly budget: number
  /** Whether a first record larger than the budget is sent all the same, so that the reader gets on. */
  readonly atLeastOne: boolean
  /** What this very exchange wrote. */
  readonly own: {
    readonly records: OwnRecords
    readonly headBefore: number
    readonly head: { readonly seq: number }
  } | null
}

/**
 * What a reader's tablet does not have yet (law 11), read after the commit and outside the lock (law 12). Places that the reader was given
 * since the cursor was handed out are read from 0 beside the rest; records that left the reader's places are named in `gone`.
 */
export const readNews = async (store: Store, reading: Reading): Promise<News> => {
  const { province, reader, head } = reading
  const { name, reach } = await namedReach(store, province, reader)
  const before = reading.cursor ? await reachNamed(store, province, reader.staff, reading.cursor.scope) : null
  const known = before && reading.cursor?.epoch === head.epoch && !isWider(before, reach)
  const start: Cursor = known
    ? { ...reading.cursor!, scope: name, fill: fillFor(reading.cursor!, before, reach) }
    : { epoch: head.epoch, seq: 0, scope: name }

  const parts = await readParts(store, reading, start, reach)
  const gone = before ? await goneSince(store, province, { from: start, to: parts.cursor, before, reach }) : []
  return { ...parts, gone }
}

/** What was given cannot be named by scopes, so everything is read from 0. */
const isWider = (before: Reach, now: Reach): boolean =>
  (now.everyPlace && !before.everyPlace) || before.closed.some((kind) => !now.closed.includes(kind))

/** The keys that must be read from 0: those that are new now, and those whose reading was not finished. */
const fillFor = (cursor: Cursor, before: Reach, reach: Reach): Cursor['fill'] => {
  const unfinished = cursor.fill?.keys.filter((key) => reach.keys.includes(key)) ?? []
  const added = reach.keys.filter((key) => !reaches(before, key))
  if (added.length > 0) return { keys: [...new Set([...unfinished, ...added])], seq: 0 }
  return unfinished.length > 0 ? { ...cursor.fill!, keys: unfinished } : undefined
}

interface Part {
  readonly records: Uint8Array[]
  readonly end: Position
  readonly done: boolean
  readonly bytes: number
}
/** Two cursors run side by side while places are being filled in, each over its own keys; when both reach the head they are one. */
const readParts = async (store: Store, reading: Reading, start: Cursor, reach: Reach) => {
  const { epoch, scope, fill } = start
  const whole = filterOf(reach)
  const filled = fill
    ? await readPart(
        store,
        reading,
        fill,
        { ...whole, everyPlace: false, hidden: '', keys: fill.keys, without: [] },
        reading.budget,
      )
    : null
  if (fill && filled && !filled.done) {
    const cursor: Cursor = { ...start, fill: { keys: fill.keys, ...filled.end } }
    return { records: filled.records, cursor, more: true }
  }
  const left = reading.budget - (filled?.bytes ?? 0)
  const rest = await readPart(store, reading, start, { ...whole, without: fill?.keys ?? [] }, left)
  const cursor: Cursor = {
    epoch,
    scope,
    ...rest.end,
    ...(fill && !rest.done && { fill: { keys: fill.keys, seq: reading.head.seq } }),
  }
  return { records: [...(filled?.records ?? []), ...rest.records], cursor, more: !rest.done }
}

type Filter = ReturnType<typeof filterOf> & { readonly without: readonly string[] }

/**
 * One part of the records, up to the head. A record that was written again after the head was taken stands above it now, with all that the
 * reader has not met of it: then the part ends at the head unfinished, and what comes next is told by where this reading began.
 */
const readPart = async (
  store: Store,
  { province, head, own, atLeastOne }: Reading,
  from: Position,
  filter: Filter,
  budget: number,
): Promise<Part> => {
  const known = from.since ?? from.seq
  const records: Uint8Array[] = []
  let bytes = 0
  let end = from
  const nothing = from.since === undefined && (from.seq >= head.seq || isAllOwn(own, from.seq, head.seq))
  if (nothing) return { records, end: { seq: Math.max(head.seq, from.seq) }, done: true, bytes }
  for (;;) {
    const room = Math.max(0, budget - bytes)
    const rows = await store.hot.readPage({
      province,
      after: { seq: end.seq, id: end.after },
      bytes: room,
      ...filter,
    })
    if (rows.length === 0) return { records, end: { seq: Math.max(head.seq, from.seq) }, done: true, bytes }
    for (const row of rows) {
      if (row.seq > head.seq) return { records, end: { seq: head.seq, since: known }, done: false, bytes }
      const news = isOwnNews(row, own, known) ? null : newsOf(row, own?.records.get(row.id)?.isRetold ? 0 : known)
      if (news !== null) {
        const fits = bytes + news.length <= budget || (atLeastOne && bytes === 0)
        if (!fits) return { records, end, done: false, bytes }
        records.push(news)
        bytes += news.length
      }
      end = { seq: row.seq, after: row.id, since: known }
    }
  }
}

/** A change that met nothing new is not echoed: the device had all of the record before, and applies its own from the receipt. */
const isOwnNews = (row: PageRow, own: Reading['own'], known: number): boolean => {
  const mine = own?.records.get(row.id)
  return mine?.seq === row.seq && metNothing(mine, known)
}

const metNothing = (mine: { before: number; wholeFrom: number; isRetold: boolean }, known: number) =>
  !mine.isRetold && mine.before <= known && (mine.before === 0 || mine.wholeFrom <= known)

/** Whether the log went on since the reader's cursor by nothing but this exchange's own changes, none of which met anything new. */
const isAllOwn = (own: Reading['own'], known: number, head: number): boolean => {
  if (!own || known < own.headBefore || own.head.seq !== head) return false
  for (const mine of own.records.values()) if (!metNothing(mine, known)) return false
  return true
}

/** The stored bytes as they lie, where the reader needs the whole; else only the writes that it has not met: how it began is known. */
const newsOf = ({ whole_from, body }: PageRow, known: number): Uint8Array => {
  if (known < whole_from) return body
  const record = JSON.parse(utf8.decode(body)) as RecordState
  return Buffer.from(JSON.stringify(newsAbove(record, known)))
}
const utf8 = new TextDecoder()
