import * as z from 'zod/mini'
import { sessionText } from '#domain/authority/line-proof.ts'
import type { Tx } from '#server/db/connect.ts'
import { isSignedBy } from '#server/log/ed25519.ts'
import { type Answer, answer, type Call, refuse, type SignedInCall } from './call.ts'
import { isOpenKey, keysOf } from './keys.ts'
import { newSecret } from './secret.ts'
import { noteHeard } from './sessions.ts'

/** POST /api/session/lock: the tablet has locked or was handed over; nobody with a guarded role is heard in this browser until they show who they are. */
export const lock = async ({ db }: Tx, { session }: SignedInCall): Promise<Answer> => {
  await db.updateTable('session_people').set({ active_at: 0 }).where('session', '=', session.id).execute()
  return answer()
}

/** POST /api/session/challenge: what a key must sign so that its person is heard again in this browser; of no use to one without a session. */
export const askChallenge = async ({ db }: Tx, { session, random }: Call): Promise<Answer> => {
  const challenge = newSecret(random)
  if (session) await db.updateTable('sessions').set({ challenge }).where('id', '=', session.id).execute()
  return answer({ challenge })
}

export const unlockInput = z.object({
  person: z.string().check(z.maxLength(22)),
  key: z.string().check(z.maxLength(22)),
  signature: z.string().check(z.regex(/^[\w-]{86}$/)),
})
type UnlockInput = z.infer<typeof unlockInput>

/**
 * POST /api/session/unlock: somebody who has been silent for too long is heard again, once the key that is theirs on this tablet has signed the
 * challenge. Without a sign-in of theirs that is still there it opens nothing.
 */
export const unlock = async ({ db }: Tx, { province, session, now }: Call, input: UnlockInput): Promise<Answer> => {
  if (!session?.device) return refuse('not-permitted', { detail: 'no-session' })
  const { person, key, signature } = input
  const row = await db.selectFrom('sessions').select('challenge').where('id', '=', session.id).executeTakeFirst()
  await db.updateTable('sessions').set({ challenge: null }).where('id', '=', session.id).execute()
  const own = await keysOf(db, province.id, { person, device: session.device })
  const known = own.find((one) => one.id === key && isOpenKey(one))
  if (!known || !row?.challenge) return refuse('not-signed-in')
  const text = sessionText(province.id, session.device, row.challenge)
  if (!isSignedBy(known.public, text, signature)) return refuse('not-signed-in')
  await noteHeard(db, session.id, person, now)
  return answer()
}
