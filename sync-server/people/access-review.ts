import * as z from 'zod/mini'
import { codeLasts, enrolmentHash, longestCode } from '#domain/authority/enrolment.ts'
import { codeWords, generateWords } from '#domain/authority/generated-words.ts'
import { readChange } from '#domain/change.ts'
import type { RandomBytes, StaffId } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'
import { isGuarded } from '#domain/roles.ts'
import type { Tx } from '#server/db/connect.ts'
import { type Act, writeDown } from '#server/log/access-log.ts'
import { type Doubt, doubtOf, isReviewer, keepDoubt, lockedDoubt } from '#server/log/doubt.ts'
import { endDoubt, retryHeld } from '#server/log/settle-held.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from './call.ts'
import { spendCode } from './enrol.ts'
import { keysOf } from './keys.ts'
import { sameText } from './secret.ts'
import { allStandings } from './standing.ts'

// After a restore an administrator goes through people, tablets and keys, with a code from the operator's console (docs/authority.md, A12).

/** A code for the review, at the word of whoever runs the server; null where nothing is in doubt. Shown this once. */
export const makeReviewCode = async (
  tx: Tx,
  { province, now, random }: { readonly province: string; readonly now: number; readonly random: RandomBytes },
): Promise<string | null> => {
  const code = generateWords(random, codeWords).join('-')
  return (await admitCode(tx, { province, now, code })) ? code : null
}

/** From now on the review begins with this code, and with no other. False where nothing is in doubt. */
export const admitCode = async (
  tx: Tx,
  { province, now, code }: { readonly province: string; readonly now: number; readonly code: string },
): Promise<boolean> => {
  const doubt = await lockedDoubt(tx, province)
  if (!doubt) return false
  await keepDoubt(tx.db, province, { ...doubt, code: enrolmentHash(code), codeUntil: now + codeLasts })
  return true
}

/** Whether this is the code that the operator's console has shown for the doubt that stands. */
export const isConsoleCode = async (db: Db, province: string, code: string, now: number): Promise<boolean> =>
  isCodeOf(await doubtOf(db, province), code, now)

const isCodeOf = (doubt: Doubt | null, code: string, now: number): boolean =>
  doubt?.code !== undefined && (doubt.codeUntil ?? 0) > now && sameText(doubt.code, enrolmentHash(code))

/** GET /api/access-review: whether there is a doubt, who goes through it, and the people and keys that would count again. */
export const readAccessReview = async (db: Db, { province, person, session }: SignedInCall): Promise<Answer> => {
  const doubt = await doubtOf(db, province.id)
  if (!doubt) return answer({ doubt: null })
  const isMine = isReviewer(doubt, { staff: person.staff, device: session.device })
  const { since, cause, reviewer } = doubt
  return answer({
    doubt: { since, cause, reviewer: reviewer?.staff ?? null, isMine },
    // as the log has them: on a tablet what still waits counts already
    people: isMine ? (await allStandings(db, province.id)).filter(isGuarded) : [],
    keys: isMine ? await keysOf(db, province.id, {}) : [],
  })
}

export const reviewInput = z.object({ code: z.string().check(z.maxLength(longestCode)) })

/** POST /api/access-review: whoever shows the operator's code goes through everything, on this tablet, in place of whoever began before. */
export const beginReview = async (
  tx: Tx,
  call: SignedInCall,
  { code }: z.output<typeof reviewInput>,
): Promise<Answer> => {
  const { province, person, session, now } = call
  const { staff } = person
  const { device } = session
  const doubt = await lockedDoubt(tx, province.id)
  if (!device || !doubt || !isCodeOf(doubt, code, now)) return refuse('wrong-console-code')
  // once: of what is kept only the doubt itself stays
  const { since, cause } = doubt
  await keepDoubt(tx.db, province.id, { since, cause, reviewer: { staff, device } })
  await spendCode(tx, { province: province.id, person: staff as StaffId, now }, code)
  // what their own tablet has offered again since
  await retryHeld(tx, { province: province.id, device, now }, ['in-doubt'])
  await writeDown(tx.db, province.id, deed(call, 'began-access-review'))
  return answer()
}

/**
 * POST /api/access-review/end: whoever still has a right has it knowingly; what waited for that is judged as it stands now. Only the reviewer
 * ends it, and not before what they have said of rights counts.
 */
export const endReview = async (tx: Tx, call: SignedInCall): Promise<Answer> => {
  const { province, person, session, now } = call
  const doubt = await lockedDoubt(tx, province.id)
  if (!doubt) return refuse('not-found')
  if (!isReviewer(doubt, { staff: person.staff, device: session.device })) return refuse('in-doubt')
  if (await hasMoreToSay(tx.db, call)) return refuse('in-doubt', { detail: 'outbox' })
  await endDoubt(tx, { province: province.id, now })
  await writeDown(tx.db, province.id, deed(call, 'ended-access-review'))
  return answer()
}

/** Whether anything is held that the reviewer has signed about rights. */
const hasMoreToSay = async (db: Db, { province, person, session }: SignedInCall): Promise<boolean> => {
  const rows = await db
    .selectFrom('held')
    .select('line')
    .where('province', '=', province.id)
    .where('device', '=', session.device)
    .where('author', '=', person.staff)
    .where('state', '=', 'held')
    .where('proof', 'is not', null)
    .where('code', 'in', ['in-doubt', 'waits-for-held', 'changed-meanwhile'])
    .execute()
  return rows.some(({ line }) => kindOf(readChange(line)?.kind ?? '')?.write.informed)
}

const deed = ({ now, person, session }: SignedInCall, act: Act) => ({
  at: now,
  staff: person.staff,
  device: session.device,
  act,
})
