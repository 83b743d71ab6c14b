import { requiredPermissions } from '#domain/authority/required.ts'
import { isDrop } from '#domain/change.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { kindOf } from '#domain/records/index.ts'
import { key } from '#domain/records/key.ts'
import { staff } from '#domain/records/staff.ts'
import { tablet } from '#domain/records/tablet.ts'
import { isGuarded } from '#domain/roles.ts'
import { view } from '#domain/view.ts'
import { authorOf } from './authorize.ts'
import { type Draft, findEntry, type Ledger } from './ledger.ts'
import type { Sent } from './sent.ts'

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
  inBulk: boolean,
): Promise<Failure | null> => {
  const kind = kindOf(change.kind)!
  if (never.includes(kind.kind)) return failure('not-permitted', { detail: 'rights' })
  if (isDrop(change)) return failure('not-permitted', { detail: 'drop' })
  const author = await authorOf(ledger, change.author)
  const isCapture =
    requiredPermissions(kind, write.set, before?.state ?? null).every(({ evidence }) => evidence === 'tablet') &&
    ('code' in author || !isGuarded(author))
  if (isCapture) return null
  if (inBulk) return failure('not-permitted', { detail: 'one-by-one' })
  const entry = proof?.verdict === 'true' ? await findEntry(ledger, proof.key) : null
  if (entry?.state.kind !== key.kind) return failure('needs-the-person')
  const { person, device } = view<typeof key>(entry.state).values
  return person === change.author && device === ledger.device ? null : failure('forged')
}
