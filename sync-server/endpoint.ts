import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'
import type * as z from 'zod/mini'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { hasRole, isGuarded, type Role } from '#domain/roles.ts'
import { bounds } from './bounds.ts'
import { type BodyLimits, parseJson, type Received, receiveBody, unpackBody, utf8 } from './http/body.ts'
import { readToken } from './http/cookie.ts'
import { isOwnRequest } from './http/own-request.ts'
import { sendFailure, sendReply } from './http/reply.ts'
import { type Room, roomFor } from './http/room.ts'
import { takingTurns } from './http/turns.ts'
import { doubtOf, mustWaitForReview } from './log/doubt.ts'
import type { Answer, Call, Db, Session, SignedIn } from './people/call.ts'
import { authenticateDevice } from './people/device.ts'
import { findSession, freshen, heardOf } from './people/sessions.ts'
import type { House, Open } from './province.ts'

/**
 * Whom a route lets through: `outside` needs no province to be set up · `anyone` · `signed-in` · people with one of these roles.
 * `outside` and `anyone` decide about their caller themselves.
 */
export type May = 'outside' | 'anyone' | 'signed-in' | readonly Role[]

type CallFor<M extends May> = M extends 'outside'
  ? null
  : M extends 'anyone'
    ? Call
    : Call & { readonly session: Session; readonly person: SignedIn }

/** What a handler is given. */
export interface Ask<M extends May = May, Input = unknown> {
  readonly house: House
  readonly open: M extends 'outside' ? null : Open
  readonly call: CallFor<M>
  readonly input: Input
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly header: (name: string) => string | undefined
  /** From where it is asked, as far as a network that somebody has for themselves. */
  readonly address: string
  /** For reading. */
  readonly db: Db
  readonly write: (work: (db: Db) => Promise<Answer>) => Promise<Answer>
}

export interface Route {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly may: May
  /** Reads the body as JSON of this shape, or as lines of text. */
  readonly body: z.ZodMiniType | 'text' | null
  readonly limits: BodyLimits
  /** Also while the first password has not been changed. */
  readonly whileMustChange: boolean
  /** Also while a log that went back does not know whom it let go. */
  readonly whileInDoubt: boolean
  /** Counted per address. */
  readonly guessable: boolean
  /** Who must be known before a byte of the body is read; the handler looks at it once more. */
  readonly sentBy: 'anyone' | 'tablet' | 'tablet-or-person'
  /** Its work takes much memory: only a few at once. A body is received before its turn, packed, or slow lines would hold up the rest. */
  readonly inTurns: boolean
  readonly handle: (ask: never) => Promise<Answer>
}

const smallBody: BodyLimits = { bytes: 256_000, inflateRatio: 40 }
type Options = Partial<Pick<Route, 'limits' | 'whileMustChange' | 'whileInDoubt' | 'guessable' | 'inTurns' | 'sentBy'>>
const defaults = {
  limits: smallBody,
  whileMustChange: false,
  whileInDoubt: false,
  guessable: false,
  inTurns: false,
  sentBy: 'anyone',
} as const

export const get = <const M extends May>(
  path: string,
  may: M,
  handle: (ask: Ask<M, undefined>) => Promise<Answer>,
  options: Options = {},
): Route => ({ ...defaults, ...options, method: 'get', path, may, body: null, handle })

export const post = <const M extends May, S extends z.ZodMiniType | null>(
  path: string,
  may: M,
  body: S,
  handle: (ask: Ask<M, S extends z.ZodMiniType ? z.output<S> : undefined>) => Promise<Answer>,
  options: Options = {},
): Route => ({ ...defaults, ...options, method: 'post', path, may, body, handle })

export const postText = <const M extends May>(
  path: string,
  may: M,
  handle: (ask: Ask<M, string>) => Promise<Answer>,
  options: Options = {},
): Route => ({ ...defaults, ...options, method: 'post', path, may, body: 'text', handle })

/** Whether a person may use a route at all; the handler decides about the record. */
const permits = (route: Route, person: SignedIn | null): Failure | null => {
  if (route.may === 'outside' || route.may === 'anyone') return null
  if (!person) return failure('not-signed-in')
  if (person.mustChange && !route.whileMustChange) return failure('password-must-change')
  if (route.may === 'signed-in' || hasRole(person.standing, ...route.may)) return null
  return failure('not-permitted')
}

/**
 * After a restore, what only some roles may do waits until an administrator has gone through who they are (A12), and whoever holds a guarded role reads
 * nothing new.
 */
const doubts = async (route: Route, { store }: Open, { province, person, session }: Call): Promise<Failure | null> => {
  if (route.may === 'outside' || route.may === 'anyone' || route.whileInDoubt || !person) return null
  if (route.may === 'signed-in' && !isGuarded(person.standing)) return null
  const doubt = await doubtOf(store.db, province.id)
  const who = { staff: person.staff, device: session?.device ?? null }
  return mustWaitForReview(doubt, who) ? failure('in-doubt') : null
}

/** Bytes of bodies that may lie in memory: of senders who are known, and of strangers, by their address. */
export interface Rooms {
  readonly known: Room
  readonly strangers: Room
}

export const newRooms = (): Rooms => ({
  known: roomFor(bounds.knownBodies),
  strangers: roomFor(bounds.strangersBodies),
})

