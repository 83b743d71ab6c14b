import type { Tx } from '#server/db/connect.ts'
import { prepared } from '#server/db/prepared.ts'

const followedBy = prepared((db, province: string, device: string) =>
  db.selectFrom('devices').select('follows').where('province', '=', province).where('id', '=', device),
)

/** What a device was before it was copied, and before that, the latest first. */
export const formerNames = async (db: Tx['db'], province: string, device: string): Promise<readonly string[]> => {
  const names: string[] = []
  for (let at = device; ; ) {
    const [row] = await followedBy(db, province, at)
    const before = row?.follows ?? null
    if (before === null || before === device || names.includes(before)) return names
    names.push(before)
    at = before
  }
}
