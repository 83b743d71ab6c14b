import * as z from 'zod/mini'
import { writeDown } from '#server/log/access-log.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from './call.ts'
import { findDevice, oneLine } from './device.ts'

/** The server's own device has no credential, and is nobody's to manage. */
const findTablet = async (db: Db, province: string, id: string) => {
  const device = await findDevice(db, province, id)
  return device?.credential ? device : undefined
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
      tablet: device.tablet,
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

/**
 * POST /api/devices/:id/revoke: reading ends at once, and nobody is signed in on it any more; its outbox is still taken. A tablet is revoked in
 * every guise: what it was before its storage was erased, and what copies of it call themselves.
 */
export const revokeDevice = async (db: Db, call: SignedInCall, id: string): Promise<Answer> => {
  const device = await findTablet(db, call.province.id, id)
  if (!device) return refuse('not-found')
  const guises = await guisesOf(db, call.province.id, id)
  for (const one of guises) await revoke(db, call, one)
  return answer()
}

/** Every device that is in force and the same tablet as this one: by its record, or because one was copied from the other. */
const guisesOf = async (db: Db, province: string, id: string): Promise<readonly string[]> => {
  const all = await db
    .selectFrom('devices')
    .select(['id', 'follows', 'tablet', 'revoked_at'])
    .where('province', '=', province)
    .execute()
  const found = new Map(all.filter((one) => one.id === id).map((one) => [one.id, one]))
  for (let before = 0; before < found.size; ) {
    before = found.size
    const known = [...found.values()]
    for (const one of all) {
      const isOne = (other: (typeof all)[number]) =>
        one.follows === other.id || other.follows === one.id || (one.tablet !== null && one.tablet === other.tablet)
      if (known.some(isOne)) found.set(one.id, one)
    }
  }
  return [...found.values()].filter(({ revoked_at }) => revoked_at === null).map((one) => one.id)
}

const revoke = async (db: Db, call: SignedInCall, id: string): Promise<void> => {
  const province = call.province.id
  await db
    .updateTable('devices')
    .set({ revoked_at: call.now })
    .where('province', '=', province)
    .where('id', '=', id)
    .execute()
  const sessions = db.selectFrom('sessions').select('id').where('province', '=', province).where('device', '=', id)
  await db.deleteFrom('session_people').where('session', 'in', sessions).execute()
  await db.deleteFrom('sessions').where('province', '=', province).where('device', '=', id).execute()
  await writeDown(db, province, deedOf(call, 'revoked-device', id))
}

const deedOf = (call: SignedInCall, act: 'named-device' | 'revoked-device', subject: string) => ({
  at: call.now,
  staff: call.person.staff,
  device: call.session.device,
  act,
  subject,
})
