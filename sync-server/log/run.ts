import { proofText } from '#domain/authority/line-proof.ts'
import { type Change, isDrop } from '#domain/change.ts'
import { type Failure, type FailureCode, failure } from '#domain/kernel/failure.ts'
import { kindOf } from '#domain/records/index.ts'
import type { KnownNumber } from '#server/db/hot-path.ts'
import { writeDown } from './access-log.ts'
import { cutOff, isCutOff } from './cut-off.ts'
import { flush } from './flush.ts'
import { devicesAltered, heldByTablet } from './follow-tablet.ts'
import {
  devicesLacking,
  type HeldBook,
  type HeldRow,
  keepBack,
  mendedBy,
  mustWait,
  openHeldBook,
  replacedRows,
  sentAgain,
  settle,
  settleFork,
  shownWith,
  waitersOn,
} from './held.ts'
import { isOfAnother, judge, mayReplace } from './judge.ts'
import { commit, commitDrop, type Ledger, openLedger, type Proven } from './ledger.ts'
import { type Sent, verifyProofs } from './sent.ts'

/** A change that the log has, with what its device must know of it. */
export interface Numbered {
  readonly n: number
  readonly seq: number
  readonly stamp: number
  readonly digest: string
  /** The device's own time, where this request has said it. */
  readonly at: number | null
}

/** One transaction over what a device sent, or over what is held of it. */
export interface Run {
  readonly ledger: Ledger
  readonly book: HeldBook
  readonly known: Map<number, KnownNumber>
  readonly accepted: Numbered[]
  readonly already: Numbered[]
  readonly held: Map<number, { readonly why: Failure; readonly digest: string }>
  readonly settled: Map<number, string>
}

export const beginRun = (ledger: Ledger, book: HeldBook, numbers: readonly KnownNumber[]): Run => ({
  ledger,
  book,
  known: new Map(numbers.map((one) => [one.n, one])),
  accepted: [],
  already: [],
  held: new Map(),
  settled: new Map(),
})

/** `shown` is the number that the request which brought it has shown. */
export const take = async (run: Run, asSent: Sent, shown: number): Promise<void> => {
  const { ledger, book } = run
  const { n, digest, change } = asSent
  const known = run.known.get(n)
  if (known?.digest === digest) {
    run.already.push({ n, seq: known.seq, stamp: known.stamp, digest, at: change?.at ?? null })
    // what it mended may be held once more: a restored server forgot that it had been
    if (change?.replaces !== undefined && (await standsFor(run, change)))
      await letGo(run, await settleMended(run, change))
    return
  }
  const numbered = book.ofNumber.get(n) ?? []
  const same = numbered.find((row) => row.digest === digest)
  if (same && same.state !== 'held') {
    run.settled.set(n, digest)
    return
  }
  const sent = same ? await withKeptProof(run, asSent, same) : asSent
  const { proof } = sent
  const isFork = known !== undefined || (!same && numbered.length > 0) || same?.code === 'forked-device'
  if (isFork) return hold(run, sent, failure('forked-device'), shown)
  if (same?.code === cutOff || (await isCutOff(ledger, sent))) return hold(run, sent, failure(cutOff), shown)
  if (!change) return hold(run, sent, failure('malformed-change'), shown)
  const refused =
    change.replaces === undefined ? null : await mayReplace(ledger, { change, proof }, await replacedRows(book, change))
  if (refused) return hold(run, sent, refused, shown)
  if (isDrop(change)) return enter(run, sent, change, commitDrop(ledger, change, provenBy(sent)), false)
  if (await mustWait(book, change)) return hold(run, sent, failure('waits-for-held'), shown)
  const verdict = await judge(ledger, { change, proof }, shown)
  if ('held' in verdict) return hold(run, sent, verdict.held, shown)
  commit(ledger, verdict.draft, provenBy(sent))
  await enter(run, sent, change, verdict.draft.write, verdict.draft.before === null)
}

/** A line that is sent again without its signature has it still; one that is not true takes nothing from a true one. */
const withKeptProof = async ({ ledger, book }: Run, sent: Sent, row: HeldRow): Promise<Sent> => {
  if (row.proof === null || sent.proof?.verdict === 'true') return sent
  const [kept] = await verifyProofs(ledger.tx.db, ledger.province, [await sentAgain(book, row)])
  return kept!.proof?.verdict === 'true' ? kept! : sent
}

