import * as z from 'zod/mini'
import { isId } from '#domain/kernel/id.ts'
import { reachOf } from '#domain/scope.ts'
import { writeDown } from '#server/log/access-log.ts'
import { within } from '#server/log/reach.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from '#server/people/call.ts'

export const openingInput = z.object({ record: z.string().check(z.refine(isId)) })

export const envelopesInput = z.object({ envelopes: z.int().check(z.minimum(0)) })

/** POST /api/desk/exports: envelopes were taken out of a browser as they are sealed. */
export const noteEnvelopesTaken = async (db: Db, call: SignedInCall, envelopes: number): Promise<Answer> => {
  const { province, person, session, now } = call
  const subject = `envelopes ${envelopes}`
  await writeDown(db, province.id, { at: now, staff: person.staff, device: session.device, act: 'exported', subject })
  return answer()
}

/** POST /api/desk/openings: written down before the envelope is opened in the browser. */
export const noteOpening = async (db: Db, call: SignedInCall, record: string): Promise<Answer> => {
  const { province, person, session, now } = call
  const known = await db
    .selectFrom('records')
    .select('id')
    .where('province', '=', province.id)
    .where('id', '=', record)
    .where('kind', '=', 'complaint')
    .where(within(reachOf(person.standing)))
    .executeTakeFirst()
  if (!known) return refuse('not-found')
  const deed = {
    at: now,
    staff: person.staff,
    device: session.device,
    act: 'opened-complaint',
    subject: record,
  } as const
  await writeDown(db, province.id, deed)
  return answer()
}
