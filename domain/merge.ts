import type { MergePolicy } from '#domain/fields/field.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { own } from '#domain/kernel/own.ts'
import type { FieldSet } from './change.ts'
import { isEmpty, isObject, type JsonObject, unite, withField, withoutKeys } from './field-set.ts'
import { fieldOf } from './record-kind.ts'
import { kindOf } from './records/index.ts'

/** A stamped change, cut down to the fields in which nothing has replaced it. */
export interface Write {
  /** The server's number; for a change that still waits here, `pending`. */
  readonly seq: number
  readonly stamp: number
  /** Greatest number that the author had seen. */
  readonly base: number
  readonly device: string
  readonly n: number
  readonly author: string
  /** The device's raw time. */
  readonly at: number
  /** False where no session ever proved that the author had been on that device. */
  readonly proven?: false
  readonly set: FieldSet
}

export type Origin = Pick<Write, 'seq' | 'n' | 'author' | 'device' | 'at'>

/** **A record is its surviving writes.** Everything shown of it is derived from them. */
export interface RecordState {
  readonly id: RecordId
  readonly kind: string
  /** Number of the latest change that was folded in. */
  readonly seq: number
  /** Who began it, where and when: the write with the smallest number, also when nothing of it is left. */
  readonly created: Origin | null
  readonly writes: readonly Write[]
}

/** Order of a change that no server has numbered yet: it had seen everything that is here. */
export const pendingSeq = Number.MAX_SAFE_INTEGER

/** Fields that every record has, whatever its kind. */
const commonPolicies: Readonly<Record<string, MergePolicy>> = { withdrawn: 'latest' }

/** Unknown fields keep their siblings, until the version that declares them folds the kind again (law 9). */
export const policyOf = (kind: string, field: string): MergePolicy => {
  const known = kindOf(kind)
  return own(commonPolicies, field) ?? (known && fieldOf(known, field))?.merge ?? 'ask'
}

/**
 * Whether `later` was written knowing `earlier`. What has a greater number was never seen, or three writes could replace each other in a
 * ring: a change that was held and let go has lost what its device said later before it is folded (`withoutLaterWords`).
 */
export const hadSeen = (later: Write, earlier: Write): boolean =>
  earlier.seq <= later.base || (earlier.device === later.device && earlier.n < later.n && earlier.seq <= later.seq)

/**
 * Folds one write into a record. Over stamped writes the fold is free of order and idempotent: for `latest` and for each part of a
 * keyed set the greatest (stamp, seq) stays; for `ask` the writes that no other had seen stay.
 */
export const merge = (record: RecordState, write: Write): RecordState => {
  if (record.writes.some((known) => sameWrite(known, write))) {
    return mergeAgain(record, write)
  }
  let set: FieldSet = write.set
  const writes: Write[] = []
  for (const known of record.writes) {
    const [kept, mine] = settle(record.kind, known, { ...write, set })
    set = mine
    if (kept === known.set) writes.push(known)
    else if (!isEmpty(kept)) writes.push({ ...known, set: kept })
  }
  if (!isEmpty(set)) insertInOrder(writes, set === write.set ? write : { ...write, set })
  return {
    ...record,
    seq: Math.max(record.seq, write.seq === pendingSeq ? 0 : write.seq),
    created: earlier(record.created, write),
    writes,
  }
}

export const mergeAll = (record: RecordState, writes: readonly Write[]): RecordState => writes.reduce(merge, record)

export const emptyRecord = (id: RecordId, kind: string): RecordState => ({
  id,
  kind,
  seq: 0,
  created: null,
  writes: [],
})

/** The record as a fresh reader would fold it: the same writes again, for instance after a kind learned a field. */
export const foldAgain = (record: RecordState): RecordState => ({
  ...mergeAll({ ...record, writes: [] }, record.writes),
  seq: record.seq,
})

const sameWrite = (a: Write, b: Write) => a.device === b.device && a.n === b.n

/** A write that is here already, perhaps cut down: what it lost stays lost, what only the other copy has is weighed anew. */
const mergeAgain = (record: RecordState, write: Write): RecordState => {
  const known = record.writes.find((one) => sameWrite(one, write))!
  const others = { ...record, writes: record.writes.filter((one) => one !== known) }
  return merge(others, { ...write, set: unite(known.set, write.set) })
}

/** What each of two writes keeps of its fields once they have met. */
const settle = (kind: string, a: Write, b: Write): [FieldSet, FieldSet] => {
  let left = a.set
  let right = b.set
  for (const field of Object.keys(b.set)) {
    if (!Object.hasOwn(a.set, field)) continue
    const policy = policyOf(kind, field)
    if (policy === 'keyed-set' && isObject(a.set[field]!) && isObject(b.set[field]!)) {
      const [ours, theirs] = settleKeys(a.set[field], b.set[field], isGreater(a, b))
      left = withField(left, field, ours)
      right = withField(right, field, theirs)
    } else if (policy === 'ask') {
      if (hadSeen(a, b)) right = withField(right, field, undefined)
      else if (hadSeen(b, a)) left = withField(left, field, undefined)
    } else if (isGreater(a, b)) right = withField(right, field, undefined)
    else left = withField(left, field, undefined)
  }
  return [left, right]
}

const settleKeys = (a: JsonObject, b: JsonObject, aWins: boolean): [JsonObject | undefined, JsonObject | undefined] =>
  aWins ? [a, withoutKeys(b, a)] : [withoutKeys(a, b), b]

/** Stamps order; the server's number breaks a tie, and a change that waits here is the newest that its device knows. */
export const isGreater = (a: Write, b: Write): boolean =>
  a.stamp !== b.stamp ? a.stamp > b.stamp : a.seq !== b.seq ? a.seq > b.seq : a.n > b.n

const insertInOrder = (writes: Write[], write: Write) => {
  let at = writes.length
  while (at > 0 && isGreater(writes[at - 1]!, write)) at--
  writes.splice(at, 0, write)
}

const earlier = (known: Origin | null, { seq, n, author, device, at }: Origin): Origin =>
  known && (known.seq < seq || (known.seq === seq && known.n <= n)) ? known : { seq, n, author, device, at }
