import { type Failure, type FailureCode, failure } from '#domain/kernel/failure.ts'
import type { HeldResult } from '#domain/protocol.ts'
import { kindOf } from '#domain/records/index.ts'
import { isWithin } from '#domain/scope.ts'
import type { Tx } from '#server/db/connect.ts'
import { cutOff } from './cut-off.ts'
import { keepDoubt } from './doubt.ts'
import { keepBack, openHeldBook, replacedRows, sentAgain, settle, shownWith } from './held.ts'
import { isOfAnother, judgeContent } from './judge.ts'
import { commit, type Ledger, openLedger } from './ledger.ts'
import { beginRun, enter, finish, letGo, provenBy, type Run, takeAgain } from './run.ts'
import { verifyProofs } from './sent.ts'
import { mayBeTakenIn } from './take-in.ts'

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

/** An administrator has gone through who may act: what waited for that is judged as it stands now. Answers how much of it counts. */
export const endDoubt = async (tx: Tx, at: { readonly province: string; readonly now: number }): Promise<number> => {
  await keepDoubt(tx.db, at.province, null)
  let count = 0
  for (const device of await devicesInDoubt(tx.db, at.province)) {
    const ledger = await openLedger(tx, { ...at, device })
    if (ledger) count += await releaseDoubted(ledger)
  }
  return count
}

/** Rights are given knowingly: whoever still may gives them anew, or the order of two tablets would decide who wins. */
const releaseDoubted = async (ledger: Ledger): Promise<number> => {
  const run = beginRun(ledger, await openHeldBook(ledger, []), [])
  for (const row of [...run.book.rows]) {
    if (row.state !== 'held' || row.code !== ('in-doubt' satisfies FailureCode)) continue
    const sent = await sentAgain(run.book, row)
    const [proven] = kindOf(sent.change?.kind ?? '')?.write.informed
      ? await verifyProofs(ledger.tx.db, ledger.province, [sent])
      : []
    if (proven) await keepBack(ledger, run.book, { ...proven, shown: shownWith(row) }, failure('changed-meanwhile'))
    else await takeAgain(run, row)
  }
  await finish(run)
  return run.accepted.length
}

const devicesInDoubt = async (db: Tx['db'], province: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('held')
    .select('device')
    .distinct()
    .where('province', '=', province)
    .where('state', '=', 'held')
    .where('code', '=', 'in-doubt' satisfies FailureCode)
    .orderBy('device')
    .execute()
  return rows.map(({ device }) => device)
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
  /** Places of the tablet on which the administrator works; null: of the whole province. */
  within: readonly string[] | null = null,
): Promise<{ readonly taken: readonly number[]; readonly refused: readonly HeldResult[] } | null> => {
  const ledger = await openLedger(tx, at)
  if (!ledger) return null
  const run = beginRun(ledger, await openHeldBook(ledger, []), [])
  const taken: number[] = []
  const refused: HeldResult[] = []
  for (const n of [...ns].sort((a, b) => a - b)) {
    const why = await takeInOne(run, n, administrator, { inBulk: ns.length > 1, within })
    if (why) refused.push({ n, ...why })
    else taken.push(n)
  }
  await finish(run)
  return { taken, refused }
}

const takeInOne = async (
  run: Run,
  n: number,
  administrator: string,
  { inBulk, within }: { readonly inBulk: boolean; readonly within: readonly string[] | null },
): Promise<Failure | null> => {
  const { ledger, book } = run
  const row = book.rows.find((one) => one.n === n && one.state === 'held' && one.code !== 'forked-device')
  const [sent] = row ? await verifyProofs(ledger.tx.db, ledger.province, [await sentAgain(book, row)]) : []
  if (!sent?.change) return failure('not-found')
  const verdict = await judgeContent(ledger, sent.change, shownWith(row!))
  if ('held' in verdict) return verdict.held
  if (!isWithin(verdict.draft.placement.scope, within)) return failure('place-not-of-this-tablet')
  const refused =
    isOfAnother(ledger, sent.change, await replacedRows(book, sent.change)) ??
    (await mayBeTakenIn(ledger, verdict.draft, sent, { code: row!.code, inBulk }))
  if (refused) return refused
  commit(ledger, verdict.draft, { ...provenBy(sent), proof: `taken.${administrator}` })
  await enter(run, sent, sent.change, verdict.draft.write, verdict.draft.before === null)
  return null
}
