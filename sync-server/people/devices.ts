import * as z from 'zod/mini'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { isId, type RandomBytes } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import type { DeviceTable } from '#server/db/schema.ts'
import { writeDown } from './access-log.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from './call.ts'
import { hashOfSecret, newSecret, sameText } from './secret.ts'

const oneLine = z.string().check(z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u))

const deviceId = z.string().check(z.refine(isId))
const secret = z.string().check(z.maxLength(200))
const proof = z.object({ id: deviceId, credential: secret })
type Proof = z.infer<typeof proof>

/** `follows`: the device that a copied tablet was before, and what proves it; `earlier`: what it was before that, oldest first. */
export const deviceClaim = z.object({
  id: deviceId,
  name: oneLine,
  follows: z.optional(proof),
  earlier: z.optional(z.array(proof).check(z.maxLength(100))),
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
 * Takes a device in at a sign-in. A new one is registered and gets its upload-only credential; one that this server has only forgotten, because
 * it was restored, keeps the credential that it shows, and so do the devices that the tablet was before: a copy of it may show the same one.
 * A known one must show its own, or else anybody who has read a device's id could pass for it; but if it has never sent anything, the answer
 * with its credential was lost on the way, and it gets a new one.
 */
export const takeIn = async (
  db: Db,
  facts: { province: string; claim: DeviceClaim; credential: string | undefined; now: number; random: RandomBytes },
): Promise<Result<TakenIn, Failure>> => {
  const { province, claim, now } = facts
  const known = await findDevice(db, province, claim.id)
  const isMine = known && facts.credential && isOwn(known, facts.credential)
  if (known && !isMine && (known.revoked_at !== null || (await hasSent(db, known))))
    return fail(failure('unknown-device'))
  const restored = await takeInFormer(db, province, claim, now)
  if (isMine) return ok({ registered: restored })
  const kept = !known && isCredential(facts.credential) ? facts.credential : undefined
  const credential = kept ?? newSecret(facts.random)
  if (known) {
    const row = { name: claim.name, credential: hashOfSecret(credential), seen_at: now }
    await db.updateTable('devices').set(row).where('province', '=', province).where('id', '=', claim.id).execute()
  } else {
    const follows = await predecessorOf(db, province, claim.follows)
    await register(db, { province, id: claim.id, name: claim.name, credential, follows }, now)
    if (follows) await takeOverPeople(db, province, follows, claim.id)
  }
  return ok({ ...(!kept && { credential }), registered: known ? restored : [...restored, claim.id] })
}

/** The devices that the tablet was and that this server has never heard of, because it was restored: what they sent is to be sent again. */
const takeInFormer = async (db: Db, province: string, claim: DeviceClaim, now: number): Promise<string[]> => {
  const { id: own, name, earlier = [], follows } = claim
  const registered: string[] = []
  let before: Proof | undefined
  for (const one of [...earlier, ...(follows ? [follows] : [])]) {
    const { id, credential } = one
    if (id !== own && isCredential(credential) && !(await findDevice(db, province, id))) {
      const predecessor = await predecessorOf(db, province, before)
      await register(db, { province, id, name, credential, follows: predecessor }, now)
      registered.push(id)
    }
    before = one
  }
  return registered
}

type NewDevice = Pick<DeviceTable, 'province' | 'id' | 'name' | 'credential' | 'follows'>

const register = async (db: Db, { credential, ...device }: NewDevice, now: number) => {
  const times = { created_at: now, seen_at: now, revoked_at: null }
  await db
    .insertInto('devices')
    .values({ ...device, ...times, credential: hashOfSecret(credential), last_n: 0, last_stamp: 0 })
    .execute()
}

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

const credentialShape = '[\\w-]{20,200}'
const isCredential = (text: string | undefined): text is string => new RegExp(`^${credentialShape}$`).test(text ?? '')
const shown = new RegExp(`^Device ([\\w-]{22})\\.(${credentialShape})$`)

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
    .values({ province, device, staff, proven_at: now })
    .onConflict((there) => there.columns(['province', 'device', 'staff']).doUpdateSet({ proven_at: now }))
    .execute()
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
  const parts = shown.exec(header ?? '')
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
