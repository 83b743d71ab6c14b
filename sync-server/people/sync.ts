import { limits, syncHeader } from '#domain/protocol.ts'
import { isGuarded } from '#domain/roles.ts'
import type { Taken } from '#server/log/append.ts'
import { doubtOf, mustWaitForReview } from '#server/log/doubt.ts'
import { exchange } from '#server/log/exchange.ts'
import type { Open } from '#server/province.ts'
import { type Answer, type Call, refuse, type SignedIn } from './call.ts'
import { authenticateDevice } from './device.ts'
import { leaveTablet } from './device-people.ts'
import type { Quotas } from './quotas.ts'
import { heardOf } from './sessions.ts'

export const syncBody = { limits: { bytes: limits.requestBytes, inflateRatio: limits.inflateRatio }, inTurns: true }

/** For programs of before there was a signed farewell: they hand over what they have and then forget everything. */
const revokedHeader = { 'Bowon-Device': 'revoked' }

/**
 * POST /api/sync. The device's own credential sends (law 13); who is signed in on this browser only decides what may be read. A revoked
 * device still hands over its outbox and reads nothing more.
 */
export const sync = async (
  { store, province, receiptKey }: Open,
  call: Call,
  authorization: string | undefined,
  body: string,
  quotas: Quotas,
): Promise<Answer> => {
  const device = await authenticateDevice(store.db, province.id, authorization)
  if (!device) return refuse('unknown-device')
  const [first = '', ...lines] = body.split('\n')
  const header = readHeader(first)
  if (!header) return refuse('malformed-request', { detail: 'header' })
  const said = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  const retryAfter = quotas.mayPush(device.quotaOf, said.length, call.now)
  if (retryAfter !== null) return refuse('too-many-attempts', { retryAfter })
  const { left = [] } = header
  // of a revoked tablet nothing moves
  if (left.length > 0 && !device.revoked) {
    const at = { province: province.id, device: device.id, now: call.now }
    await store.transaction(async (tx) => {
      for (const [person, lastN] of left) await leaveTablet(tx, at, { person, lastN })
    })
  }
  const named = device.revoked ? null : readerOf(call, device.id, header.person)
  const person = named && (await mayRead(store, province.id, named, device.id)) ? named : null
  if (person) await heardOf(store, call.session!, person, call.now)
  const reader = person?.standing ?? null
  const facts = {
    province: province.id,
    device: device.id,
    reader,
    now: call.now,
    key: receiptKey,
    isRevoked: device.revoked,
    taken: (what: Taken) => quotas.pushed(device.quotaOf, what, call.now),
  }
  const done = await exchange(store, facts, header, said)
  if (!done.ok) return done
  return { ok: true, value: { json: done.value, ...(device.revoked && { headers: revokedHeader }) } }
}

const readHeader = (line: string) => {
  try {
    const parsed = syncHeader.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** After a restore whoever holds a guarded role reads nothing new until an administrator has gone through who they are (A12). */
const mayRead = async ({ db }: Open['store'], province: string, { staff, standing }: SignedIn, device: string) => {
  if (!isGuarded(standing)) return true
  return !mustWaitForReview(await doubtOf(db, province), { staff, device })
}

/** Whoever the header names, if their sign-in on this very device counts and they have chosen a password of their own. */
const readerOf = ({ session }: Call, device: string, person: string | undefined): SignedIn | null => {
  if (!session || !person || session.device !== device) return null
  const reader = session.people.find((one) => one.staff === person)
  return reader && !reader.mustChange ? reader : null
}
