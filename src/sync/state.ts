import type { Failure } from '#domain/kernel/failure.ts'

/** What every tab shows of the exchange; the leading tab tells the others. */
export interface SyncState {
  readonly sending: Sending | null
  /** How far the server has been read, and how far there is; null when nothing is left to read. */
  readonly reading: { readonly seq: number; readonly of: number } | null
  /** The server's head when it last answered. */
  readonly head: number
  /** When the server last answered, by its own clock, in milliseconds; 0 never since this tablet was started. */
  readonly lastAnswer: number
  /** How far the wall clock was ahead of the server's then, in milliseconds. */
  readonly ahead: number
  /** Why the last exchange failed; null when it did not. `unavailable` is no network. */
  readonly failure: Failure | null
  /** False when the server gave nothing to read: somebody must sign in again to receive. */
  readonly reads: boolean
  /** The server has revoked this tablet. */
  readonly revoked: boolean
}

/** An exchange under way, in changes and in bytes, and how long it has been. */
export interface Sending {
  readonly done: number
  readonly total: number
  readonly bytes: number
  readonly ofBytes: number
  readonly ms: number
}

/** What is so before the first exchange: nothing is being sent, nothing was heard. */
export const silence: SyncState = {
  sending: null,
  reading: null,
  head: 0,
  lastAnswer: 0,
  ahead: 0,
  failure: null,
  reads: true,
  revoked: false,
}
