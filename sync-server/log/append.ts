import type { Base } from '#domain/change.ts'
import type { HeldResult } from '#domain/protocol.ts'
import { limits } from '#domain/protocol.ts'
import type { Tx } from '#server/db/connect.ts'
import type { ProvinceHead } from '#server/db/hot-path.ts'
import { heardUpTo } from './epochs.ts'
import { openHeldBook } from './held.ts'
import { openLedger, prefetch } from './ledger.ts'
import { beginRun, finish, holdFar, type Numbered, type Run, take } from './run.ts'
import type { Sent } from './sent.ts'

/** What a push has made the server keep more than it did. */
export interface Taken {
  /** Records that it began. */
  readonly begun: number
  /** Lines that were held and had not been. */
  readonly held: number
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
  readonly taken: Taken
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
    if (one.n > ledger.lastN + limits.gapInNumbers) await holdFar(run, one, shown)
    else {
      ledger.lastN = Math.max(ledger.lastN, one.n)
      await take(run, one, shown)
    }
  }
  await finish(run)
  return outcomeOf(run)
}

const outcomeOf = ({ ledger, book, accepted, already, held, settled }: Run): Appended => ({
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
  taken: {
    begun: [...ledger.records.values()].filter((entry) => entry?.touched && entry.row === null).length,
    held: book.added(),
  },
})
