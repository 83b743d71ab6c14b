import { bytesToHex, type Json, sha256, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { type DeviceId, isId, type RecordId, type StaffId } from '#domain/kernel/id.ts'

/** What the person had before them when the form was opened: a number of an epoch of the province's log. */
export interface Base {
  readonly epoch: string
  readonly seq: number
}

/** Only the fields that the person altered; null clears one. A keyed set carries only the keys and parts altered. */
export type FieldSet = Readonly<Record<string, Json>>

/**
 * Who set which fields of which record, when, knowing what. Finished when it is saved (law 1): nothing in it alters afterwards, and
 * a retry sends the same bytes. Its id is (device, n); the device is said once for a batch.
 */
export interface Change {
  /** The device's own counter, from 1, never reused. */
  readonly n: number
  readonly author: StaffId
  /** The device's clock, raw, in milliseconds. */
  readonly at: number
  /** The last server time that the device had seen, in milliseconds; 0 before the first. */
  readonly seen: number
  readonly kind: string
  /** Version of the kind's declaration that wrote it. */
  readonly v: number
  readonly record: RecordId
  /** Absent when the record was new to the person. */
  readonly base?: Base
  /** `n` of the held change that this one mends. */
  readonly replaces?: number
  readonly set: FieldSet
}

/** A change that sets nothing but takes the place of a held one: the person decided that it is not to be sent. */
export const isDrop = (change: { readonly replaces?: number; readonly set: FieldSet }): boolean =>
  change.replaces !== undefined && Object.keys(change.set).length === 0

/** The line of a change as it is journalled, sent, digested and stored: one JSON object without line breaks. */
export const changeLine = (change: Change): string => JSON.stringify(change)

/** Names that every object has, `constructor` for one: whoever looks a field or a key up by its name would find something else. */
const isEveryObjects = (name: string): boolean => Object.hasOwn(Object.prototype, name)

/** Bounds that hold before a value is looked at: nesting and number of keys. */
const maxDepth = 6
const maxKeys = 4000

/** Reads a line; null when it is not a change (the caller holds it back with its bytes). Keys that a later version adds pass. */
export const readChange = (line: string): Change | null => {
  try {
    const value: unknown = JSON.parse(line)
    return isChange(value) ? value : null
  } catch {
    return null
  }
}

/** SHA-256 in hex over the device and the bytes as sent. */
export const changeDigest = (device: DeviceId, line: string): string =>
  bytesToHex(sha256(utf8ToBytes(`${device}\n${line}`)))

/** SHA-256 in hex over the digests of several changes, in the order of their `n`. */
export const digestOfDigests = (digests: readonly string[]): string => bytesToHex(sha256(utf8ToBytes(digests.join(''))))

export interface ChainedRow {
  readonly seq: number
  readonly device: string
  readonly n: number
  readonly digest: string
  readonly stamp: number
  /** `<key id>.<signature>`, or `taken.<administrator>`; null where the tablet's word was enough. */
  readonly proof: string | null
}

/** What a log row's chain hash is made of. A row without a proof hashes as it did before there were any. */
export const chainText = (before: string, { seq, device, n, digest, stamp, proof }: ChainedRow): string =>
  `${before}:${seq}:${device}:${n}:${digest}:${stamp}${proof === null ? '' : `:${proof}`}`

/** The chain hash of a log row: it covers the row before it, so that no row can be altered or taken out unseen. */
export const chainHash = (before: string, row: ChainedRow): string =>
  bytesToHex(sha256(utf8ToBytes(chainText(before, row))))

export const firstChain = ''

type Parsed = { readonly [key: string]: unknown }
const isObject = (value: unknown): value is Parsed =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least
const isShort = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 60

/** Looked at by hand, not by a schema: it is the hottest loop of a server, and what it has to find is simple. */
const isChange = (value: unknown): value is Change =>
  isObject(value) &&
  isWhole(value.n, 1) &&
  isId(value.author) &&
  Number.isSafeInteger(value.at) &&
  isWhole(value.seen, 0) &&
  isShort(value.kind) &&
  isWhole(value.v, 1) &&
  isId(value.record) &&
  (value.base === undefined || isBase(value.base)) &&
  (value.replaces === undefined || isWhole(value.replaces, 1)) &&
  isFieldSet(value.set)

const isBase = (value: unknown): value is Base => isObject(value) && isShort(value.epoch) && isWhole(value.seq, 0)

const isFieldSet = (value: unknown): value is FieldSet =>
  isObject(value) && withinBounds(value as FieldSet) && Object.keys(value).every(isShort)

const withinBounds = (value: Json, depth = 0, budget = { keys: maxKeys }): boolean => {
  if (value === null || typeof value !== 'object') return true
  if (depth >= maxDepth) return false
  for (const key of Object.keys(value)) {
    if (--budget.keys < 0 || isEveryObjects(key)) return false
    if (!withinBounds((value as { readonly [key: string]: Json })[key]!, depth + 1, budget)) return false
  }
  return true
}
