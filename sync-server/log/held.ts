import { proofText } from '#domain/authority/line-proof.ts'
import { type Change, readChange } from '#domain/change.ts'
import { type Failure, type FailureCode, isOfProof } from '#domain/kernel/failure.ts'
import { prepared } from '#server/db/prepared.ts'
import type { HeldTable } from '#server/db/schema.ts'
import type { Ledger } from './ledger.ts'
import { keptProof, type Sent, type Unverified } from './sent.ts'

/** A row without its line. */
export type HeldRow = Omit<HeldTable, 'line'>

/** What the server keeps back of one device: everything that still waits, and what it knows of the numbers asked for. */
export interface HeldBook {
  readonly rows: readonly HeldRow[]
  readonly ofNumber: ReadonlyMap<number, readonly HeldRow[]>
  readonly ofRecord: ReadonlyMap<string, readonly HeldRow[]>
  add(row: HeldRow): void
  /** How many were added. */
  added(): number
  /** The line itself. It may be large, and most are never looked at: a push reads none that it does not need. */
  lineOf(row: HeldRow): Promise<string>
  /** How the device calls itself where it names itself in place of an author. */
  readonly names: ReadonlySet<string | null>
}

export const openHeldBook = async (ledger: Ledger, ns: readonly number[]): Promise<HeldBook> => {
  const { tx, province, device } = ledger
  const { db } = tx
  if (ns.length === 0) return bookOf(ledger, await findHeld(db, province, device))
  const rows = await db
    .selectFrom('held')
    .select(columns)
    .where('province', '=', province)
    .where('device', '=', device)
    .where((is) => is.or([is('state', '=', 'held'), is('n', 'in', ns)]))
    .orderBy('n')
    .execute()
  return bookOf(ledger, rows)
}

const bookOf = (ledger: Ledger, found: readonly HeldRow[]): HeldBook => {
  const rows: HeldRow[] = []
  const ofNumber = new Map<number, HeldRow[]>()
  const ofRecord = new Map<string, HeldRow[]>()
  const into = <K>(map: Map<K, HeldRow[]>, key: K, row: HeldRow) => {
    const there = map.get(key)
    if (there) there.push(row)
    else map.set(key, [row])
  }
  const add = (row: HeldRow) => {
    rows.push(row)
    into(ofNumber, row.n, row)
    if (row.record !== null) into(ofRecord, row.record, row)
  }
  for (const row of found) add(row)
  return {
    names: new Set([ledger.device, ledger.follows]),
    rows,
    ofNumber,
    ofRecord,
    add,
    added: () => rows.length - found.length,
    lineOf: (row) => lineOf(ledger, row),
  }
}

const columns = [
  'province',
  'device',
  'n',
  'digest',
  'record',
  'author',
  'code',
  'field',
  'detail',
  'received_at',
  'state',
  'settled_at',
  'settled_seq',
  'proof',
  'shown',
] as const satisfies readonly (keyof HeldRow)[]

const lineOf = async ({ tx, province, device }: Ledger, { n, digest }: HeldRow): Promise<string> => {
  const { line } = await tx.db
    .selectFrom('held')
    .select('line')
    .where('province', '=', province)
    .where('device', '=', device)
    .where('n', '=', n)
    .where('digest', '=', digest)
    .executeTakeFirstOrThrow()
  return line
}

const findHeld = prepared((db, province: string, device: string) =>
  db
    .selectFrom('held')
    .select(columns)
    .where('province', '=', province)
    .where('device', '=', device)
    .where('state', '=', 'held')
    .orderBy('n'),
)

const isHeld = ({ state }: HeldRow) => state === 'held'
/** What is held still under a number, or of a record, in the order of n. */
const heldAs = ({ ofNumber }: HeldBook, n: number) => (ofNumber.get(n) ?? []).filter(isHeld)
const heldOf = ({ ofRecord }: HeldBook, record: string) =>
  (ofRecord.get(record) ?? []).filter(isHeld).sort((a, b) => a.n - b.n)

const isFork = ({ code }: HeldRow) => code === ('forked-device' satisfies FailureCode)
const waits = ({ code }: HeldRow) => code === ('waits-for-held' satisfies FailureCode)

const lacksFields = ({ code }: HeldRow) => code === ('missing-field' satisfies FailureCode)

/** A clone's copy says nothing about the record's next change; what only waits is let go together with what it waits for. */
const blocks = (row: HeldRow) => !isFork(row) && !waits(row)

/** The held numbers that a change mends: the one it names, and what that one itself would have mended. */
export const mendedBy = async (book: HeldBook, change: Change): Promise<ReadonlySet<number>> =>
  new Set((await replacedRows(book, change)).map(({ n }) => n))

/**
 * The held rows that a change would take the place of: the one that it names, and what that one might have. What somebody else wrote it never might,
 * or whoever tried could not take their own try back.
 */
export const replacedRows = async (book: HeldBook, change: Change): Promise<readonly HeldRow[]> => {
  const mended = new Map<number, HeldRow>()
  let before: HeldRow | undefined
  let next = change.replaces
  while (next !== undefined && !mended.has(next)) {
    const n = next
    const [row] = heldAs(book, n)
    if (!row || (before && !isOfSame(book, before, row))) break
    mended.set(n, row)
    before = row
    next = readChange(await book.lineOf(row))?.replaces
  }
  return [...mended.values()]
}

