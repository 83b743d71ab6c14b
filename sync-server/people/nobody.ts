import { sql } from 'kysely'
import type { Failure } from '#domain/kernel/failure.ts'
import type { Store } from '#server/db/connect.ts'
import { keepSetting } from '#server/db/settings.ts'
import { writeDown } from '#server/log/access-log.ts'
import { waitsFor } from './attempts.ts'
import type { Call, Db } from './call.ts'
import { standingsOf } from './standing.ts'

/*
 * A name that nobody has makes the database work as one that somebody has does, in each of the two transactions of a sign-in: the time of an answer
 * tells nothing (bench/names.md). Nothing stays of it but the moment, and that over and over in one row, or a stranger could fill the disk.
 */

const nobody = 'nobody'

/** In the place of counting an attempt. Answers why it comes too early. */
export const countForNobody = async (
  store: Store,
  { province, now }: Call,
  limit: () => Failure | null,
): Promise<Failure | null> => {
  const tried = { province: province.id, staff: nobody, tablet: null }
  await waitsFor(store.db, tried, now)
  const waits = limit()
  if (waits) return waits
  return store.transaction(async ({ db }) => {
    await waitsFor(db, tried, now)
    await noteMoment(db, province.id, now)
    return null
  })
}

/** In the place of writing a refused sign-in down. */
export const refuseNobody = (store: Store, { province, session, now }: Call): Promise<void> =>
  store.transaction(async ({ db }) => {
    await standingsOf(db, province.id, [nobody])
    await sql`savepoint nobody`.execute(db)
    const device = session?.device ?? null
    await writeDown(db, province.id, { at: now, staff: null, device, act: 'sign-in-refused', subject: nobody })
    await sql`rollback to savepoint nobody`.execute(db)
    await sql`release savepoint nobody`.execute(db)
    await noteMoment(db, province.id, now)
  })

const noteMoment = (db: Db, province: string, now: number) =>
  keepSetting(db, province, 'stranger-tried-at', String(now))
