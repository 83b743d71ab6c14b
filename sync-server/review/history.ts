import { readChange } from '#domain/change.ts'
import type { RecordState } from '#domain/merge.ts'
import { reachOf, reads } from '#domain/scope.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from '#server/people/call.ts'
import { lastExported } from './exported.ts'

/**
 * GET /api/records/:id/history: every change of one record in the order of the log, and what is held of it. A record out of reach
 * answers like one that does not exist.
 */
export const readHistory = async (db: Db, { province, person }: SignedInCall, id: string): Promise<Answer> => {
  const row = await db
    .selectFrom('records')
    .select(['id', 'scope', 'kind', 'day', 'body'])
    .where('province', '=', province.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || !reads(reachOf(person.standing), row)) return refuse('not-found')
  const changes = await db
    .selectFrom('changes')
    .leftJoin('devices', (join) =>
      join.onRef('devices.province', '=', 'changes.province').onRef('devices.id', '=', 'changes.device'),
    )
    .select(['seq', 'device', 'devices.name', 'stamp', 'received_at', 'proven', 'line', 'base'])
    .where('changes.province', '=', province.id)
    .where('record', '=', id)
    .orderBy('seq')
    .execute()
  const held = await db
    .selectFrom('held')
    .select(['device', 'n', 'author', 'code', 'field', 'detail', 'received_at'])
    .where('province', '=', province.id)
    .where('record', '=', id)
    .where('state', '=', 'held')
    .orderBy('received_at')
    .execute()
  const since = changes[0]?.received_at ?? 0
  const exportedAt = await lastExported(db, {
    ...row,
    province: province.id,
    since,
  })
  return answer({
    record: JSON.parse(row.body) as RecordState,
    changes: changes.flatMap((entry) => {
      const change = readChange(entry.line)
      if (!change) return []
      const { seq, device, base, stamp } = entry
      const { n, author, at, set } = change
      const [deviceName, receivedAt, proven] = [entry.name ?? '', entry.received_at, entry.proven === 1]
      return [{ seq, device, deviceName, n, author, at, stamp, receivedAt, proven, set, base }]
    }),
    exportedAt,
    held: held.map(({ received_at, ...one }) => ({ ...one, receivedAt: received_at })),
  })
}
