import * as z from 'zod/mini'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { isId, type RandomBytes } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { limits } from '#domain/protocol.ts'
import type { Tx } from '#server/db/connect.ts'
import type { DeviceTable } from '#server/db/schema.ts'
import { writeDown } from './access-log.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from './call.ts'
import { endKeys } from './keys.ts'
import { hashOfSecret, newSecret, sameText } from './secret.ts'

const oneLine = z.string().check(z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u))

const deviceId = z.string().check(z.refine(isId))
const secret = z.string().check(z.maxLength(200))
const proof = z.object({ id: deviceId, credential: secret })
type Proof = z.infer<typeof proof>

/** `follows`: the device that a copied tablet was before, and what proves it; `earlier`: what it was before that, oldest first. */
export const deviceClaim = z.object({
  id: deviceId,
  /** Asked once; a tablet that is known keeps the name that it has. */
  name: z.optional(oneLine),
  follows: z.optional(proof),
  earlier: z.optional(z.array(proof).check(z.maxLength(limits.formerDevices))),
})
export type DeviceClaim = z.infer<typeof deviceClaim>

const findDevice = (db: Db, province: string, id: string) =>
  db.selectFrom('devices').selectAll().where('province', '=', province).where('id', '=', id).executeTakeFirst()

/** The server's own device has no credential, and is nobody's to manage. */
const findTablet = async (db: Db, province: string, id: string) => {
  const device = await findDevice(db, province, id)
  return device?.credential ? device : undefined
}

interface TakenIn {
  /** The credential that the device was given; absent where it keeps its own. */
  readonly credential?: string
  /** The devices that this server did not know. */
  readonly registered: readonly string[]
}

/**
 * Takes a device in at a sign-in. A new one is registered and gets its upload-only credential; one that this server has forgotten, because it was
 * restored, keeps the credential that it shows, and so do the devices that the tablet was before: a copy of it may show the same one.
 * A known one must show its own, or else anybody who has read a device's id could pass for it; but while it has never sent anything, the answer
 * with its credential may have been lost on the way, and whoever signs in on it may set another.
 */
export const takeIn = async (
  db: Db,
  facts: { province: string; claim: DeviceClaim; credential: string | undefined; now: number; random: RandomBytes },
): Promise<Result<TakenIn, Failure>> => {
  const { province, claim, now } = facts
  const { id, earlier = [], follows, name = `Tablet ${id.slice(0, 4)}` } = claim
  const shown = isCredential(facts.credential) ? facts.credential : null
  const credential = shown ?? newSecret(facts.random)
  const known = await findDevice(db, province, id)
  if (known && !(await mayShow(db, known, credential))) return fail(failure('unknown-device'))
  const registered: string[] = []
  let before: Proof | undefined
  for (const one of [...earlier, ...(follows ? [follows] : []), { id, credential }]) {
    const isNew = isCredential(one.credential) && (await register(db, { province, name, ...one, before }, now))
    if (isNew) registered.push(one.id)
    before = one
  }
  return ok({ ...(!shown && { credential }), registered })
}

interface NewDevice extends Proof {
  readonly province: string
  readonly name: string
  /** What it was before, where the credential proves that. */
  readonly before: Proof | undefined
}

/** Whether the device is new here. A known one that has never sent anything has the credential that is shown from now on. */
const register = async (db: Db, device: NewDevice, now: number): Promise<boolean> => {
  const { province, id, name, before } = device
  const credential = hashOfSecret(device.credential)
  const known = await findDevice(db, province, id)
  if (known) {
    const shows = { credential, seen_at: now }
    if (known.credential !== credential && (await mayShow(db, known, device.credential)))
      await db.updateTable('devices').set(shows).where('province', '=', province).where('id', '=', id).execute()
    return false
  }
  const follows = await predecessorOf(db, province, before)
  const row = { province, id, name, credential, follows, last_n: 0, last_stamp: 0, created_at: now, seen_at: now }
  const there = await db
    .insertInto('devices')
    .values({ ...row, revoked_at: null })
    .onConflict((one) => one.columns(['province', 'id']).doNothing())
    .executeTakeFirst()
  if (there.numInsertedOrUpdatedRows === 0n) return false
  if (follows) await takeOverPeople(db, province, follows, id)
  return true
}

/** Whether a known device may be entered with this credential. The server's own has none, and is nobody's. */
const mayShow = async (db: Db, device: DeviceTable, credential: string): Promise<boolean> =>
  isOwn(device, credential) || (device.credential !== '' && device.revoked_at === null && !(await hasSent(db, device)))

/** The device that a new one was before, if the credential proves it. */
const predecessorOf = async (db: Db, province: string, claimed: Proof | undefined): Promise<string | null> => {
  const before = claimed && (await findDevice(db, province, claimed.id))
  return before && isOwn(before, claimed.credential) ? before.id : null
}

/** Whoever has been on a tablet before it was copied has been on the copy. */
const takeOverPeople = async (db: Db, province: string, from: string, to: string) => {
  const people = await db
    .selectFrom('device_people')
    .select(['staff', 'proven_at'])
    .where('province', '=', province)
    .where('device', '=', from)
    .execute()
  if (people.length === 0) return
  await db
    .insertInto('device_people')
    .values(people.map((one) => ({ province, device: to, ...one })))
    .execute()
}

