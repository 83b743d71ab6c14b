import { requiredPermissions } from '#domain/authority/required.ts'
import { isDrop } from '#domain/change.ts'
import { type Failure, type FailureCode, failure } from '#domain/kernel/failure.ts'
import { kindOf } from '#domain/records/index.ts'
import { key } from '#domain/records/key.ts'
import { staff } from '#domain/records/staff.ts'
import { tablet } from '#domain/records/tablet.ts'
import { isGuarded, isRole, type Role } from '#domain/roles.ts'
import { view } from '#domain/view.ts'
import { cutOff } from './cut-off.ts'
import { type Draft, findEntry, isOwnDevice, type Ledger, staffIn } from './ledger.ts'
import type { Sent } from './sent.ts'

/** What somebody could have proven, and did not or cannot any more. */
const forWantOfProof: readonly string[] = [
  cutOff,
  'not-signed-in-here',
  'needs-the-person',
  'unknown-author',
] satisfies readonly FailureCode[]

/** Who may do what is never taken in: whoever has the right writes it anew. */
const never: readonly string[] = [staff.kind, tablet.kind, key.kind]

/**
 * Whether an administrator may take in what is held for want of proof (docs/authority.md, "Held, and the way on"): captures, also in bulk; a line
 * with a true signature whose right or key has ended, one by one; a guarded line without one, and rights, never.
 */
export const mayBeTakenIn = async (
  ledger: Ledger,
  { change, before, write }: Draft,
  { proof }: Pick<Sent, 'proof'>,
  { code, inBulk }: { readonly code: string; readonly inBulk: boolean },
): Promise<Failure | null> => {
  const kind = kindOf(change.kind)!
  if (never.includes(kind.kind)) return failure('not-permitted', { detail: 'rights' })
  if (isDrop(change)) return failure('not-permitted', { detail: 'drop' })
  // what was held for something else has another way on
  if (!forWantOfProof.includes(code)) return failure('not-permitted', { detail: code })
  const needed = requiredPermissions(kind, write.set, before?.state ?? null)
  const roles = await rolesEver(ledger, change.author)
  const isCapture =
    proof === null &&
    needed.every(({ evidence, roles: some }) => evidence === 'tablet' && some.some((role) => roles.includes(role))) &&
    !isGuarded({ roles })
  if (isCapture || (kind.unsigned && proof === null && isOwnDevice(ledger, change.author))) return null
  if (inBulk) return failure('not-permitted', { detail: 'one-by-one' })
  const entry = proof?.verdict === 'true' ? await findEntry(ledger, proof.key) : null
  if (entry?.state.kind !== key.kind) return failure('needs-the-person')
  const { person, device } = view<typeof key>(entry.state).values
  return person === change.author && device === ledger.device ? null : failure('forged')
}

/** Of whoever works here no more, too: what was a supervisor's needs a supervisor's signature. */
const rolesEver = async (ledger: Ledger, author: string): Promise<readonly Role[]> => {
  const record = await staffIn(ledger, author)
  return record ? Object.keys(view<typeof staff>(record).values.roles ?? {}).filter(isRole) : []
}
