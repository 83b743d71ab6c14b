import { randomBytes } from 'node:crypto'
import { type Change, changeLine, type FieldSet } from '#domain/change.ts'
import { type DeviceId, newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'
import type { Tx } from '#server/db/connect.ts'
import { settingOf } from '#server/db/settings.ts'
import { flush } from './flush.ts'
import { changeDigest } from './hash.ts'
import { commit, draft, findEntry, openLedger } from './ledger.ts'

/** A change that the server itself writes: at set-up, and as sample data. */
export interface OwnChange {
  readonly author: StaffId
  readonly kind: string
  readonly record: RecordId
  readonly set: FieldSet
  /** When it is said to have been written, in milliseconds; now, if absent. */
  readonly at?: number
}

const setting = 'own-device'

/**
 * Appends the server's own changes, from its own device and without judging rights: the log has one way in, also before there is anybody
 * who could have a right.
 */
export const appendOwn = async (
  tx: Tx,
  { province, now }: { readonly province: string; readonly now: number },
  changes: readonly OwnChange[],
): Promise<void> => {
  const device = await ownDevice(tx, province, now)
  const ledger = await openLedger(tx, { province, device, now })
  if (!ledger) throw new Error('There is no such province.')
  const trusted = { ...ledger, people: new Map(changes.map(({ author }) => [author as string, null])) }
  for (const { author, kind, record, set, at } of changes) {
    const before = await findEntry(trusted, record)
    const change: Change = {
      n: ++trusted.lastN,
      author,
      at: at ?? now,
      seen: at ?? now,
      kind,
      v: kindOf(kind)!.version,
      record,
      ...(before && { base: { epoch: trusted.head.epoch, seq: trusted.head.seq } }),
      set,
    }
    const line = changeLine(change)
    const drafted = await draft(trusted, change, trusted.headBefore)
    commit(trusted, drafted, { digest: changeDigest(device, line), line, proof: null })
  }
  await flush(trusted)
}

const ownDevice = async (tx: Tx, province: string, now: number): Promise<DeviceId> => {
  const known = await settingOf(tx.db, province, setting)
  if (known) return known as DeviceId
  const id = newId<DeviceId>(randomBytes)
  await tx.db.insertInto('settings').values({ province, name: setting, value: id }).execute()
  await tx.db
    .insertInto('devices')
    // No text has an empty hash: nobody can send as this device.
    .values({
      province,
      id,
      name: 'Bowon',
      credential: '',
      last_n: 0,
      last_stamp: 0,
      created_at: now,
      seen_at: now,
      revoked_at: null,
    })
    .execute()
  return id
}
