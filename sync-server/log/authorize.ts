import type { Permission } from '#domain/authority/permission.ts'
import { hasDerivedId, isAddressee, misattributed, requiredPermissions } from '#domain/authority/required.ts'
import { isAdmitted, rightsOf, type TabletRights, unenrolled } from '#domain/authority/tablet-rights.ts'
import type { Change } from '#domain/change.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { RecordState } from '#domain/merge.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { kindOf } from '#domain/records/index.ts'
import { key as keyKind } from '#domain/records/key.ts'
import { hasRole, isGuarded, type Standing } from '#domain/roles.ts'
import { isWithin, placeIsTheirs, type ScopeKey } from '#domain/scope.ts'
import { standingOf } from '#domain/standing.ts'
import { view } from '#domain/view.ts'
import { mustWaitForReview } from './doubt.ts'
import { takesLastAdministrator } from './last-administrator.ts'
import { type Draft, findEntry, isOwnDevice, type Ledger, staffIn } from './ledger.ts'
import type { Sent } from './sent.ts'
import { lastSignedSeq, wasWithdrawnUnderSignature } from './signed-rows.ts'

type Line = Pick<Sent, 'proof'> & { readonly change: Change }

/**
 * Whether a line may count (docs/authority.md): the one judge of pushes, couriers, mends, and whatever is judged once more. Tablet, key and
 * author as they stand now; null when it may.
 */
export const authorize = async (ledger: Ledger, draft: Draft, line: Line): Promise<Failure | null> => {
  const { change, before, state, write } = draft
  const kind = kindOf(change.kind)!
  const isOwn = (device: string) => isOwnDevice(ledger, device)
  const field = misattributed(kind.write, { author: change.author, set: write.set }, isOwn)
  if (field !== null) return failure('invalid-value', { field })
  if (!hasDerivedId(kind.write, write.set, state))
    return failure('invalid-value', { field: kind.write.derived!.from[0]! })
  const needed = requiredPermissions(kind, write.set, before?.state ?? null)
  if (kind.unsigned && isOwn(change.author)) return wordAlone(ledger, line, needed, before?.state ?? null)
  if (kind.unsigned && needed.some(({ evidence }) => evidence === 'tablet')) return failure('unknown-author')
  const author = await authorOf(ledger, change.author)
  if ('code' in author) return author
  const needsPerson =
    needed.some(({ evidence }) => evidence === 'person') ||
    (await wasWithdrawnUnderSignature(ledger, write.set, before?.state ?? null))
  const rights = await rightsHere(ledger)
  const unproven = await proveAuthor(ledger, line, author, needsPerson)
  return (
    // whoever is only named is told nothing of what they may: it would keep others waiting
    (unproven && !isWordHere(ledger, line, author) ? unproven : null) ??
    mayDo(needed, author, before?.state ?? state, { author: change.author, isOwnDevice: isOwn }) ??
    unproven ??
    placesOf(kind, author, draft) ??
    withinTablet(kind, author, draft, rights) ??
    (kind.write.informed ? await isInformed(ledger, draft) : null) ??
    ((await takesLastAdministrator(ledger, draft)) ? failure('last-administrator') : null) ??
    // last: what would not count anyway has its own way on
    doubted(ledger, line, needsPerson || isGuarded(author))
  )
}

/** What a tablet says by itself, in nobody's name: whoever tells it is inside the seal. */
const wordAlone = (
  ledger: Ledger,
  { proof }: Line,
  needed: readonly Permission[],
  before: RecordState | null,
): Failure | null => {
  // a signature would name the person
  if (proof) return failure('forged')
  if (needed.some(({ evidence }) => evidence === 'person')) return failure('needs-the-person')
  const isOrigin = before?.created == null || isOwnDevice(ledger, before.created.device)
  return needed.some(({ origin }) => origin) && !isOrigin ? failure('role-may-not-write') : null
}

/** What the author may do by their staff record; a failure for whoever has none, or works here no more. */
export const authorOf = async (ledger: Ledger, author: string): Promise<Standing | Failure> => {
  const record = await staffIn(ledger, author)
  const standing = record && standingOfStaff(record)
  return standing && standing.roles.length > 0 ? standing : failure('unknown-author')
}

