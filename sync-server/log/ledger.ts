import type { Base, Change } from '#domain/change.ts'
import { emptyRecord, merge, type RecordState, type Write } from '#domain/merge.ts'
import { kindOf } from '#domain/records/index.ts'
import { stampOf } from '#domain/stamp.ts'
import type { Tx } from '#server/db/connect.ts'
import type { ProvinceHead } from '#server/db/hot-path.ts'
import { prepared } from '#server/db/prepared.ts'
import type { ChangeTable, RecordTable } from '#server/db/schema.ts'
import { type Doubt, readDoubt } from './doubt.ts'
import { type Epoch, epochsOf, numberOf } from './epochs.ts'
import { chainHash } from './hash.ts'
import { readOwnWords, type Said, seenBefore, standingWords } from './own-words.ts'
import { indexFields, type Placement, placementOf } from './placement.ts'

/** A record while a transaction works on it. */
export interface Entry {
  /** As it lies in the database; null for one that is new. */
  readonly row: RecordTable | null
  state: RecordState
  placement: Placement
  /** Number at which readers meet it again. */
  seq: number
  /** Number at which it came to its present scope. */
  wholeFrom: number
  touched: boolean
  /** A change to it counts as having seen something else than it says. */
  isRetold?: boolean
}

/** The province's log, locked, with the records that this transaction has looked at. Nothing is written before `flush`. */
export interface Ledger {
  readonly tx: Tx
  readonly province: string
  readonly device: string
  readonly now: number
  readonly head: ProvinceHead
  readonly epochs: readonly Epoch[]
  /** Head when the lock was taken: nobody can have seen more. */
  readonly headBefore: number
  readonly records: Map<string, Entry | null>
  readonly added: ChangeTable[]
  /** By record, what this device has in the log of it, as far as that was asked. */
  readonly said: Map<string, Said[]>
  lastN: number
  lastStamp: number
  /** Members of staff whom a session has proven on this device; those who have signed out of it, with the last `n` that counts. */
  readonly people: ReadonlyMap<string, number | null>
  /** The device that this one was before it was copied. */
  readonly follows: string | null
  /** Its `tablet` record; null where it was known before there was enrolment. */
  readonly tablet: string | null
  /** The tablet was revoked. */
  readonly isRevoked: boolean
  /** Members of staff whose account is disabled. */
  readonly disabled: ReadonlySet<string>
  /** While the log does not know whom it let go. */
  readonly doubt: Doubt | null
}

/** What a change would do to its record, worked out before anybody has allowed it. */
export interface Draft {
  readonly change: Change
  readonly write: Write
  readonly before: Entry | null
  readonly state: RecordState
  readonly placement: Placement
}

/** Takes the lock on the province (law 3) and reads what every append needs. Null when there is no such province or device. */
export const openLedger = async (
  tx: Tx,
  { province, device, now }: { province: string; device: string; now: number },
): Promise<Ledger | null> => {
  const head = await tx.hot.lockProvince(province)
  const [known] = await findDevice(tx.db, province, device)
  if (!head || !known) return null
  const people = await peopleOn(tx.db, province, device)
  return {
    tx,
    province,
    device,
    now,
    head,
    epochs: await epochsOf(tx.db, province),
    headBefore: head.seq,
    records: new Map(),
    added: [],
    said: new Map(),
    lastN: known.last_n,
    lastStamp: known.last_stamp,
    people: new Map(people.map(({ staff, left_n }) => [staff, left_n])),
    follows: known.follows,
    tablet: known.tablet,
    isRevoked: known.revoked_at !== null,
    doubt: readDoubt(head.doubt),
    disabled: new Set((await disabledPeople(tx.db, province)).map(({ staff }) => staff)),
  }
}

const findDevice = prepared((db, province: string, device: string) =>
  db
    .selectFrom('devices')
    .select(['last_n', 'last_stamp', 'follows', 'tablet', 'revoked_at'])
    .where('province', '=', province)
    .where('id', '=', device),
)

const peopleOn = prepared((db, province: string, device: string) =>
  db
    .selectFrom('device_people')
    .select(['staff', 'left_n'])
    .where('province', '=', province)
    .where('device', '=', device),
)

const disabledPeople = prepared((db, province: string) =>
  db.selectFrom('accounts').select('staff').where('province', '=', province).where('disabled', '=', 1),
)

/** Reads many records at once, with their parents, so that judging them one by one waits for nothing. */
export const prefetch = async (ledger: Ledger, changes: readonly Change[]): Promise<void> => {
  const ids = new Set<string>(ledger.tablet ? [ledger.tablet] : [])
  for (const { record, author, kind, set } of changes) {
    ids.add(record).add(author)
    const parent = parentIn(kind, set)
    if (parent) ids.add(parent)
  }
  const rows = await read(ledger, ids)
  await read(ledger, new Set(rows.flatMap(({ parent }) => (parent ? [parent] : []))))
  await readOwnWords(
    ledger,
    changes.map(({ record }) => record),
  )
}

const parentIn = (kind: string, set: Change['set']): string | null => {
  const declared = kindOf(kind)
  const field = declared && indexFields(declared).parent
  return field && typeof set[field] === 'string' ? set[field] : null
}