/** Whether a change that the log has already may settle what is held now: it may have gone ahead of what it names. */
const standsFor = async ({ ledger, book }: Run, change: Change): Promise<boolean> => {
  const rows = await replacedRows(book, change)
  return rows.every(({ code }) => code !== cutOff) && isOfAnother(ledger, change, rows) === null
}

/** Notes a change that has entered the log, what became of the held one that it replaces, and lets go what waited. */
export const enter = async (
  run: Run,
  sent: Sent,
  change: Change,
  { seq, stamp }: { readonly seq: number; readonly stamp: number },
  begins: boolean,
) => {
  const { ledger, book } = run
  const { n, digest } = sent
  if (ledger.follows) await settleFork(ledger, sent)
  if (!isDrop(change)) await noteRights(ledger, change)
  run.known.set(n, { n, seq, stamp, digest })
  run.accepted.push({ n, seq, stamp, digest, at: change.at })
  run.held.delete(n)
  const mended = await mendedBy(book, change)
  const freed = await settle(ledger, book, n, 'accepted')
  if (begins) freed.add(change.record)
  for (const record of await settleMended(run, change, mended)) freed.add(record)
  await letGo(run, freed)
}

/** Who was given or lost a right, and by whom, stands in the access log beside the line itself (A11). */
const noteRights = async ({ tx, province, device, now }: Ledger, { kind, author, record }: Change): Promise<void> => {
  if (!kindOf(kind)?.write.informed) return
  await writeDown(tx.db, province, { at: now, staff: author, device, act: 'altered-rights', subject: record })
}

/** Settles the held changes that this one mends or drops; answers the records for which others may have waited. */
const settleMended = async (run: Run, change: Change, known?: ReadonlySet<number>): Promise<Set<string>> => {
  const mended = known ?? (await mendedBy(run.book, change))
  const freed = new Set<string>()
  for (const n of mended) {
    for (const record of await settle(run.ledger, run.book, n, isDrop(change) ? 'dropped' : 'mended')) freed.add(record)
    const was = run.held.get(n)
    if (was) {
      run.held.delete(n)
      run.settled.set(n, was.digest)
    }
  }
  return freed
}

export const provenBy = ({ digest, line, proof }: Sent): Proven => ({ digest, line, proof: proof && proofText(proof) })

/** Judges a kept line once more, with the signature that came with it. */
export const takeAgain = async (run: Run, row: HeldRow): Promise<void> => {
  const { tx, province } = run.ledger
  const [sent] = await verifyProofs(tx.db, province, [await sentAgain(run.book, row)])
  await take(run, sent!, shownWith(row))
}

/** A number that nobody comes to by counting: it is kept, and moves nothing, or the tablet would have none left to give. */
export const holdFar = (run: Run, sent: Sent, shown: number): Promise<void> =>
  hold(run, sent, failure('malformed-change', { field: 'n' }), shown)

const hold = async (run: Run, sent: Sent, why: Failure, shown: number): Promise<void> => {
  await keepBack(run.ledger, run.book, { ...sent, shown }, why)
  run.held.set(sent.n, { why, digest: sent.digest })
}

/** What waited for these records is judged again, in the order of n; some may have to wait on. */
export const letGo = async (run: Run, records: ReadonlySet<string>): Promise<void> => {
  for (const row of waitersOn(run.book, records)) {
    // An earlier one of these may have let it go already.
    if (row.state === 'held') await takeAgain(run, row)
  }
}

/** Writes it all down. A record that has begun may be what changes of other devices were held for: after a restore they may come first. */
export const finish = async ({ ledger }: Run): Promise<void> => {
  await flush(ledger)
  const begun = [...ledger.records.values()].flatMap((entry) =>
    entry?.touched && entry.row === null ? entry.state.id : [],
  )
  for (const device of await devicesLacking(ledger, begun)) {
    const other = await openLedger(ledger.tx, { ...ledger, device })
    if (!other) continue
    await letGo(beginRun(other, await openHeldBook(other, []), []), new Set(begun))
    await flush(other)
  }
  for (const device of await devicesAltered(ledger)) await takeAgainOn(ledger, device)
}

/** An administrator has said anew what a tablet is for: what was held only for that is judged again. */
const takeAgainOn = async (ledger: Ledger, device: string): Promise<void> => {
  const other = await openLedger(ledger.tx, { ...ledger, device })
  if (!other) return
  const run = beginRun(other, await openHeldBook(other, []), [])
  for (const row of [...run.book.rows]) {
    if (row.state === 'held' && heldByTablet.includes(row.code as FailureCode)) await takeAgain(run, row)
  }
  await flush(other)
}
