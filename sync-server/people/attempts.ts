import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { Db } from './call.ts'

const longestWait = 15 * 60_000

/** After 1, 2, 3 … failures in a row: 1, 2, 4 … seconds, at most 15 minutes. */
const waitAfter = (failures: number): number => Math.min(1000 * 2 ** Math.max(0, failures - 1), longestWait)

const waiting = (until: number, now: number): Failure =>
  failure('too-many-attempts', { retryAfter: Math.max(1, Math.ceil((until - now) / 1000)) })

/** Whose password is tried, and on which tablet; null on a browser that is none the server knows. */
export interface Tried {
  readonly province: string
  readonly staff: string
  readonly tablet: string | null
}

interface Count {
  readonly failures: number
  readonly next_attempt_at: number
}

/**
 * Counts an attempt as failed before anything is compared, so that a crash or a second request in between is no free guess. A failure means that
 * this attempt comes too early and is not looked at. In one statement: two requests at once cannot both pass. Each tablet has a count of its
 * own: a stranger who guesses slows down nobody who sits at one.
 */
export const countAttempt = async (db: Db, tried: Tried, now: number): Promise<Failure | null> => {
  const before = await attemptsOf(db, tried)
  if (before.next_attempt_at > now) return waiting(before.next_attempt_at, now)
  const failures = before.failures + 1
  const until = now + waitAfter(failures)
  return (await raise(db, tried, before.failures, { failures, next_attempt_at: until })) ? null : waiting(until, now)
}

/** Why an attempt would come too early now: one that is not looked at takes nobody's turn to write. */
export const waitsFor = async (db: Db, tried: Tried, now: number): Promise<Failure | null> => {
  const { next_attempt_at: until } = await attemptsOf(db, tried)
  return until > now ? waiting(until, now) : null
}

export const forgiveAttempts = async (db: Db, { province, staff, tablet }: Tried): Promise<void> => {
  if (tablet === null)
    await db.updateTable('accounts').set(none).where('province', '=', province).where('staff', '=', staff).execute()
  else
    await db
      .deleteFrom('tablet_attempts')
      .where('province', '=', province)
      .where('staff', '=', staff)
      .where('device', '=', tablet)
      .execute()
}

const none: Count = { failures: 0, next_attempt_at: 0 }

const attemptsOf = async (db: Db, { province, staff, tablet }: Tried): Promise<Count> => {
  const counts = ['failures', 'next_attempt_at'] as const
  const found =
    tablet === null
      ? db.selectFrom('accounts').select(counts).where('province', '=', province).where('staff', '=', staff)
      : db
          .selectFrom('tablet_attempts')
          .select(counts)
          .where('province', '=', province)
          .where('staff', '=', staff)
          .where('device', '=', tablet)
  return (await found.executeTakeFirst()) ?? none
}

/** False where another attempt has come in between. */
const raise = async (db: Db, { province, staff, tablet }: Tried, from: number, to: Count): Promise<boolean> => {
  if (tablet === null) {
    const { numUpdatedRows } = await db
      .updateTable('accounts')
      .set(to)
      .where('province', '=', province)
      .where('staff', '=', staff)
      .where('failures', '=', from)
      .executeTakeFirst()
    return Number(numUpdatedRows) === 1
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('tablet_attempts')
    .values({ province, staff, device: tablet, ...to })
    .onConflict((there) =>
      there.columns(['province', 'staff', 'device']).doUpdateSet(to).where('tablet_attempts.failures', '=', from),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
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
