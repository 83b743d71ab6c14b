import { toBase64Url } from '#domain/kernel/bytes.ts'
import { newId, type RandomBytes } from '#domain/kernel/id.ts'
import type { Tx } from '#server/db/connect.ts'
import { writeDown } from '#server/log/access-log.ts'
import { appendOwn } from '#server/log/own.ts'
import { makeReceiptKey } from '#server/log/receipts.ts'
import { type Seed, seeds } from './seed.ts'

export interface Facts {
  readonly name: string
  readonly sample: boolean
  readonly secret: string
  readonly now: number
  readonly random: RandomBytes
}

/** The province with its log, its keys and what every province begins with. `first` is the administrator's staff record. */
export const makeProvince = async (tx: Tx, facts: Facts, first: Seed) => {
  const { name, sample, secret, now, random } = facts
  const [id, epoch] = [newId(random), newId(random)]
  await tx.db
    .insertInto('provinces')
    .values({
      id,
      name,
      sample: sample ? 1 : 0,
      seq: 0,
      chain: '',
      epoch,
      backup_seq: 0,
      id_key: toBase64Url(random(32)),
      created_at: now,
    })
    .execute()
  await tx.db.insertInto('epochs').values({ province: id, epoch, ordinal: 1, begins_after: 0, begun_at: now }).execute()
  await makeReceiptKey(tx, { province: id, secret, now })
  const author = first.record
  await appendOwn(
    tx,
    { province: id, now },
    [first, ...seeds()].map((seed) => ({ author, ...seed })),
  )
  await writeDown(tx.db, id, { at: now, staff: first.record, device: null, act: 'set-up' })
  return { provinceId: id as string, staff: first.record as string }
}