const read = async (ledger: Ledger, wanted: Iterable<string>): Promise<RecordTable[]> => {
  const ids = [...wanted].filter((id) => !ledger.records.has(id))
  const rows = await ledger.tx.hot.findRecords(ledger.province, ids)
  for (const id of ids) ledger.records.set(id, null)
  for (const row of rows) ledger.records.set(row.id, entryOf(row))
  return rows
}

const entryOf = (row: RecordTable): Entry => ({
  row,
  state: JSON.parse(row.body) as RecordState,
  placement: { scope: row.scope, parent: row.parent, place: row.place, day: row.day },
  seq: row.seq,
  wholeFrom: row.whole_from,
  touched: false,
})

export const findEntry = async (ledger: Ledger, id: string): Promise<Entry | null> => {
  if (!ledger.records.has(id)) await read(ledger, [id])
  return ledger.records.get(id) ?? null
}

/** The author's own record, if they are known at all. */
export const staffIn = async (ledger: Ledger, staff: string): Promise<RecordState | null> => {
  const entry = await findEntry(ledger, staff)
  return entry?.state.kind === 'staff' ? entry.state : null
}

/** Stamps and folds a change with the number that it would get next. Its base counts for no more than its device has `shown` to have heard. */
export const draft = async (ledger: Ledger, change: Change, shown: number): Promise<Draft> => {
  const kind = kindOf(change.kind)!
  const before = await findEntry(ledger, change.record)
  const known = before?.state ?? emptyRecord(change.record, change.kind)
  const read = Math.min(shown, numberOf(ledger.epochs, change.base, ledger.headBefore))
  const base = Math.max(read, await seenBefore(ledger, change))
  const seen = known.writes.reduce((stamp, one) => (one.seq <= base ? Math.max(stamp, one.stamp) : stamp), 0)
  const write: Write = {
    seq: ledger.head.seq + 1,
    stamp: stampOf({
      at: change.at,
      seen: change.seen,
      receivedAt: ledger.now,
      stampSeen: seen,
      devicePrevious: ledger.lastStamp,
    }),
    base,
    device: ledger.device,
    n: change.n,
    author: change.author,
    at: change.at,
    ...whetherProven(ledger, change.author),
    set: await standingWords(ledger, change),
  }
  const state = merge(known, write)
  for (const parent of [parentIn(change.kind, write.set), before?.placement.parent]) {
    if (parent) await findEntry(ledger, parent)
  }
  const placement = placementOf(kind, state, (id) => ledger.records.get(id)?.placement ?? null)
  return { change, write, before, state, placement }
}

/** What goes into the log beside the change that was read from it. */
export interface Proven {
  readonly digest: string
  readonly line: string
  readonly proof: string | null
}

/** Gives the draft its number: the log has one row more, and the record is what the draft says. */
export const commit = (ledger: Ledger, { change, write, before, state, placement }: Draft, sent: Proven) => {
  addRow(ledger, change, write, sent)
  const moved = before?.placement.scope !== placement.scope
  ledger.records.set(change.record, {
    row: before?.row ?? null,
    state,
    placement,
    seq: write.seq,
    wholeFrom: before && !moved ? before.wholeFrom : write.seq,
    touched: true,
    isRetold: before?.isRetold === true || !isAsSaid(change.base, write.base, ledger.head.epoch),
  })
}

/** Whether the device can tell by itself what its base counts for; of one from an earlier epoch it cannot, whatever number comes of it. */
const isAsSaid = (said: Base | undefined, counts: number, epoch: string): boolean =>
  counts === (said?.seq ?? 0) && (said === undefined || said.epoch === epoch)

/** A person's word that a held change is not to be sent: it stands in the log and touches no record. */
export const commitDrop = (ledger: Ledger, change: Change, sent: Proven) => {
  const { at, seen } = change
  const stamp = stampOf({ at, seen, receivedAt: ledger.now, stampSeen: 0, devicePrevious: ledger.lastStamp })
  const write = { seq: ledger.head.seq + 1, stamp, base: 0, ...whetherProven(ledger, change.author) }
  addRow(ledger, change, write, sent)
  return write
}

/** Whether an envelope that names a device in place of its author is this device's own. */
export const isOwnDevice = ({ device, follows }: Ledger, author: string): boolean =>
  author === device || author === follows

const whetherProven = (ledger: Ledger, author: string): Pick<Write, 'proven'> =>
  !ledger.isRevoked && (ledger.people.has(author) || isOwnDevice(ledger, author)) ? {} : { proven: false }

const addRow = (
  ledger: Ledger,
  { n, record }: Change,
  { seq, stamp, base, proven }: Pick<Write, 'seq' | 'stamp' | 'base' | 'proven'>,
  { digest, line, proof }: Proven,
) => {
  const { province, device, now, head } = ledger
  const chain = chainHash(head.chain, { seq, device, n, digest, stamp, proof })
  const isProven = proven === false ? 0 : 1
  ledger.added.push({
    province,
    seq,
    device,
    n,
    digest,
    chain,
    stamp,
    base,
    received_at: now,
    proven: isProven,
    record,
    line,
    proof,
  })
  ledger.said.get(record)?.push({ n, base })
  head.seq = seq
  head.chain = chain
  ledger.lastStamp = stamp
}
