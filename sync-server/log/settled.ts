import type { FailureCode } from '#domain/kernel/failure.ts'
import type { HeldResult } from '#domain/protocol.ts'
import type { Store } from '#server/db/connect.ts'
import { prepared } from '#server/db/prepared.ts'
import type { Appended } from './append.ts'
import type { Numbered } from './run.ts'

/** Whether the tablet that asks has this very change; a copy of it, which is the same device, may not. */
export type IsTheirs = (n: number, digest: string) => boolean

/** What became of held changes since the device last heard. */
export interface SettledNews {
  /** Let go after all: the log has them, and the receipt names them. */
  readonly accepted: readonly Numbered[]
  /** Those that were mended or dropped. */
  readonly away: readonly { readonly n: number; readonly digest: string }[]
  /** Those that are held still, for another reason than the device has heard. */
  readonly altered: readonly (HeldResult & { readonly digest: string })[]
}

export const nothingSettled: SettledNews = { accepted: [], away: [], altered: [] }

/**
 * Held changes that were settled, or are held for another reason, at or after the number that the device's head shows: a receipt as new as that has named the earlier ones, so
 * an answer that was lost on the way is simply given again.
 */
export const settledSince = async (
  db: Store['db'],
  province: string,
  device: string,
  since: number,
  isTheirs: IsTheirs,
): Promise<SettledNews> => {
  const all = await findSettled(db, province, device, since)
  const rows = all.filter(({ n, digest }) => isTheirs(n, digest))
  return {
    accepted: rows.flatMap(({ n, seq, stamp, digest }) =>
      seq !== null && stamp !== null ? [{ n, seq, stamp, digest, at: null }] : [],
    ),
    away: rows.flatMap(({ n, digest, state }) => (state === 'mended' || state === 'dropped' ? [{ n, digest }] : [])),
    altered: rows
      .filter(({ state }) => state === 'held')
      .map(({ n, digest, code, field, detail }) => ({
        n,
        digest,
        code: code as FailureCode,
        ...(field !== null && { field }),
        ...(detail !== null && { detail }),
      })),
  }
}

/** What was appended, without what is no longer held: somebody settled it before the answer was written, and it is told as that. */
export const withoutSettled = (appended: Appended, { away }: SettledNews): Appended => {
  const { heldDigests } = appended
  const gone = new Set(away.filter(({ n, digest }) => heldDigests.get(n) === digest).map(({ n }) => n))
  if (gone.size === 0) return appended
  return {
    ...appended,
    held: appended.held.filter(({ n }) => !gone.has(n)),
    heldDigests: new Map([...heldDigests].filter(([n]) => !gone.has(n))),
  }
}

const findSettled = prepared((db, province: string, device: string, since: number) =>
  db
    .selectFrom('held')
    .leftJoin('changes', (join) =>
      join
        .onRef('changes.province', '=', 'held.province')
        .onRef('changes.device', '=', 'held.device')
        .onRef('changes.n', '=', 'held.n')
        .onRef('changes.digest', '=', 'held.digest'),
    )
    .select(['held.n', 'held.state', 'held.digest', 'held.code', 'held.field', 'held.detail'])
    .select(['changes.seq', 'changes.stamp'])
    .where('held.province', '=', province)
    .where('held.device', '=', device)
    .where('held.settled_seq', '>=', since)
    .orderBy('held.n'),
)
