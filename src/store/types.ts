import type { Signal } from '@preact/signals'
import type { LineProof } from '#domain/authority/line-proof.ts'
import type { Base, FieldSet } from '#domain/change.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { Result } from '#domain/kernel/result.ts'
import type { Cursor, Head, SyncAnswer } from '#domain/protocol.ts'
import type { SignedReceipt } from '#domain/receipt.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import type { View } from '#domain/view.ts'
import type { Applied } from './answer.ts'
import type { Codec } from './codec.ts'
import type { BowonDatabase } from './database.ts'
import type { Left } from './identity-types.ts'
import type { Journal } from './journal.ts'

export type Reading<T> = Pick<Signal<T>, 'value' | 'peek' | 'subscribe'>

/** What a person wants to write. `base` is `view.base` of what the form was opened on, null for a new record. */
export interface Edit {
  readonly kind: string
  readonly record: RecordId
  readonly base: Base | null
  readonly set: FieldSet
  readonly author: StaffId
  /** `n` of the held change that this one mends. */
  readonly replaces?: number
  /** The author is named, and signs, though the kind names nobody: the desk does with a complaint what no tablet may. */
  readonly named?: true
  /** Id of the draft: saving it again is the same change while it says the same. */
  readonly key?: string
}

/** A draft with the key of its edit: while it lies here, what it has become is not let go of. */
export interface Keyed {
  readonly key: string
}

export interface Saved {
  readonly n: number
  readonly record: RecordId
}

/** Why nothing was saved: the first failure, and all that can be shown beside a field. `at` is the place in `saveAll`. */
interface Refusal {
  readonly failure: Failure
  readonly fields: readonly Failure[]
  readonly at: number
}

/**
 * `tablet` saved here, not yet acknowledged · `safe` every change of this device to it has a verified receipt ·
 * `aside` a change of it is held back and needs somebody.
 */
export type RecordSafety = 'tablet' | 'safe' | 'aside'

/** A record as people see it: what the server has confirmed, with what waits here laid over it. */
export interface RecordView<V = Values<AnyRecordKind>> extends View<V> {
  /** What an edit that is opened on this view is based on. */
  readonly base: Base
  readonly safety: RecordSafety
  /** Numbers of this device's changes to it that wait or are held. */
  readonly waiting: readonly number[]
}

/** Which records of a kind. `from` and `to` are days, both included. `limit` takes the newest by day. */
export interface Where {
  readonly day?: string
  readonly from?: string
  readonly to?: string
  readonly place?: string
  readonly parent?: string
  readonly limit?: number
  /** Withdrawn records are left out unless asked for. */
  readonly withdrawn?: boolean
}

export interface HeldChange {
  readonly n: number
  /** The device as which this tablet wrote it. */
  readonly device: DeviceId
  readonly v: number
  readonly author: StaffId
  readonly record: RecordId
  readonly kind: string
  readonly set: FieldSet
  readonly base: Base | null
  readonly failure: Failure
}

/** What waits to be sent, of one lane (law 12). */
export interface WaitingLane {
  readonly lane: number
  readonly count: number
  readonly bytes: number
  /** When the oldest of it was saved, by this tablet's clock, in milliseconds; null where a change tells no time. */
  readonly since: number | null
}

export interface Whereabouts {
  /** In the order of sending. */
  readonly lanes: readonly WaitingLane[]
  /** How far a verified backup of the server reaches, in the present epoch; null when none does. */
  readonly backup: { readonly epoch: string; readonly seq: number } | null
  /** Changes that it covers, among those still kept here. */
  readonly backedUp: number
}

/** What the badge counts on this tablet. */
export interface Counts {
  readonly waiting: number
  /** Changes with a verified receipt that are still kept here (law 8). */
  readonly safe: number
  readonly held: number
  readonly conflicts: number
  /** Open questions to the person who works here now, or to nobody in particular. */
  readonly questions: number
}

export interface Recovered {
  /** Changes that were brought back from the journal. */
  readonly changes: number
}

