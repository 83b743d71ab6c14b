import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { Db } from './call.ts'

const longestWait = 15 * 60_000

/** After 1, 2, 3 … failures in a row: 1, 2, 4 … seconds, at most 15 minutes. */
const waitAfter = (failures: number): number => Math.min(1000 * 2 ** Math.max(0, failures - 1), longestWait)

const waiting = (until: number, now: number): Failure =>
  failure('too-many-attempts', { retryAfter: Math.max(1, Math.ceil((until - now) / 1000)) })

/**
 * Counts an attempt as failed before anything is compared, so that a crash or a second request in between is no free guess. A failure means that
 * this attempt comes too early and is not looked at. In one statement: two requests at once cannot both pass.
 */
export const countAttempt = async (
  db: Db,
  account: { province: string; staff: string; failures: number; next_attempt_at: number },
  now: number,
): Promise<Failure | null> => {
  if (account.next_attempt_at > now) return waiting(account.next_attempt_at, now)
  const failures = account.failures + 1
  const counted = await db
    .updateTable('accounts')
    .set({ failures, next_attempt_at: now + waitAfter(failures) })
    .where('province', '=', account.province)
    .where('staff', '=', account.staff)
    .where('failures', '=', account.failures)
    .executeTakeFirst()
  return Number(counted.numUpdatedRows) === 1 ? null : waiting(now + waitAfter(failures), now)
}

export const forgiveAttempts = async (db: Db, province: string, staff: string): Promise<void> => {
  await db
    .updateTable('accounts')
    .set({ failures: 0, next_attempt_at: 0 })
    .where('province', '=', province)
    .where('staff', '=', staff)
    .execute()
}

/** Names that do not exist are slowed in the same way, so that the delay does not tell which do. Bounded; the oldest is forgotten first. */
export const strangers = (capacity = 10_000) => {
  const seen = new Map<string, { failures: number; until: number }>()
  return (username: string, now: number): Failure | null => {
    const known = seen.get(username)
    if (known && known.until > now) return waiting(known.until, now)
    const failures = (known?.failures ?? 0) + 1
    seen.delete(username)
    seen.set(username, { failures, until: now + waitAfter(failures) })
    if (seen.size > capacity) seen.delete(seen.keys().next().value as string)
    return null
  }
}
