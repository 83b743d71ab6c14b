import { standingThere } from '#domain/authority/tablet-rights.ts'
import type { RandomBytes } from '#domain/kernel/id.ts'
import { isGuarded } from '#domain/roles.ts'
import type { Store } from '#server/db/connect.ts'
import type { Db, Session, SignedIn, SignedInCall } from './call.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { standingsOf } from './standing.ts'
import { rightsOn } from './tablets.ts'

const day = 24 * 3_600_000
export const sessionLasts = 30 * day
/** Whoever holds a guarded role is heard for so long after their last request, then again after a password or their key's signature. */
const heardFor = 10 * 60_000
/** `active_at` is only worth a write now and then. */
const activeEvery = 30_000
/** `seen_at` is only worth a write now and then. */
const seenEvery = 15 * 60_000

/** The browser that shows this token, with the people who count as signed in on it at `now`; null when it is none of ours. */
export const findSession = (db: Db, province: string, token: string, now: number): Promise<Session | null> =>
  findSessionById(db, province, hashOfSecret(token), now)

const findSessionById = async (db: Db, province: string, wanted: string, now: number): Promise<Session | null> => {
  const session = await db
    .selectFrom('sessions')
    .selectAll()
    .where('province', '=', province)
    .where('id', '=', wanted)
    .executeTakeFirst()
  if (!session) return null
  const { id, device, seen_at } = session
  return { id, device, seenAt: seen_at, people: device ? await peopleOn(db, province, { id, device }, now) : [] }
}

/** What a stream may cost: one question now and then. */
const askEvery = 25_000

/** What is told to somebody for as long as they count as signed in; it ends soon after that does (A8). */
export async function* whileSignedIn(
  { db }: Pick<Store, 'db'>,
  { province, session, person, now }: SignedInCall,
  clock: () => number,
  told: AsyncIterable<string>,
): AsyncIterable<string> {
  let askedAt = now
  for await (const one of told) {
    if (clock() >= askedAt + askEvery) {
      askedAt = clock()
      const there = await findSessionById(db, province.id, session.id, askedAt)
      if (!there?.people.some(({ staff }) => staff === person.staff)) return
    }
    yield one
  }
}

/** Notes now and then that a browser is in use. */
export const freshen = async (store: Store, session: Session, now: number): Promise<void> => {
  if (session.seenAt >= now - seenEvery) return
  await store.transaction(({ db }) =>
    db.updateTable('sessions').set({ seen_at: now }).where('id', '=', session.id).execute(),
  )
}

/** Notes now and then that a person has asked for something by name. */
export const heardOf = async (
  store: Store,
  { id }: Session,
  { staff, activeAt }: SignedIn,
  now: number,
): Promise<void> => {
  if (activeAt >= now - activeEvery) return
  await store.transaction(({ db }) => noteHeard(db, id, staff, now))
}

export const noteHeard = async (db: Db, session: string, staff: string, now: number): Promise<void> => {
  await db
    .updateTable('session_people')
    .set({ active_at: now })
    .where('session', '=', session)
    .where('staff', '=', staff)
    .execute()
}

/** Whoever is signed in, with what they may do on that tablet; whom it does not admit is not (A5). */
const peopleOn = async (
  db: Db,
  province: string,
  { id: session, device }: { readonly id: string; readonly device: string },
  now: number,
): Promise<SignedIn[]> => {
  const rows = await db
    .selectFrom('session_people')
    .innerJoin('accounts', (join) =>
      join
        .onRef('accounts.province', '=', 'session_people.province')
        .onRef('accounts.staff', '=', 'session_people.staff'),
    )
    .select(['session_people.staff', 'signed_in_at', 'expires_at', 'must_change', 'weak', 'active_at'])
    .where('session_people.province', '=', province)
    .where('session', '=', session)
    .where('expires_at', '>', now)
    .where('accounts.disabled', '=', 0)
    .orderBy('signed_in_at', 'desc')
    .execute()
  const people = rows.map((row) => row.staff)
  const [standings, rights] = [await standingsOf(db, province, people), await rightsOn(db, province, device)]
  return rows.flatMap((row) => {
    const everywhere = standings.get(row.staff)
    const standing = everywhere && standingThere(everywhere, rights)
    if (!standing || standing.roles.length === 0) return []
    const { staff, signed_in_at: signedInAt } = row
    const activeAt = row.active_at ?? signedInAt
    const expiresAt = isGuarded(standing) ? Math.min(row.expires_at, activeAt + heardFor) : row.expires_at
    if (expiresAt <= now) return []
    const mustChange = row.must_change === 1 || (isGuarded(standing) && row.weak === 1)
    return [{ staff, signedInAt, activeAt, expiresAt, mustChange, standing }]
  })
}

/**
 * Signs a person in on the browser that shows `known`, or on a new one. The token is new each time, so that one that was planted or
 * read before a sign-in is worth nothing after it; colleagues who are signed in on the same tablet stay.
 */
export const signInOn = async (
  db: Db,
  province: string,
  facts: {
    known: Session | null
    /** Whoever is signed in on the browser may stay. */
    isSameTablet?: boolean
    staff: string
    device: string
    now: number
    random: RandomBytes
  },
): Promise<string> => {
  const { known, staff, device, now, isSameTablet = false } = facts
  const token = newSecret(facts.random)
  const id = hashOfSecret(token)
  await db.insertInto('sessions').values({ province, id, device, created_at: now, seen_at: now }).execute()
  if (known) await endSession(db, province, known.id, { id, staff, isSameTablet })
  await db
    .insertInto('session_people')
    .values({ province, session: id, staff, signed_in_at: now, expires_at: now + sessionLasts, active_at: now })
    .execute()
  return token
}

/** One browser is one tablet: colleagues go on where it is still the same one, in whatever guise. */
const endSession = async (
  db: Db,
  province: string,
  from: string,
  { id, staff, isSameTablet }: { readonly id: string; readonly staff: string; readonly isSameTablet: boolean },
) => {
  await signOutOf(db, province, from, staff)
  if (isSameTablet)
    await db
      .updateTable('session_people')
      .set({ session: id })
      .where('province', '=', province)
      .where('session', '=', from)
      .execute()
  else await db.deleteFrom('session_people').where('province', '=', province).where('session', '=', from).execute()
  await db.deleteFrom('sessions').where('province', '=', province).where('id', '=', from).execute()
}

export const signOutOf = async (db: Db, province: string, session: string, staff: string): Promise<void> => {
  await db
    .deleteFrom('session_people')
    .where('province', '=', province)
    .where('session', '=', session)
    .where('staff', '=', staff)
    .execute()
}

/** Ends a person's sign-ins everywhere, or everywhere but here. */
export const signOutEverywhere = async (db: Db, province: string, staff: string, but?: string): Promise<void> => {
  let ended = db.deleteFrom('session_people').where('province', '=', province).where('staff', '=', staff)
  if (but) ended = ended.where('session', '!=', but)
  await ended.execute()
}

/** Forgets browsers that nobody has used for as long as a sign-in lasts. */
export const forgetOldSessions = async (db: Db, province: string, now: number): Promise<void> => {
  await db.deleteFrom('session_people').where('province', '=', province).where('expires_at', '<=', now).execute()
  await db
    .deleteFrom('sessions')
    .where('province', '=', province)
    .where('seen_at', '<', now - sessionLasts)
    .execute()
}
