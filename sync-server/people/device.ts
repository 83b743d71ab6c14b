import * as z from 'zod/mini'
import type { DeviceTable } from '#server/db/schema.ts'
import type { Db } from './call.ts'
import { hashOfSecret, sameText } from './secret.ts'

export const oneLine = z.string().check(z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u))

export const findDevice = (db: Db, province: string, id: string) =>
  db.selectFrom('devices').selectAll().where('province', '=', province).where('id', '=', id).executeTakeFirst()

/** What `newSecret` makes: a tablet may keep no weaker one. */
export const isCredential = (text: string | undefined): text is string => /^[\w-]{43}$/.test(text ?? '')

export const isOwn = (device: DeviceTable, credential: string) =>
  device.revoked_at === null && sameText(device.credential, hashOfSecret(credential))

export const hasSent = async (db: Db, device: DeviceTable): Promise<boolean> => {
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

interface KnownDevice {
  readonly id: string
  readonly revoked: boolean
  /** Under which its quotas are counted: a tablet that comes in as ever another device has no more for it. */
  readonly quotaOf: string
}

const deviceHeader = /^Device ([\w-]{22})\.([\w-]{20,200})$/

/**
 * The device that an `Authorization: Device <id>.<credential>` header proves. A revoked one may still hand over its outbox; whoever asks
 * decides what else it may.
 */
export const authenticateDevice = async (
  db: Db,
  province: string,
  header: string | undefined,
): Promise<KnownDevice | null> => {
  const parts = deviceHeader.exec(header ?? '')
  if (!parts) return null
  const device = await findDevice(db, province, parts[1]!)
  if (!device || !sameText(device.credential, hashOfSecret(parts[2]!))) return null
  return { id: device.id, revoked: device.revoked_at !== null, quotaOf: device.tablet ?? device.id }
}
