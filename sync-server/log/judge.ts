import type { Change } from '#domain/change.ts'
import { checkFields } from '#domain/check.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { kindOf } from '#domain/records/index.ts'
import { mayWrite } from '#domain/scope.ts'
import { type Draft, draft, type Ledger, standingIn } from './ledger.ts'

/**
 * Whether a change may enter the log (law 6): its content first, then whether its author may write such a record both where it is and
 * where the change would bring it.
 */
export const judge = async (
  ledger: Ledger,
  change: Change,
): Promise<{ readonly draft: Draft } | { readonly held: Failure }> => {
  const kind = kindOf(change.kind)
  if (!kind) return { held: failure('unknown-kind', { detail: change.kind }) }
  // A later version may mean something else by the same field; it is judged again after the upgrade.
  if (change.v > kind.version) return { held: failure('unknown-kind', { detail: `${change.kind} ${change.v}` }) }
  const drafted = await draft(ledger, change)
  const wrong = checkFields(kind, drafted.write.set, change.base === undefined)
  if (wrong) return { held: wrong }
  if (drafted.before && drafted.before.state.kind !== change.kind) return { held: failure('kind-mismatch') }
  // Who wrote it is inside the seal: that an enrolled device sent it is all that can be asked.
  if (kind.unsigned) return change.author === ledger.device ? { draft: drafted } : { held: failure('unknown-author') }
  const standing = await standingIn(ledger, change.author)
  if (!standing || standing.roles.length === 0) return { held: failure('unknown-author') }
  for (const scope of new Set([drafted.before?.placement.scope ?? drafted.placement.scope, drafted.placement.scope])) {
    const verdict = mayWrite(kind, standing, scope)
    if (verdict !== 'yes') return { held: failure(verdict) }
  }
  return { draft: drafted }
}
