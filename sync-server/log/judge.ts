import { type Change, isDrop } from '#domain/change.ts'
import { checkFields, lifted } from '#domain/check.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { kindOf } from '#domain/records/index.ts'
import { isGuarded } from '#domain/roles.ts'
import { authorize, authorOf, doubted, proveAuthor } from './authorize.ts'
import { cutOff } from './cut-off.ts'
import type { HeldRow } from './held.ts'
import { type Draft, draft, isOwnDevice, type Ledger } from './ledger.ts'
import type { Sent } from './sent.ts'

type Line = Pick<Sent, 'proof'> & { readonly change: Change }

/** Whether a change may enter the log (law 6): its content first, then whether its author may write it (docs/authority.md). */
export const judge = async (ledger: Ledger, line: Line, shown: number): Promise<Verdict> => {
  const verdict = await judgeContent(ledger, line.change, shown)
  const refused = 'held' in verdict ? null : await authorize(ledger, verdict.draft, line)
  return refused ? { held: refused } : verdict
}

type Verdict = { readonly draft: Draft } | { readonly held: Failure }

/** What a change says, whoever says it. */
export const judgeContent = async (ledger: Ledger, change: Change, shown: number): Promise<Verdict> => {
  const kind = kindOf(change.kind)
  if (!kind) return { held: failure('unknown-kind', { detail: change.kind }) }
  // A later version may mean something else by the same field; it is judged again after the upgrade.
  if (change.v > kind.version) return { held: failure('unknown-kind', { detail: `${change.kind} ${change.v}` }) }
  const drafted = await draft(ledger, change, shown)
  const wrong = checkFields(kind, lifted(kind, change), drafted.before === null)
  if (wrong) return { held: wrong }
  const isOfAnother = drafted.before !== null && drafted.before.state.kind !== change.kind
  return isOfAnother ? { held: failure('kind-mismatch') } : { draft: drafted }
}

/**
 * Whether a drop or a mend may stand in the place of what is held: only its own author takes back or alters it, with the same proof, and a
 * mend stays on the same record. What could not be read has no author; anybody who works there settles it.
 */
export const mayReplace = async (ledger: Ledger, line: Line, held: readonly HeldRow[]): Promise<Failure | null> => {
  const { change } = line
  // a person is to look at it first
  if (held.some(({ code }) => code === cutOff)) return failure(cutOff)
  const foreign = isOfAnother(ledger, change, held)
  if (foreign) return foreign
  // a mend is judged as what it is
  if (!isDrop(change) || isOwnDevice(ledger, change.author)) return null
  const author = await authorOf(ledger, change.author)
  if ('code' in author) return author
  return (await proveAuthor(ledger, line, author, false)) ?? doubted(ledger, line, isGuarded(author))
}

/** Whether any of what a change would stand in place of is somebody else's, or of another record. */
export const isOfAnother = (ledger: Ledger, change: Change, held: readonly HeldRow[]): Failure | null => {
  const isOwn = isOwnDevice(ledger, change.author)
  for (const { author, record } of held) {
    if (author !== null && author !== change.author && !(isOwn && isOwnDevice(ledger, author)))
      return failure('not-the-author')
    if (record !== null && record !== change.record) return failure('kind-mismatch')
  }
  return null
}
