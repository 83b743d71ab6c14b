import type { Tx } from '#server/db/connect.ts'
import { formerNames } from '#server/log/former-names.ts'
import type { Db } from './call.ts'
import { findDevice } from './device.ts'
import { endKeys } from './keys.ts'

/** From now on the server knows that this person has been on this device (law 13). */
export const provePerson = async (db: Db, province: string, device: string, staff: string, now: number) => {
  await db
    .insertInto('device_people')
    .values({ province, device, staff, proven_at: now, left_n: null })
    .onConflict((there) => there.columns(['province', 'device', 'staff']).doUpdateSet({ proven_at: now, left_n: null }))
    .execute()
}

/** Whoever has been on a tablet before it was copied has been on the copy. */
export const takeOverPeople = async (db: Db, province: string, from: string, to: string) => {
  const people = await db
    .selectFrom('device_people')
    .select(['staff', 'proven_at', 'left_n'])
    .where('province', '=', province)
    .where('device', '=', from)
    .execute()
  if (people.length === 0) return
  await db
    .insertInto('device_people')
    .values(people.map((one) => ({ province, device: to, ...one })))
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
  const own = await findDevice(tx.db, province, device)
  const upTo = lastN ?? own?.last_n ?? 0
  for (const id of [device, ...(await formerNames(tx.db, province, device))])
    await tx.db
      .updateTable('device_people')
      .set({ left_n: upTo })
      .where('province', '=', province)
      .where('device', '=', id)
      .where('staff', '=', person)
      // a later word of the tablet's only narrows
      .where((is) => is.or([is('left_n', 'is', null), is('left_n', '>', upTo)]))
      .execute()
  await endKeys(tx, { province, now, lastN: upTo }, { device, person })
}

/** The tablet becomes another one: whoever was on it signs in anew there. */
export const leaveAll = async (
  tx: Tx,
  at: { readonly province: string; readonly device: string; readonly now: number },
) => {
  const people = await tx.db
    .selectFrom('device_people')
    .select('staff')
    .where('province', '=', at.province)
    .where('device', '=', at.device)
    .execute()
  for (const { staff } of people) await leaveTablet(tx, at, { person: staff })
}
