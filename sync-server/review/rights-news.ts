import * as z from 'zod/mini'
import { keepSetting, settingOf } from '#server/db/settings.ts'
import type { Act } from '#server/log/access-log.ts'
import { type Answer, answer, type Db, type SignedInCall } from '#server/people/call.ts'

/** What somebody could do to make themselves, a tablet or a friend able to act. */
const ofRights: readonly Act[] = [
  'altered-rights',
  'enrolled-tablet',
  'made-enrolment-code',
  'registered-key',
  'made-account',
  'reset-password',
  'enabled-account',
  'disabled-account',
  'revoked-device',
  'took-in-held',
  'restored',
  'began-access-review',
  'ended-access-review',
  'cut-key',
  'published-desk-key',
  'refused-desk-list',
  'tablet-refused-desk-list',
]

const most = 50
const seenName = (staff: string) => `rights-seen.${staff}`

/** GET /api/rights-news: what others have done to rights since this administrator has last said that they saw it, the newest first (A11). */
export const readRightsNews = async (db: Db, { province, person }: SignedInCall): Promise<Answer> => {
  const seen = await settingOf(db, province.id, seenName(person.staff))
  const rows = await db
    .selectFrom('access_log')
    .selectAll()
    .where('province', '=', province.id)
    .where('seq', '>', Number(seen ?? 0))
    .where('act', 'in', ofRights)
    .where((is) => is.or([is('staff', 'is', null), is('staff', '!=', person.staff)]))
    .orderBy('seq', 'desc')
    .limit(most + 1)
    .execute()
  return answer({ lines: rows.slice(0, most).map(({ province: _, ...line }) => line), more: rows.length > most })
}

export const rightsSeenInput = z.object({ upTo: z.int().check(z.minimum(0)) })

/** POST /api/rights-news: seen up to this line; what comes later is news again. */
export const noteRightsSeen = async (db: Db, { province, person }: SignedInCall, upTo: number): Promise<Answer> => {
  await keepSetting(db, province.id, seenName(person.staff), String(upTo))
  return answer()
}