/** Whether two rows are of one author and one record; what could not be read is of any. */
const isOfSame = ({ names }: HeldBook, row: HeldRow, other: HeldRow): boolean =>
  (other.author === null || other.author === row.author || (names.has(other.author) && names.has(row.author))) &&
  (other.record === null || other.record === row.record)

/**
 * Whether an earlier change of this device to the same record is still kept back (law 6). What lacks a proof says nothing about what others
 * write on the same tablet: only its own author waits for it.
 */
export const mustWait = async (book: HeldBook, change: Change): Promise<boolean> => {
  const concerns = (row: HeldRow) => row.author === change.author || !isOfProof(row.code)
  const earlier = heldOf(book, change.record).filter((row) => row.n < change.n && blocks(row) && concerns(row))
  if (earlier.length === 0) return false
  const mended = await mendedBy(book, change)
  return earlier.some(({ n }) => !mended.has(n))
}

/** Those that wait for nothing but earlier changes to these records, or for one that begins them, in the order of n. */
export const waitersOn = (book: HeldBook, records: ReadonlySet<string>): HeldRow[] =>
  [...records]
    .flatMap((record) => heldOf(book, record).filter((row) => waits(row) || lacksFields(row)))
    .sort((a, b) => a.n - b.n)

/** Other devices of which something is held that may have lacked nothing but these records. */
export const devicesLacking = async (
  { tx, province, device }: Ledger,
  records: readonly string[],
): Promise<readonly string[]> => {
  if (records.length === 0) return []
  const rows = await tx.db
    .selectFrom('held')
    .select('device')
    .where('province', '=', province)
    .where('record', 'in', records)
    .where('state', '=', 'held')
    .where('code', '=', 'missing-field' satisfies FailureCode)
    .execute()
  return [...new Set(rows.map((row) => row.device))].filter((one) => one !== device)
}

/** Where a program of before has held it, its base counts as it did when it came. */
export const shownWith = ({ shown }: HeldRow): number => shown ?? Number.MAX_SAFE_INTEGER

/** A held change as it was sent. */
export const sentAgain = async (book: HeldBook, row: HeldRow): Promise<Unverified> => {
  const line = await book.lineOf(row)
  return { n: row.n, line, digest: row.digest, change: readChange(line), proof: keptProof(row.proof) }
}

/** Keeps a change back, or notes the present reason of one that already is. */
export const keepBack = async (
  ledger: Ledger,
  book: HeldBook,
  sent: Sent & { readonly shown: number },
  why: Failure,
): Promise<void> => {
  const { tx, province, device, now } = ledger
  const reason = {
    code: why.code,
    field: clean(why.field),
    detail: clean(why.detail),
    proof: sent.proof && proofText(sent.proof),
  }
  const known = book.ofNumber.get(sent.n)?.find((row) => row.digest === sent.digest)
  if (known) {
    const altered = (['code', 'field', 'detail'] as const).some((part) => known[part] !== reason[part])
    const present = {
      ...reason,
      ...(altered && { settled_seq: ledger.head.seq }),
      ...(known.shown !== null && { shown: Math.max(known.shown, sent.shown) }),
    }
    Object.assign(known, present)
    await rowsOf(ledger, sent.n).set(present).where('digest', '=', sent.digest).execute()
    return
  }
  const row: HeldRow = {
    province,
    device,
    n: sent.n,
    digest: sent.digest,
    record: sent.change?.record ?? null,
    author: sent.change?.author ?? null,
    ...reason,
    received_at: now,
    state: 'held',
    settled_at: null,
    settled_seq: null,
    shown: sent.shown,
  }
  book.add(row)
  await tx.db
    .insertInto('held')
    .values({ ...row, line: clean(sent.line)! })
    .execute()
}

/** A change that a copied tablet sends again as the device that it is now: what was kept of it under the old one has found its place. */
export const settleFork = async ({ tx, province, follows, now, head }: Ledger, { n, line }: Sent): Promise<void> => {
  await tx.db
    .updateTable('held')
    .set({ state: 'accepted', settled_at: now, settled_seq: head.seq })
    .where('province', '=', province)
    .where('device', '=', follows)
    .where('n', '=', n)
    .where('line', '=', line)
    .where('code', '=', 'forked-device' satisfies FailureCode)
    .where('state', '=', 'held')
    .execute()
}

export type Settled = 'accepted' | 'mended' | 'dropped'

/** Notes what became of a held change; answers the records that it no longer blocks. */
export const settle = async (ledger: Ledger, book: HeldBook, n: number, state: Settled): Promise<Set<string>> => {
  const rows = heldAs(book, n).filter((row) => state === 'dropped' || !isFork(row))
  const settled = { state, settled_at: ledger.now, settled_seq: ledger.head.seq }
  for (const row of rows) {
    Object.assign(row, settled)
    await rowsOf(ledger, n).set(settled).where('digest', '=', row.digest).execute()
  }
  return new Set(rows.flatMap(({ record }) => (record ? [record] : [])))
}

const rowsOf = ({ tx, province, device }: Ledger, n: number) =>
  tx.db.updateTable('held').where('province', '=', province).where('device', '=', device).where('n', '=', n)

/** No database text may hold the sign NUL; only a line that is no change can. */
const clean = (text: string | undefined): string | null => text?.replaceAll('\0', '\ufffd') ?? null