export interface Draft<T> {
  load(): Promise<T | null>
  keep(value: T): Promise<void>
  discard(): Promise<void>
}

/** Runs work that no other tab runs at the same time. */
export interface Locks {
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T>
}

/** A small synchronous store that all tabs share (localStorage); it may forget. */
export interface Mirror {
  get(key: string): string | null
  set(key: string, value: string): void
}

/** Everything that touches the world, so that a simulation can put its own in place. */
export interface StorePorts {
  /** Milliseconds since 1970, as the device believes. */
  now(): number
  random(length: number): Uint8Array
  wait(ms: number): Promise<void>
  readonly journal: Journal | null
  readonly database: BowonDatabase
  readonly locks: Locks
  readonly mirror: Mirror
  readonly codec: Codec
  /** A public Ed25519 key of 32 bytes. */
  verify(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean>
  /** Signs with the key of this person that is open in this tab; null where none is. */
  sign(person: StaffId, text: string): Promise<LineProof | null>
}

/** The same, while the journal is still being opened: that takes the longest. */
export type OpeningPorts = Omit<StorePorts, 'journal'> & {
  readonly journal: StorePorts['journal'] | Promise<StorePorts['journal']>
}

export type SaveResult<T> = Promise<Result<T, Refusal>>

/** A change that waits to be sent, without its content. */
export interface Queued {
  readonly n: number
  readonly record: string
  readonly lane: number
  readonly refers: readonly string[]
  readonly size: number
}

/** Where this tablet stands with the server. */
export interface Standpoint {
  readonly head: Head | null
  /** The head that the server refused, while everything is offered to it again. */
  readonly lost: Head | null
  /** What either was taken from; null where an older program has kept the head alone. */
  readonly receipt: SignedReceipt | null
  readonly cursor: Cursor | null
  readonly backup: number
}

/** A line exactly as it was journalled, and what its author has signed of it. */
export interface JournalledLine {
  readonly line: string
  readonly proof: string | null
}

/** A change that no receipt covers. */
export interface Unsent extends JournalledLine {
  readonly n: number
}

/** Who brought changes of this tablet to the server before it did: a device by its name, or a member of staff. */
export interface Courier {
  readonly device?: string | undefined
  readonly staff?: string | undefined
  readonly changes: number
}

/** What the exchange with the server, and files that go in its place, need of the store. */
export interface Exchange {
  /** Everything that waits, in the order in which it was written. */
  queue(): Promise<readonly Queued[]>
  /** The exact lines of changes that wait, are held or were acknowledged, by `n`. */
  lines(ns: readonly number[]): Promise<ReadonlyMap<number, JournalledLine>>
  /** Numbers of the changes that the server holds back. */
  heldNumbers(): Promise<readonly number[]>
  standpoint(person: StaffId | null): Promise<Standpoint>
  /** Last server time seen, in milliseconds; 0 before the first. */
  seen(): number
  /** To be called only with an answer whose receipt has been verified. */
  apply(answer: SyncAnswer, person: StaffId | null): Promise<Applied>
  /**
   * Where another tablet uses the same device, this one becomes a new device, and what was refused waits to be sent as that one. To be
   * called when nothing waits: what has been sent must have had its answer. False when there is no need.
   */
  becomeAnother(): Promise<boolean>
  /** Puts every acknowledged change back to be sent, to a server that was restored; answers how many. */
  reoffer(): Promise<number>
  /** Everything that is not yet on the server: what waits, what is held back, and what the journal alone has. */
  unsent(): Promise<readonly Unsent[]>
  /** Couriers of changes that are still kept here, the one with the most first. */
  couriers(): Promise<readonly Courier[]>
  /** The server has been told of these sign-outs. */
  toldLeft(left: readonly Left[]): Promise<void>
  /** Replays the journal of tabs that have died. */
  replay(): Promise<number>
  /** Brings in, now and then, what a tab left that died; then lets go of what may go (law 8). Answers how many changes went. */
  prune(): Promise<number>
}
