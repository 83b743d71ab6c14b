import * as z from 'zod/mini'
import type { Farewell } from '#domain/authority/farewell.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { isId } from '#domain/kernel/id.ts'
import type { RecordNews } from './news.ts'
import { type SignedReceipt, signedReceipt } from './receipt.ts'

export { limits } from './limits.ts'

/**
 * One exchange (docs/sync.md, "Messages"). The request is lines of text: the header below, then one change a line, exactly as journalled.
 * The answer is one JSON object.
 */
export const protocolVersion = 2

/** Those of tablets that were not there for the last version: they are served on. */
export const protocolsServed: readonly number[] = [1, protocolVersion]

export interface Head {
  readonly epoch: string
  readonly seq: number
  readonly chain: string
}

/** How far a reader has come in the order of numbers. */
export interface Position {
  readonly seq: number
  /** Where a page ended among several records of the same number. */
  readonly after?: string | undefined
  /** While pages follow each other: the number that everything is known up to. A record may move ahead of the page, unread. */
  readonly since?: number | undefined
}

/** Where a device's reading stands. Opaque to the device: it hands back what it was given. */
export interface Cursor extends Position {
  readonly epoch: string
  /** Version of the person's reach that was read with. */
  readonly scope: string
  /** Places that were added later and are being read from the beginning. */
  readonly fill?: (Position & { readonly keys: readonly string[] }) | undefined
}

const id = z.string().check(z.refine(isId))
const whole = z.int().check(z.minimum(0))
const word = z.string().check(z.maxLength(100))

const position = { seq: whole, after: z.optional(word), since: z.optional(whole) }

export const cursorSchema = z.object({
  ...position,
  epoch: word,
  scope: word,
  fill: z.optional(z.object({ ...position, keys: z.array(word) })),
})

export const headSchema = z.object({ epoch: word, seq: whole, chain: word })

export const syncHeader = z.object({
  protocol: z.int(),
  device: id,
  /** The device's clock, in milliseconds. */
  now: z.int(),
  /** For whom it reads; absent when nobody is signed in: then it only sends. */
  person: z.optional(id),
  /** The newest receipt's head. No base in the request counts further; without `head` and `lost` none counts at all. */
  head: z.optional(headSchema),
  /**
   * In place of `head`: the one that the server refused, while everything is offered again, or the tablet's own where it sends as a device that
   * it was before.
   */
  lost: z.optional(headSchema),
  /**
   * The receipt that `lost` was taken from, or `head` where the server did not know its epoch: of a log that it does not have it believes nothing
   * else. Absent from older programs, whose heads move nothing.
   */
  receipt: z.optional(signedReceipt),
  cursor: z.optional(z.nullable(cursorSchema)),
  /**
   * Numbers and digests of its changes that the server holds back: of those alone it is told what became of them. A copy of the tablet may have
   * others under the same numbers. Absent from older programs, which are told of all.
   */
  held: z.optional(z.array(z.tuple([whole, word]))),
  /** Who has signed out of it, offline perhaps, and up to which of its numbers what was written in their name counts. */
  left: z.optional(z.array(z.tuple([id, whole]))),
  /** Bytes of records that the device has room for in this answer. */
  room: z.optional(whole),
})
export type SyncHeader = Omit<z.infer<typeof syncHeader>, 'receipt'> & { readonly receipt?: SignedReceipt | undefined }

/** A change that the server kept back, with the reason (law 6). */
export interface HeldResult extends Failure {
  readonly n: number
}

/** Who brought a change before its own device sent it: another tablet, by its name, or a member of staff. */
export interface Carried {
  readonly n: number
  readonly device?: string | undefined
  readonly staff?: string | undefined
}

export interface SyncAnswer {
  readonly protocol: number
  /** The server's time, in milliseconds. */
  readonly now: number
  /** Exceptions only: what was held. */
  readonly results: readonly HeldResult[]
  readonly receipt: SignedReceipt
  readonly records: readonly RecordNews[]
  readonly gone: readonly string[]
  readonly cursor: Cursor | null
  /** More is waiting to be read: ask again at once. */
  readonly more: boolean
  /** A verified backup covers the log up to here. */
  readonly backup: number
  /** Greatest `n` that the server knows of this device, so that a counter is never reused. */
  readonly lastN: number
  /** Held changes that were settled on the server's side: mended or dropped. */
  readonly settled?: readonly number[]
  readonly carried?: readonly Carried[]
  /** The tablet was revoked: it hands over what it has, and then erases itself. */
  readonly farewell?: Farewell
}

export const syncAnswer = z.object({
  protocol: z.int(),
  now: whole,
  results: z.array(
    z.looseObject({ n: whole, code: z.string(), field: z.optional(z.string()), detail: z.optional(z.string()) }),
  ),
  receipt: signedReceipt,
  records: z.array(
    z.looseObject({
      id,
      kind: z.string(),
      seq: z.optional(whole),
      writes: z.array(z.looseObject({ n: whole, seq: whole })),
    }),
  ),
  gone: z.array(z.string()),
  cursor: z.nullable(cursorSchema),
  more: z.boolean(),
  backup: whole,
  lastN: whole,
  settled: z.optional(z.array(whole)),
  farewell: z.optional(z.object({ time: whole, signature: z.string() })),
  carried: z.optional(z.array(z.object({ n: whole, device: z.optional(z.string()), staff: z.optional(z.string()) }))),
})
