import { Dexie, type DexieOptions, type EntityTable } from 'dexie'
import type { ReviewState } from '#domain/review.ts'

/** A record as it lies here. What is sealed is in `bytes` (a `RecordBody`); the rest are the indexes. */
export interface RecordRow {
  readonly id: string
  readonly kind: string
  readonly seq: number
  readonly place?: string
  readonly day?: string
  readonly parent?: string
  readonly bytes: Uint8Array
}

/** A change that the server has not acknowledged. `bytes` is an `EntryBody`. */
export interface OutboxRow {
  readonly n: number
  readonly record: string
  readonly lane: number
  /** Records that it refers to: they must not arrive after it. */
  readonly refers: readonly string[]
  /** Bytes of its line. */
  readonly size: number
  readonly bytes: Uint8Array
}

/** Acknowledged, and kept until a verified backup covers it and `until` has passed (law 8). */
export interface AckedRow extends OutboxRow {
  readonly seq: number
  readonly epoch: string
  readonly until: number
  readonly key?: string
  /** The server never took it, nor another in its place. */
  readonly dropped?: true
  /** Who brought it before this tablet did. */
  readonly courier?: { readonly device?: string | undefined; readonly staff?: string | undefined }
}

/** Held back by the server, with the reason. */
export interface HeldRow extends OutboxRow {
  readonly code: string
  readonly field?: string
  readonly detail?: string
}

/** What a person must settle. */
export interface AttentionRow {
  readonly id: string
  readonly why: 'conflict' | 'question'
  /** For whom, where it is for one person. */
  readonly to?: string
}

/** Where a reviewed record stands in the inbox (`review-index.ts`). */
export interface ReviewRow {
  readonly id: string
  readonly kind: string
  readonly state: ReviewState
  /** When it last moved, in milliseconds, as a negative number: the index then gives the newest first. */
  readonly order: number
  readonly place?: string
  readonly day?: string
}

export interface MetaRow {
  readonly key: string
  readonly value: unknown
}

/** The oldest code that may still write. Raised together with the meaning of a row. From 2 on, whoever writes a record marks it in `unsorted`. */
export const codeFloor = 2

/** Why this code must not write: a later version of the program has been here. */
export class FloorError extends Error {
  override readonly name = 'FloorError'
}

export class BowonDatabase extends Dexie {
  records!: EntityTable<RecordRow, 'id'>
  outbox!: EntityTable<OutboxRow, 'n'>
  acked!: EntityTable<AckedRow, 'n'>
  held!: EntityTable<HeldRow, 'n'>
  attention!: EntityTable<AttentionRow, 'id'>
  review!: EntityTable<ReviewRow, 'id'>
  /** Records whose row in `review` may no longer be true. */
  unsorted!: EntityTable<{ id: string }, 'id'>
  /** Idempotency: which `n` a draft has become. */
  keys!: EntityTable<{ key: string; n: number; record: string }, 'key'>
  /** Only where the browser has no OPFS. */
  drafts!: EntityTable<{ key: string; bytes: Uint8Array }, 'key'>
  meta!: EntityTable<MetaRow, 'key'>

  constructor(name: string, options: DexieOptions = {}) {
    super(name, { ...options, chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      records: 'id, kind, [kind+day], [kind+place], [kind+parent]',
      outbox: 'n, record',
      acked: 'n, seq',
      held: 'n, record',
      attention: 'id',
      keys: 'key',
      drafts: 'key',
      meta: 'key',
    })
    this.version(2).stores({ review: 'id, [state+order]', unsorted: 'id' })
  }
}

export type TableName =
  | 'records'
  | 'outbox'
  | 'acked'
  | 'held'
  | 'attention'
  | 'review'
  | 'unsorted'
  | 'keys'
  | 'drafts'
  | 'meta'

const patience = [50, 200, 800, 2000]

/**
 * Browsers lose the connection in the background (iOS) or close it under pressure, and leaving the page breaks a transaction off; the
 * same work is then done again.
 */
const isLostConnection = (cause: unknown): boolean => {
  const { name, message, inner } = cause as { name?: string; message?: string; inner?: unknown }
  return (
    name === 'DatabaseClosedError' ||
    name === 'InvalidStateError' ||
    (name === 'AbortError' && !inner) ||
    /connection.*(lost|clos)/i.test(message ?? '') ||
    (inner !== undefined && inner !== null && isLostConnection(inner))
  )
}

/** Does the work, and after a lost connection opens the database again and does it once more, with growing pauses. */
export const persisting = async <T>(
  db: BowonDatabase,
  wait: (ms: number) => Promise<void>,
  mayReopen: () => boolean,
  work: () => Promise<T>,
): Promise<T> => {
  for (let turn = 0; ; turn++) {
    try {
      return await work()
    } catch (cause) {
      if (!mayReopen()) throw new FloorError('this tab has stopped')
      const pause = patience[turn]
      if (pause === undefined || !isLostConnection(cause)) throw cause
      await wait(pause)
      if (!db.isOpen()) await db.open()
    }
  }
}

/** The only way to write: one strict transaction that first reads the schema floor, because Dexie opens a newer database with older code. */
export const writing = <T>(
  db: BowonDatabase,
  tables: readonly TableName[],
  work: () => PromiseLike<T>,
): PromiseLike<T> =>
  db.transaction('rw', [...tables, 'meta'], async () => {
    const floor = (await db.meta.get('floor'))?.value ?? codeFloor
    if ((floor as number) > codeFloor) throw new FloorError('a later version has written here')
    return work()
  })
