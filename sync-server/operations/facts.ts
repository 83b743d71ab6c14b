import { publicReceiptKeys } from '#server/log/receipts.ts'
import { type Answer, answer, type Call, type Db } from '#server/people/call.ts'
import type { House } from '#server/province.ts'

/** GET /api/health: 200 only when the database answers. */
export const health = async ({ store, version }: House): Promise<Answer> => {
  await store().db.selectFrom('provinces').select('id').limit(1).execute()
  return answer({ status: 'ok', version, database: store().dialect })
}

/** GET /api/province: what anybody may know, before signing in. */
export const publicProvince = async (house: House): Promise<Answer> => {
  const open = await house.open()
  const keys = open ? await publicReceiptKeys(open.store.db, open.province.id) : []
  return answer({
    setUp: open !== null,
    name: open?.province.name ?? null,
    sample: open?.province.sample ?? false,
    publicUrlUsable: house.config.publicUrlUsable,
    receiptKey: keys[0] ? { id: keys[0].id, public: keys[0].public } : null,
    receiptKeys: keys,
    version: house.version,
  })
}

/** GET /api/backup-state */
export const backupState = async (db: Db, { province }: Pick<Call, 'province'>): Promise<Answer> => {
  const row = await db
    .selectFrom('provinces')
    .select(['seq', 'backup_seq'])
    .where('id', '=', province.id)
    .executeTakeFirstOrThrow()
  return answer({ seq: row.seq, backupSeq: row.backup_seq })
}
