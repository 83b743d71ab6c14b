import { isGuarded } from '#domain/roles.ts'
import { publicCourierKey } from '#server/log/courier-key.ts'
import { doubtOf } from '#server/log/doubt.ts'
import type { ReceiptKey } from '#server/log/receipts.ts'
import { publicReceiptKeys } from '#server/log/receipts.ts'
import type { Db, Province, Session } from './call.ts'
import { deskListsFor } from './desk-list.ts'
import { isOpenKey, keysOf } from './keys.ts'
import { slipFor } from './slip.ts'

/** What a browser learns at a sign-in and asks again at any time: who is here, and what a tablet must know to work. */
export const welcome = async (
  { db, province, receiptKey }: { readonly db: Db; readonly province: Province; readonly receiptKey: ReceiptKey },
  session: Session,
  staff: string,
  device: { id: string; credential?: string } | null,
  /** Number of the desk's list that the browser knows; 0 where it knows none. */
  knownList = 0,
) => {
  const person = session.people.find((one) => one.staff === staff)!
  return {
    person: person.staff,
    mustChange: person.mustChange,
    standing: person.standing,
    // they work on; what they do waits until an administrator has gone through who may act
    inDoubt: isGuarded(person.standing) && (await doubtOf(db, province.id)) !== null,
    session: { people: session.people.map((one) => one.staff), expiresAt: person.expiresAt },
    device: device && { ...device, slip: await slipFor(db, province.id, receiptKey, device.id) },
    province: {
      id: province.id,
      name: province.name,
      sample: province.sample,
      // as it is now: another process may have begun a new one
      epoch: await presentEpoch(db, province.id),
      idKey: province.idKey,
    },
    receiptKeys: await publicReceiptKeys(db, province.id),
    courierKey: await publicCourierKey(db, province.id),
    // programs of before members signed the lists keep the one that they have
    desk: null,
    deskLists: await deskListsFor(db, province.id, person.standing, knownList),
    key: session.device ? await keyNews(db, province.id, staff, session.device) : null,
  }
}

/** The newest key of the person on the tablet, and whether it still counts. */
const keyNews = async (db: Db, province: string, person: string, device: string) => {
  const keys = await keysOf(db, province, { person, device })
  const newest = keys.find(isOpenKey) ?? keys.at(-1)
  return newest ? { id: newest.id, open: isOpenKey(newest) } : null
}

const presentEpoch = async (db: Db, province: string): Promise<string> => {
  const row = await db.selectFrom('provinces').select('epoch').where('id', '=', province).executeTakeFirstOrThrow()
  return row.epoch
}