/** What `newSecret` makes: a tablet may keep no weaker one. */
const isCredential = (text: string | undefined): text is string => /^[\w-]{43}$/.test(text ?? '')
const deviceHeader = /^Device ([\w-]{22})\.([\w-]{20,200})$/

const isOwn = (device: DeviceTable, credential: string) =>
  device.revoked_at === null && sameText(device.credential, hashOfSecret(credential))

const hasSent = async (db: Db, device: DeviceTable): Promise<boolean> => {
  if (device.last_n > 0) return true
  const held = await db
    .selectFrom('held')
    .select('n')
    .where('province', '=', device.province)
    .where('device', '=', device.id)
    .limit(1)
    .executeTakeFirst()
  return held !== undefined
}

/** From now on the server knows that this person has been on this device (law 13). */
export const provePerson = async (db: Db, province: string, device: string, staff: string, now: number) => {
  await db
    .insertInto('device_people')
    .values({ province, device, staff, proven_at: now, left_n: null })
    .onConflict((there) => there.columns(['province', 'device', 'staff']).doUpdateSet({ proven_at: now, left_n: null }))
    .execute()
}

/**
 * Somebody has signed out of a tablet: its lines in their name count up to the `n` that it names, and what their key there signed too (A3).
 * It narrows what counts, so the tablet's word is enough.
 */
export const leaveTablet = async (
  tx: Tx,
  { province, device, now }: { province: string; device: string; now: number },
  { person, lastN }: { person: string; lastN?: number | undefined },
): Promise<void> => {
  const upTo = lastN ?? (await findDevice(tx.db, province, device))?.last_n ?? 0
  await tx.db
    .updateTable('device_people')
    .set({ left_n: upTo })
    .where('province', '=', province)
    .where('device', '=', device)
    .where('staff', '=', person)
    .execute()
  await endKeys(tx, { province, now, lastN: upTo }, { device, person })
}

/**
 * The device that an `Authorization: Device <id>.<credential>` header proves. A revoked one may still hand over its outbox; whoever asks
 * decides what else it may.
 */
export const authenticateDevice = async (
  db: Db,
  province: string,
  header: string | undefined,
): Promise<{ id: string; revoked: boolean } | null> => {
  const parts = deviceHeader.exec(header ?? '')
  if (!parts) return null
  const device = await findDevice(db, province, parts[1]!)
  if (!device || !sameText(device.credential, hashOfSecret(parts[2]!))) return null
  return { id: device.id, revoked: device.revoked_at !== null }
}

/** GET /api/devices */
export const listDevices = async (db: Db, { province }: SignedInCall): Promise<Answer> => {
  const devices = await db
    .selectFrom('devices')
    .selectAll()
    .where('province', '=', province.id)
    .where('credential', '!=', '')
    .orderBy('seen_at', 'desc')
    .execute()
  const proven = await db.selectFrom('device_people').selectAll().where('province', '=', province.id).execute()
  return answer({
    devices: devices.map((device) => ({
      id: device.id,
      name: device.name,
      createdAt: device.created_at,
      seenAt: device.seen_at,
      revokedAt: device.revoked_at,
      lastN: device.last_n,
      follows: device.follows,
      people: proven.filter((one) => one.device === device.id).map((one) => one.staff),
    })),
  })
}

export const deviceName = z.object({ name: oneLine })

/** POST /api/devices/:id */
export const nameDevice = async (db: Db, call: SignedInCall, id: string, name: string): Promise<Answer> => {
  if (!(await findTablet(db, call.province.id, id))) return refuse('not-found')
  await db.updateTable('devices').set({ name }).where('province', '=', call.province.id).where('id', '=', id).execute()
  await writeDown(db, call.province.id, deedOf(call, 'named-device', id))
  return answer()
}

/** POST /api/devices/:id/revoke: reading ends at once, and nobody is signed in on it any more; its outbox is still taken. */
export const revokeDevice = async (db: Db, call: SignedInCall, id: string): Promise<Answer> => {
  const device = await findTablet(db, call.province.id, id)
  if (!device) return refuse('not-found')
  if (device.revoked_at !== null) return answer()
  await db
    .updateTable('devices')
    .set({ revoked_at: call.now })
    .where('province', '=', call.province.id)
    .where('id', '=', id)
    .execute()
  const sessions = db
    .selectFrom('sessions')
    .select('id')
    .where('province', '=', call.province.id)
    .where('device', '=', id)
  await db.deleteFrom('session_people').where('session', 'in', sessions).execute()
  await db.deleteFrom('sessions').where('province', '=', call.province.id).where('device', '=', id).execute()
  await writeDown(db, call.province.id, deedOf(call, 'revoked-device', id))
  return answer()
}

const deedOf = (call: SignedInCall, act: 'named-device' | 'revoked-device', subject: string) => ({
  at: call.now,
  staff: call.person.staff,
  device: call.session.device,
  act,
  subject,
})