const placeFor = ({ known, strangers }: Rooms, request: Request, sender: string | null) =>
  sender === null
    ? { room: strangers, sender: ipKeyGenerator(request.ip ?? ''), more: { patience: bounds.strangersPatience } }
    : { room: known, sender, more: {} }

/** The tablet that a request proves to come from; also a revoked one, which still hands over. */
export const tabletOf = async (house: House, request: Request) => {
  const shown = request.get('Authorization')
  const open = shown === undefined ? null : await house.open()
  return open && authenticateDevice(open.store.db, open.province.id, shown)
}

const unknownSender = (
  { sentBy }: Route,
  request: Request,
  tablet: string | null,
  call: Call | null,
): Failure | null => {
  if (sentBy === 'anyone' || tablet !== null || (sentBy === 'tablet-or-person' && call?.person)) return null
  return failure(sentBy === 'tablet' || request.get('Authorization') ? 'unknown-device' : 'not-signed-in')
}

/** One request: is it ours → who asks → may they → is there room → read the body → handle → answer. The same for every route. */
export const endpoint = (route: Route, house: House, rooms: Rooms): RequestHandler => {
  const secure = (request: Request) => request.secure || house.config.publicUrl.protocol === 'https:'
  const turn: Turn = route.inTurns ? takingTurns(bounds.batchesAtOnce) : (work) => work()
  return async (request, response) => {
    const done = await respond(route, { house, rooms, turn }, request, secure(request))
    if (!done.ok) return sendFailure(response, done.failure)
    await sendReply(response, done.value, secure(request))
  }
}

type Turn = (work: () => Promise<Answer>) => Promise<Answer>

interface Around {
  readonly house: House
  readonly rooms: Rooms
  readonly turn: Turn
}

const respond = async (route: Route, around: Around, request: Request, secure: boolean): Promise<Answer> => {
  const { house, rooms } = around
  if (route.method === 'post' && !isOwnRequest(request, house.config.publicUrl)) {
    return fail(failure('not-permitted', { detail: 'origin' }))
  }
  const open = await house.open()
  if (route.may !== 'outside' && !open) return fail(failure('not-set-up'))
  const call = open && (await callOf(house, open, request, secure))
  const tablet = (await tabletOf(house, request))?.id ?? null
  const refused =
    permits(route, call?.person ?? null) ??
    unknownSender(route, request, tablet, call) ??
    (call && (await doubts(route, open, call)))
  if (refused) return fail(refused)
  if (route.body === null) return handle(route, around, { request, open, call, received: null })
  const { room, sender, more } = placeFor(rooms, request, tablet ?? call?.session?.id ?? null)
  const leave = room.enter(sender, Number(request.headers['content-length'] ?? route.limits.bytes))
  if (!leave) return fail(failure('unavailable', { retryAfter: bounds.comeAgainAfter }))
  try {
    const received = await receiveBody(request, { ...route.limits, ...more })
    return received.ok ? await handle(route, around, { request, open, call, received: received.value }) : received
  } finally {
    leave()
  }
}

interface Heard {
  readonly request: Request
  readonly open: Open | null
  readonly call: Call | null
  readonly received: Received | null
}

const handle = (route: Route, { house, turn }: Around, { request, open, call, received }: Heard): Promise<Answer> =>
  turn(async () => {
    const input = await inputOf(route, request, received)
    if (!input.ok) return input
    const store = house.store()
    const ask = {
      house,
      open,
      call,
      input: input.value,
      params: request.params as Record<string, string>,
      query: new URL(request.url, 'http://here').searchParams,
      header: (name: string) => request.get(name),
      address: ipKeyGenerator(request.ip ?? ''),
      db: store.db,
      write: (work: (db: Db) => Promise<Answer>) => store.transaction(({ db }) => work(db)),
    }
    return route.handle(ask as never)
  })

const callOf = async (house: House, { store, province }: Open, request: Request, secure: boolean): Promise<Call> => {
  const now = house.clock()
  const token = readToken(request.headers.cookie, secure)
  const session = token ? await findSession(store.db, province.id, token, now) : null
  if (session) await freshen(store, session, now)
  const named = request.get('Bowon-Person')
  const person = named ? session?.people.find((one) => one.staff === named) : session?.people[0]
  if (named && session && person) await heardOf(store, session, person, now)
  return { province, now, random: house.random, session, person: person ?? null }
}

const inputOf = async (
  route: Route,
  request: Request,
  received: Received | null,
): Promise<Result<unknown, Failure>> => {
  if (route.body === null || received === null) return ok(undefined)
  const body = await unpackBody(received, route.limits)
  if (!body.ok) return body
  if (route.body === 'text') {
    const text = utf8(body.value)
    return text === null ? fail(failure('malformed-request', { detail: 'utf-8' })) : ok(text)
  }
  if (!request.is('application/json')) return fail(failure('malformed-request', { detail: 'content-type' }))
  const json = parseJson(body.value)
  if (!json.ok) return json
  const parsed = route.body.safeParse(json.value)
  if (parsed.success) return ok(parsed.data)
  return fail(failure('invalid-field', { field: parsed.error.issues[0]?.path.map(String).join('.') ?? '' }))
}
