import { randomBytes } from 'node:crypto'
import type { Base } from '#domain/change.ts'
import { newId } from '#domain/kernel/id.ts'
import type { Head } from '#domain/protocol.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { prepared } from '#server/db/prepared.ts'
import { keepDoubt, lockedDoubt } from './doubt.ts'

export interface Epoch {
  readonly epoch: string
  readonly begins_after: number
}

/** All epochs of a province, oldest first. */
export const epochsOf: (db: Tx['db'], province: string) => Promise<Epoch[]> = prepared((db, province: string) =>
  db.selectFrom('epochs').select(['epoch', 'begins_after']).where('province', '=', province).orderBy('ordinal'),
)

const chainAt = prepared((db, province: string, seq: number) =>
  db.selectFrom('changes').select('chain').where('province', '=', province).where('seq', '=', seq),
)

/**
 * A number of some epoch in the present log: what lies above the beginning of any later epoch was lost with the log it belonged to
 * (law 8). 0 when the epoch is not known.
 */
export const numberOf = (epochs: readonly Epoch[], base: Base | undefined, head: number): number => {
  const at = base ? epochs.findIndex((one) => one.epoch === base.epoch) : -1
  if (at < 0) return 0
  return epochs.slice(at + 1).reduce((seq, later) => Math.min(seq, later.begins_after), Math.min(base!.seq, head))
}

/**
 * Whether the log holds exactly this pair of number and chain hash, given in an epoch of its own. A chain hash covers everything before
 * it: where it stands, nothing that the device had seen was lost.
 */
export const isKnownHead = async (db: Tx['db'], province: string, head: Head): Promise<boolean> => {
  const epochs = await epochsOf(db, province)
  if (!epochs.some((one) => one.epoch === head.epoch)) return false
  if (head.seq === 0) return head.chain === ''
  const [row] = await chainAt(db, province, head.seq)
  return row?.chain === head.chain
}

/**
 * Up to which number of the present log a device has heard that shows this head; without one it has shown nothing. Of a log that this one does
 * not know it may have heard anything, so that only what stood here when the present epoch began is certain.
 */
export const heardUpTo = (epochs: readonly Epoch[], shown: Base | null, head: number): number => {
  if (!shown) return 0
  if (epochs.some(({ epoch }) => epoch === shown.epoch)) return numberOf(epochs, shown, head)
  return epochs.at(-1)?.begins_after ?? 0
}

/**
 * How far a head counts that nobody can be asked about: of an earlier epoch as far as that still stands, and of the present one, where the log
 * does not hold it, not at all: the log has gone back, and its numbers have become others.
 */
export const whatStandsOf = async (db: Tx['db'], province: string, head: Head): Promise<Head | null> => {
  const present = (await epochsOf(db, province)).at(-1)
  return present?.epoch !== head.epoch || (await isKnownHead(db, province, head)) ? head : null
}

/**
 * A device shows a signed head of the present epoch that the log does not hold: the log has gone back, and nobody has said so (somebody copied
 * an old file into its place, or a disk forgot what it had flushed). As after a restore, a new epoch begins; because nobody can tell
 * where the log was cut, it begins at 0, and no number of the epochs before it counts as seen, and whom the log has let go is in doubt. Answers
 * the present epoch.
 */
export const beginAfterLoss = (
  store: Store,
  { province, epoch, now }: { readonly province: string; readonly epoch: string; readonly now: number },
): Promise<string> =>
  store.transaction(async (tx) => {
    const head = await tx.hot.lockProvince(province)
    if (!head || head.epoch !== epoch) return head?.epoch ?? epoch
    await keepDoubt(tx.db, province, { since: now, cause: 'went-back' })
    return beginEpoch(tx, { province, beginsAfter: 0, now })
  })

/** The same where nothing else may be moved: it is in doubt, from now on, whom the log has let go. */
export const doubtAfterLoss = (
  store: Store,
  { province, now }: { readonly province: string; readonly now: number },
): Promise<void> =>
  store.transaction(async (tx) => {
    if (await lockedDoubt(tx, province)) return
    await keepDoubt(tx.db, province, { since: now, cause: 'went-back' })
  })

/**
 * Tablets come over from a log of which this one knows nothing. What they have seen of the present epoch may have been of another course of it,
 * where an older file was copied back behind that log: only what stood here when the present epoch began is certain to be the same.
 */
export const beginAfterMerger = async (
  tx: Tx,
  { province, now }: { readonly province: string; readonly now: number },
): Promise<void> => {
  await tx.hot.lockProvince(province)
  const present = (await epochsOf(tx.db, province)).at(-1)
  await keepDoubt(tx.db, province, { since: now, cause: 'merged' })
  await beginEpoch(tx, { province, beginsAfter: present?.begins_after ?? 0, now })
}

/** The province must be locked. */
const beginEpoch = async (
  { db }: Tx,
  { province, beginsAfter, now }: { readonly province: string; readonly beginsAfter: number; readonly now: number },
): Promise<string> => {
  const ordinal = (await epochsOf(db, province)).length + 1
  const epoch = newId(randomBytes)
  await db.insertInto('epochs').values({ province, epoch, ordinal, begins_after: beginsAfter, begun_at: now }).execute()
  await db.updateTable('provinces').set({ epoch }).where('id', '=', province).execute()
  return epoch
}
