import type { StaffId } from '#domain/kernel/id.ts'
import type { Tx } from '#server/db/connect.ts'
import { writeDown } from '#server/log/access-log.ts'
import { type Answer, answer, type Db, type SignedInCall } from './call.ts'
import { leaveTablet } from './device-people.ts'
import { cutKeys } from './keys.ts'
import { signOutEverywhere } from './sessions.ts'

/** GET /api/sign-ins: where the person is signed in, the latest first. */
export const listSignIns = async (db: Db, { province, person, session, now }: SignedInCall): Promise<Answer> => {
  const rows = await db
    .selectFrom('session_people')
    .innerJoin('sessions', (join) =>
      join
        .onRef('sessions.province', '=', 'session_people.province')
        .onRef('sessions.id', '=', 'session_people.session'),
    )
    .leftJoin('devices', (join) =>
      join.onRef('devices.province', '=', 'sessions.province').onRef('devices.id', '=', 'sessions.device'),
    )
    .select(['sessions.id', 'sessions.seen_at', 'devices.name', 'signed_in_at', 'active_at'])
    .where('session_people.province', '=', province.id)
    .where('session_people.staff', '=', person.staff)
    .where('expires_at', '>', now)
    .orderBy('signed_in_at', 'desc')
    .execute()
  return answer({
    signIns: rows.map(({ id, name, signed_in_at: signedInAt, seen_at, active_at }) => ({
      tablet: name ?? '',
      signedInAt,
      seenAt: Math.max(seen_at, active_at ?? 0),
      isHere: id === session.id,
    })),
  })
}

/**
 * POST /api/sign-ins/end: the person leaves every other tablet. What is written there in their name from now on does not count, and nothing that
 * their keys there sign.
 */
export const endSignIns = async (tx: Tx, call: SignedInCall): Promise<Answer> => {
  const { province, person, session, now } = call
  const by = person.staff as StaffId
  await signOutEverywhere(tx.db, province.id, by, session.id)
  for (const device of await otherDevices(tx.db, call))
    await leaveTablet(tx, { province: province.id, device, now }, { person: by })
  await cutKeys(
    tx,
    { province: province.id, now, by },
    { person: by, ...(session.device && { notOn: session.device }) },
  )
  await writeDown(tx.db, province.id, {
    at: now,
    staff: by,
    device: session.device,
    act: 'signed-out-everywhere',
    subject: by,
  })
  return answer()
}

const otherDevices = async (db: Db, { province, person, session }: SignedInCall): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('device_people')
    .select('device')
    .where('province', '=', province.id)
    .where('staff', '=', person.staff)
    .where('left_n', 'is', null)
    .execute()
  return rows.map(({ device }) => device).filter((device) => device !== session.device)
}
