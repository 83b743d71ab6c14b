import type { Change } from '#domain/change.ts'
import { checkFields, lifted } from '#domain/check.ts'
import { type Failure, type FailureCode, failure } from '#domain/kernel/failure.ts'
import type { RecordState } from '#domain/merge.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { kindOf } from '#domain/records/index.ts'
import { mayWrite, type ScopeKey } from '#domain/scope.ts'
import { standingOf } from '#domain/standing.ts'
import { view } from '#domain/view.ts'
import { type Draft, draft, isOwnDevice, type Ledger, staffIn } from './ledger.ts'

/**
 * Whether a change may enter the log (law 6): its content first, then whether its author may write such a record both where it is and
 * where the change would bring it.
 */
export const judge = async (
  ledger: Ledger,
  change: Change,
  shown: number,
): Promise<{ readonly draft: Draft } | { readonly held: Failure }> => {
  const kind = kindOf(change.kind)
  if (!kind) return { held: failure('unknown-kind', { detail: change.kind }) }
  // A later version may mean something else by the same field; it is judged again after the upgrade.
  if (change.v > kind.version) return { held: failure('unknown-kind', { detail: `${change.kind} ${change.v}` }) }
  const drafted = await draft(ledger, change, shown)
  const wrong = checkFields(kind, lifted(kind, change), drafted.before === null)
  if (wrong) return { held: wrong }
  if (drafted.before && drafted.before.state.kind !== change.kind) return { held: failure('kind-mismatch') }
  // Who wrote it is inside the seal: that an enrolled device sent it is all that can be asked.
  if (kind.unsigned)
    return isOwnDevice(ledger, change.author) ? { draft: drafted } : { held: failure('unknown-author') }
  const staff = await staffIn(ledger, change.author)
  if (!staff) return { held: failure('unknown-author') }
  const { scope } = drafted.placement
  const wrongHere = mayNotWrite(staff, kind, scope)
  const before = drafted.before?.placement.scope ?? scope
  const refused = wrongHere ?? (before === scope ? null : mayNotWrite(staff, kind, before))
  return refused ? { held: failure(refused) } : { draft: drafted }
}

/** By the state of a staff record, which never alters in place: why its person may not write a kind in a scope; null when they may. */
const verdicts = new WeakMap<RecordState, Map<string, FailureCode | null>>()

/** Why whoever this is may not write a kind in a scope; null when they may. */
export const mayNotWrite = (staff: RecordState, kind: AnyRecordKind, scope: ScopeKey): FailureCode | null => {
  const known = verdicts.get(staff) ?? new Map<string, FailureCode | null>()
  verdicts.set(staff, known)
  const name = `${kind.kind} ${scope}`
  let verdict = known.get(name)
  if (verdict === undefined) {
    verdict = verdictOn(staff, kind, scope)
    known.set(name, verdict)
  }
  return verdict
}

const verdictOn = (staff: RecordState, kind: AnyRecordKind, scope: ScopeKey): FailureCode | null => {
  const standing = standingOf(view(staff))
  if (standing.roles.length === 0) return 'unknown-author'
  const verdict = mayWrite(kind, standing, scope)
  return verdict === 'yes' ? null : verdict
}