/** By the state of a staff record, which never alters in place. */
const standings = new WeakMap<RecordState, Standing>()
const standingOfStaff = (record: RecordState): Standing => {
  const known = standings.get(record)
  if (known) return known
  const standing = standingOf(view(record))
  standings.set(record, standing)
  return standing
}

/**
 * Whether the line is its author's: by the word of a tablet on which they are signed in, or by their signature. Whoever holds a guarded
 * role signs always (A4); a signature that is not true is told, also where none was needed.
 */
export const proveAuthor = async (
  ledger: Ledger,
  { change: { author, n }, proof }: Line,
  standing: Standing,
  needsPerson: boolean,
): Promise<Failure | null> => {
  if (!proof) {
    if (needsPerson || isGuarded(standing)) return failure('needs-the-person')
    return isSignedInHere(ledger, author, n) ? null : failure('not-signed-in-here')
  }
  if (proof.verdict === 'false') return failure('forged')
  const entry = proof.verdict === 'true' ? await findEntry(ledger, proof.key) : null
  if (entry?.state.kind !== keyKind.kind) return failure('needs-the-person', { detail: 'unknown-key' })
  const { person, device, endedAt, cut } = view<typeof keyKind>(entry.state).values
  if (person !== author || device !== ledger.device) return failure('forged')
  if (cut) return failure('needs-the-person', { detail: 'cut' })
  return endedAt !== undefined && n > endedAt ? failure('needs-the-person', { detail: 'ended' }) : null
}

/** After a restore nobody knows whether they still may: what needs the person waits for an administrator (A12). */
export const doubted = ({ doubt, device }: Ledger, { change }: Line, needsPerson: boolean): Failure | null =>
  needsPerson && mustWaitForReview(doubt, { staff: change.author, device }) ? failure('in-doubt') : null

/** Whether the tablet's word is the author's: they are signed in there, and need not sign by what they are. */
const isWordHere = (ledger: Ledger, { change, proof }: Line, author: Standing): boolean =>
  proof === null && !isGuarded(author) && isSignedInHere(ledger, change.author, change.n)

/** Signed in there when the server last heard of it, or with an `n` from before they signed out (A3). */
const isSignedInHere = ({ people }: Ledger, author: string, n: number): boolean => {
  const leftAt = people.get(author)
  return leftAt !== undefined && (leftAt === null || n <= leftAt)
}

const mayDo = (
  needed: readonly Permission[],
  standing: Standing,
  record: RecordState,
  who: Parameters<typeof isAddressee>[2],
): Failure | null => {
  if (needed.some(({ roles }) => !hasRole(standing, ...roles))) return failure('role-may-not-write')
  return needed.every((permission) => isAddressee(permission, record, who)) ? null : failure('not-put-to-you')
}

/** Both where the record is and where the line would bring it. */
const placesOf = (kind: AnyRecordKind, standing: Standing, { before, placement }: Draft): Failure | null => {
  const scopes: ReadonlySet<ScopeKey> = new Set([placement.scope, before?.placement.scope ?? placement.scope])
  return [...scopes].every((scope) => placeIsTheirs(kind, standing, scope)) ? null : failure('place-not-yours')
}

/** What the tablet is for that a line was written on, as that stands now. */
const rightsHere = async (ledger: Ledger): Promise<TabletRights> => {
  const entry = ledger.tablet === null ? null : await findEntry(ledger, ledger.tablet)
  return entry ? rightsOf(entry.state) : unenrolled
}

/** Nothing counts that was written beyond what the tablet is for, whoever signed it (A5). */
const withinTablet = (
  kind: AnyRecordKind,
  standing: Standing,
  { before, placement }: Draft,
  rights: TabletRights,
): Failure | null => {
  if (!isAdmitted(standing, rights)) return failure('not-admitted')
  if (kind.scope.by === 'province' || kind.scope.by === 'desk') return null
  const scopes = [placement.scope, before?.placement.scope ?? placement.scope]
  return scopes.every((scope) => isWithin(scope, rights.within)) ? null : failure('place-not-of-this-tablet')
}

/** A right is given and taken knowing what a person wrote there last (A6): a grant that was held back never beats a later removal. */
const isInformed = async (ledger: Ledger, { change, write }: Draft): Promise<Failure | null> =>
  write.base >= (await lastSignedSeq(ledger, change)) ? null : failure('changed-meanwhile')
