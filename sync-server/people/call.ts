import type { Kysely } from 'kysely'
import { type Failure, type FailureCode, failure } from '#domain/kernel/failure.ts'
import type { RandomBytes } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import type { Standing } from '#domain/roles.ts'
import type { Database } from '#server/db/schema.ts'

/** The tables, for reading or within a transaction. */
export type Db = Kysely<Database>

/** What of a province every handler needs; it alters only by set-up and restore. */
export interface Province {
  readonly id: string
  readonly name: string
  readonly sample: boolean
  readonly epoch: string
  readonly idKey: string
}

/** A member of staff who counts as signed in on this browser session. */
export interface SignedIn {
  readonly staff: string
  readonly signedInAt: number
  readonly expiresAt: number
  readonly mustChange: boolean
  readonly standing: Standing
  readonly activeAt: number
}

/** A browser that has shown its cookie. */
export interface Session {
  /** Hash of the cookie's token. */
  readonly id: string
  readonly device: string | null
  readonly seenAt: number
  /** The most recently signed in comes first. */
  readonly people: readonly SignedIn[]
}

/** Who asks, when, and of which province: what a handler may know of a request beside its input. */
export interface Call {
  readonly province: Province
  readonly now: number
  readonly random: RandomBytes
  readonly session: Session | null
  /** The person that acts: one of the session's people. */
  readonly person: SignedIn | null
}

/** A call whose route lets only signed-in people through. */
export interface SignedInCall extends Call {
  readonly session: Session
  readonly person: SignedIn
}

/** What a handler answers. */
export interface Reply {
  readonly status?: number
  /** Sent as JSON; absent for 204. */
  readonly body?: unknown
  /** JSON that is bytes already. */
  readonly json?: Buffer
  /** A new token for this browser's cookie; null takes the cookie away. */
  readonly cookie?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Sent piece by piece instead of `body`. */
  readonly stream?: AsyncIterable<string>
}

export type Answer = Result<Reply, Failure>

export const answer = (body?: unknown, more: Omit<Reply, 'body'> = {}): Answer => ok({ ...more, body })
export const refuse = (code: FailureCode, more: Omit<Failure, 'code'> = {}): Answer => fail(failure(code, more))
