import { type Answer, answer, type Db, type SignedInCall } from '#server/people/call.ts'

const page = 200

/** GET /api/access-log?before=seq: the newest lines first. */
export const readAccessLog = async (db: Db, { province }: SignedInCall, before: string | null): Promise<Answer> => {
  let lines = db.selectFrom('access_log').selectAll().where('province', '=', province.id)
  if (before !== null && /^\d{1,15}$/.test(before)) lines = lines.where('seq', '<', Number(before))
  const rows = await lines
    .orderBy('seq', 'desc')
    .limit(page + 1)
    .execute()
  return answer({ lines: rows.slice(0, page).map(({ province: _, ...line }) => line), more: rows.length > page })
}
