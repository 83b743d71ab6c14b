import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import { derivedId, type StaffId } from '#domain/kernel/id.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'

/** What a test's tablet is for; the whole province where no places are named. */
export interface EnrolledFor {
  readonly admits?: readonly string[]
  readonly places?: readonly string[]
}

/** Enrols a registered device as an administrator would, or says anew what it is for, without asking the server over HTTP. */
export const enrol = async (
  tx: Tx,
  { province, now, author }: { readonly province: string; readonly now: number; readonly author: string },
  device: string,
  { admits = [], places }: EnrolledFor,
): Promise<string> => {
  const record = derivedId('tablet-of-test', device)
  const set = {
    name: 'แท็บเล็ตทดลอง',
    device,
    ...(places ? { places: keyedSetOf(places), wholeProvince: false } : { wholeProvince: true }),
    admits: keyedSetOf(admits),
  }
  await appendOwn(tx, { province, now }, [{ author: author as StaffId, kind: 'tablet', record, set }])
  await tx.db
    .updateTable('devices')
    .set({ tablet: record })
    .where('province', '=', province)
    .where('id', '=', device)
    .execute()
  return record
}

/** The same in a transaction of its own. */
export const enrolOn = (store: Store, ...rest: Parameters<typeof enrol> extends [Tx, ...infer R] ? R : never) =>
  store.transaction((tx) => enrol(tx, ...rest))
