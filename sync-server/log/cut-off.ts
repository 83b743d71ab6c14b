import { dayOfInstant, instantOf } from '#domain/kernel/day.ts'
import type { FailureCode } from '#domain/kernel/failure.ts'
import { kindOf } from '#domain/records/index.ts'
import { formerNames } from './former-names.ts'
import { isOwnDevice, type Ledger } from './ledger.ts'
import type { Sent } from './sent.ts'

export const cutOff = 'cut-off' satisfies FailureCode

/** Somebody who is in danger is not to pay for a lost tablet; nor is the desk to drown in what a thief makes up. */
const complaintsADay = 20

/**
 * Whether a line comes after its tablet was revoked or its author's account disabled (A8): it is held whole, drops and mends too, until a person
 * has looked. Sealed complaints still reach the desk, marked as not proven, so many a day.
 */
export const isCutOff = async (ledger: Ledger, { change, line }: Pick<Sent, 'change' | 'line'>): Promise<boolean> => {
  if (await wasCutOffBefore(ledger, line)) return true
  if (!ledger.isRevoked) return change !== null && ledger.disabled.has(change.author)
  if (!change || change.replaces !== undefined || !kindOf(change.kind)?.unsigned) return true
  return !isOwnDevice(ledger, change.author) || (await enteredToday(ledger)) >= complaintsADay
}

/** The same bytes as what this tablet was before it was copied, however often: what it holds there is not let go by another name. */
const wasCutOffBefore = async ({ tx, province, device, follows }: Ledger, line: string): Promise<boolean> => {
  if (follows === null) return false
  const names = await formerNames(tx.db, province, device)
  const row = await tx.db
    .selectFrom('held')
    .select('n')
    .where('province', '=', province)
    .where('device', 'in', names)
    .where('code', '=', cutOff)
    .where('state', '=', 'held')
    .where('line', '=', line)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Of a revoked tablet nothing else enters. */
const enteredToday = async ({ tx, province, device, now, added }: Ledger): Promise<number> => {
  const { count } = await tx.db
    .selectFrom('changes')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('province', '=', province)
    .where('device', '=', device)
    .where('received_at', '>=', instantOf(dayOfInstant(now), '00:00'))
    .executeTakeFirstOrThrow()
  return Number(count) + added.length
}
