import { proofText } from '#domain/authority/line-proof.ts'
import { type Base, type Change, isDrop } from '#domain/change.ts'
import { type Failure, type FailureCode, failure } from '#domain/kernel/failure.ts'
import type { HeldResult } from '#domain/protocol.ts'
import type { Tx } from '#server/db/connect.ts'
import type { KnownNumber, ProvinceHead } from '#server/db/hot-path.ts'
import type { HeldTable } from '#server/db/schema.ts'
import { cutOff, isCutOff } from './cut-off.ts'
import { heardUpTo } from './epochs.ts'
import { flush } from './flush.ts'
import {
  devicesLacking,
  type HeldBook,
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
import { judge, judgeContent, mayReplace } from './judge.ts'
import { commit, commitDrop, type Ledger, openLedger, type Proven, prefetch } from './ledger.ts'
import { type Sent, verifyProofs } from './sent.ts'
import { mayBeTakenIn } from './take-in.ts'

/** A change that the log has, with what its device must know of it. */
export interface Numbered {
  readonly n: number
  readonly seq: number
  readonly stamp: number
  readonly digest: string
  /** The device's own time, where this request has said it. */
  readonly at: number | null
}

export interface Appended {
  /** What this transaction appended, waiters that it set free included. */
  readonly accepted: readonly Numbered[]
  /** What the log had before. */
  readonly already: readonly Numbered[]
  /** What was sent and is kept back, and why. */
  readonly held: readonly HeldResult[]
  /** What was sent and had been mended or dropped before. */
  readonly settled: readonly number[]
  /** Digest over the bytes of each held line that was sent, by `n`. */
  readonly heldDigests: ReadonlyMap<number, string>
  /** Every record that it touched. */
  readonly records: OwnRecords
  /** Head of the log before and after. */
  readonly headBefore: number
  readonly head: ProvinceHead
  readonly lastN: number
}

/**
 * By record: the number at which readers met it before (0: never), the one it was given, and where its present scope began. `isRetold`
 * where a change counts as having seen something else than it says, because its base is of an earlier epoch: its device cannot know.
 */
export type OwnRecords = ReadonlyMap<
  string,
  { readonly before: number; readonly seq: number; readonly wholeFrom: number; readonly isRetold: boolean }
>

/**
 * Appends the changes of one device (laws 3 to 6): every change gets its own answer, and none is thrown away. Null when the device is not
 * known. Nothing of it counts before the transaction has been committed. `shown` is the head that the device shows: it had seen no more.
 */
export const append = async (
  tx: Tx,
  at: { readonly province: string; readonly device: string; readonly now: number; readonly shown: Base | null },
  sent: readonly Sent[],
): Promise<Appended | null> => {
  const ledger = await openLedger(tx, at)
  if (!ledger) return null
  const ns = sent.map(({ n }) => n)
  const isFresh = (ns[0] ?? 0) > ledger.lastN
  const numbers = isFresh ? [] : await tx.hot.findNumbers(at.province, at.device, [...new Set(ns)])
  const run = beginRun(ledger, await openHeldBook(ledger, isFresh ? [] : ns), numbers)
  const shown = heardUpTo(ledger.epochs, at.shown, ledger.headBefore)
  await prefetch(
    ledger,
    sent.flatMap(({ change }) => change ?? []),
  )
  for (const one of sent) {
    ledger.lastN = Math.max(ledger.lastN, one.n)
    await take(run, one, shown)
  }
  await finish(run)
  return outcomeOf(run)
}

/** Drops what is held under this number, at an administrator's word, and lets go what waited for it. False when nothing is held. */
export const dropHeld = async (
  tx: Tx,
  at: { readonly province: string; readonly device: string; readonly now: number },
  n: number,
): Promise<boolean> => {
  const ledger = await openLedger(tx, at)
  if (!ledger) return false
  const run = beginRun(ledger, await openHeldBook(ledger, []), [])
  const there = run.book.rows.some((row) => row.n === n)
  await letGo(run, await settle(ledger, run.book, n, 'dropped'))
  await finish(run)
  return there
}

/** Judges what is held once more: all of it after an upgrade that knows a new kind, or what was held for one of these reasons. */
export const retryHeld = async (
  tx: Tx,
  at: { readonly province: string; readonly device: string; readonly now: number },
  reasons?: readonly FailureCode[],
): Promise<number> => {
  const ledger = await openLedger(tx, at)
  if (!ledger) return 0
  const run = beginRun(ledger, await openHeldBook(ledger, []), [])
  for (const row of [...run.book.rows]) {
    const isMeant = reasons ? reasons.includes(row.code as FailureCode) : !mustBeLookedAt.includes(row.code)
    if (row.state === 'held' && isMeant) await takeAgain(run, row)
  }
  await finish(run)
  return run.accepted.length
}

/** What no upgrade and no second delivery lets go: a person decides. */
const mustBeLookedAt: readonly string[] = ['forked-device', cutOff] satisfies readonly FailureCode[]

/**
 * Takes in what is held of a device at an administrator's word, line by line. Answers what was taken, and why the rest was not. The log says who
 * took it in.
 */
export const takeInHeld = async (
  tx: Tx,
  at: { readonly province: string; readonly device: string; readonly now: number },
  ns: readonly number[],
  administrator: string,
): Promise<{ readonly taken: readonly number[]; readonly refused: readonly HeldResult[] } | null> => {
  const ledger = await openLedger(tx, at)
  if (!ledger) return null
  const run = beginRun(ledger, await openHeldBook(ledger, []), [])
  const taken: number[] = []
  const refused: HeldResult[] = []
  for (const n of [...ns].sort((a, b) => a - b)) {
    const why = await takeInOne(run, n, administrator, ns.length > 1)
    if (why) refused.push({ n, ...why })
    else taken.push(n)
  }
  await finish(run)
  return { taken, refused }
}

const takeInOne = async (run: Run, n: number, administrator: string, inBulk: boolean): Promise<Failure | null> => {
  const { ledger, book } = run
  const row = book.rows.find((one) => one.n === n && one.state === 'held' && one.code !== 'forked-device')
  const [sent] = row ? await verifyProofs(ledger.tx.db, ledger.province, [sentAgain(row)]) : []
  if (!sent?.change) return failure('not-found')
  const verdict = await judgeContent(ledger, sent.change, shownWith(row!))
  if ('held' in verdict) return verdict.held
  const refused = await mayBeTakenIn(ledger, verdict.draft, sent, inBulk)
  if (refused) return refused
  commit(ledger, verdict.draft, { ...provenBy(sent), proof: `taken.${administrator}` })
  await enter(run, sent, sent.change, verdict.draft.write, verdict.draft.before === null)
  return null
}

/** Writes it all down. A record that has begun may be what changes of other devices were held for: after a restore they may come first. */
const finish = async ({ ledger }: Run): Promise<void> => {
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
}

interface Run {
  readonly ledger: Ledger
  readonly book: HeldBook
  readonly known: Map<number, KnownNumber>
  readonly accepted: Numbered[]
  readonly already: Numbered[]
  readonly held: Map<number, { readonly why: Failure; readonly digest: string }>
  readonly settled: Map<number, string>
}

const beginRun = (ledger: Ledger, book: HeldBook, numbers: readonly KnownNumber[]): Run => ({
  ledger,
  book,
  known: new Map(numbers.map((one) => [one.n, one])),
  accepted: [],
  already: [],
  held: new Map(),
  settled: new Map(),
})

/** `shown` is the number that the request which brought it has shown. */
const take = async (run: Run, sent: Sent, shown: number): Promise<void> => {
  const { ledger, book } = run
  const { n, digest, change, proof } = sent
  const known = run.known.get(n)
  if (known?.digest === digest) {
    run.already.push({ n, seq: known.seq, stamp: known.stamp, digest, at: change?.at ?? null })
    // what it mended may be held once more: a restored server forgot that it had been
    if (change?.replaces !== undefined) await letGo(run, await settleMended(run, change))
    return
  }
  const same = book.rows.find((row) => row.n === n && row.digest === digest)
  if (same && same.state !== 'held') {
    run.settled.set(n, digest)
    return
  }
  const isFork =
    known !== undefined || (!same && book.rows.some((row) => row.n === n)) || same?.code === 'forked-device'
  if (isFork) return hold(run, sent, failure('forked-device'), shown)
  if (same?.code === cutOff || (await isCutOff(ledger, sent))) return hold(run, sent, failure(cutOff), shown)
  if (!change) return hold(run, sent, failure('malformed-change'), shown)
  const refused =
    change.replaces === undefined ? null : await mayReplace(ledger, { change, proof }, replacedRows(book, change))
  if (refused) return hold(run, sent, refused, shown)
  if (isDrop(change)) return enter(run, sent, change, commitDrop(ledger, change, provenBy(sent)), false)
  if (mustWait(book, change)) return hold(run, sent, failure('waits-for-held'), shown)
  const verdict = await judge(ledger, { change, proof }, shown)
  if ('held' in verdict) return hold(run, sent, verdict.held, shown)
  commit(ledger, verdict.draft, provenBy(sent))
  await enter(run, sent, change, verdict.draft.write, verdict.draft.before === null)
}

/** Notes a change that has entered the log, what became of the held one that it replaces, and lets go what waited. */
const enter = async (
  run: Run,
  sent: Sent,
  change: Change,
  { seq, stamp }: { readonly seq: number; readonly stamp: number },
  begins: boolean,
) => {
  const { ledger, book } = run
  const { n, digest } = sent
  if (ledger.follows) await settleFork(ledger, sent)
  run.known.set(n, { n, seq, stamp, digest })
  run.accepted.push({ n, seq, stamp, digest, at: change.at })
  run.held.delete(n)
  const mended = mendedBy(book, change)
  const freed = await settle(ledger, book, n, 'accepted')
  if (begins) freed.add(change.record)
  for (const record of await settleMended(run, change, mended)) freed.add(record)
  await letGo(run, freed)
}

/** Settles the held changes that this one mends or drops; answers the records for which others may have waited. */
const settleMended = async (run: Run, change: Change, mended = mendedBy(run.book, change)): Promise<Set<string>> => {
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

const provenBy = ({ digest, line, proof }: Sent): Proven => ({ digest, line, proof: proof && proofText(proof) })

/** Judges a kept line once more, with the signature that came with it. */
const takeAgain = async (run: Run, row: HeldTable): Promise<void> => {
  const { tx, province } = run.ledger
  const [sent] = await verifyProofs(tx.db, province, [sentAgain(row)])
  await take(run, sent!, shownWith(row))
}

const hold = async (run: Run, sent: Sent, why: Failure, shown: number): Promise<void> => {
  await keepBack(run.ledger, run.book, { ...sent, shown }, why)
  run.held.set(sent.n, { why, digest: sent.digest })
}

/** What waited for these records is judged again, in the order of n; some may have to wait on. */
const letGo = async (run: Run, records: ReadonlySet<string>): Promise<void> => {
  for (const row of waitersOn(run.book, records)) {
    // An earlier one of these may have let it go already.
    if (row.state === 'held') await takeAgain(run, row)
  }
}

const outcomeOf = ({ ledger, accepted, already, held, settled }: Run): Appended => ({
  accepted,
  already,
  held: [...held].map(([n, { why }]) => ({ n, ...why })),
  settled: [...settled.keys()],
  heldDigests: new Map([...[...held].map(([n, { digest }]) => [n, digest] as const), ...settled]),
  records: new Map(
    [...ledger.records].flatMap(([id, entry]) =>
      entry?.touched
        ? [
            [
              id,
              {
                before: entry.row?.seq ?? 0,
                seq: entry.seq,
                wholeFrom: entry.wholeFrom,
                isRetold: entry.isRetold === true,
              },
            ] as const,
          ]
        : [],
    ),
  ),
  headBefore: ledger.headBefore,
  head: ledger.head,
  lastN: ledger.lastN,
})
