import type { Base } from '#domain/change.ts'
import type { Head } from '#domain/protocol.ts'
import type { Tx } from '#server/db/connect.ts'

export interface Epoch {
  readonly epoch: string
  readonly begins_after: number
}

/** All epochs of a province, oldest first. */
export const epochsOf = (db: Tx['db'], province: string): Promise<Epoch[]> =>
  db
    .selectFrom('epochs')
    .select(['epoch', 'begins_after'])
    .where('province', '=', province)
    .orderBy('ordinal')
    .execute()

/**
 * A number of some epoch in the present log: what lies above the beginning of any later epoch was lost with the log it belonged to
 * (law 8). 0 when the epoch is not known.
 */
export const numberOf = (epochs: readonly Epoch[], base: Base | undefined, head: number): number => {
  const at = base ? epochs.findIndex((one) => one.epoch === base.epoch) : -1
  if (at < 0) return 0
  return epochs.slice(at + 1).reduce((seq, later) => Math.min(seq, later.begins_after), Math.min(base!.seq, head))
}

/** Whether the log holds exactly this pair of number and chain hash, in the epoch that gave it. */
export const isKnownHead = async (db: Tx['db'], province: string, head: Head): Promise<boolean> => {
  const epochs = await epochsOf(db, province)
  if (!epochs.some((one) => one.epoch === head.epoch)) return false
  if (head.seq === 0) return head.chain === ''
  if (numberOf(epochs, head, Number.MAX_SAFE_INTEGER) !== head.seq) return false
  const row = await db
    .selectFrom('changes')
    .select('chain')
    .where('province', '=', province)
    .where('seq', '=', head.seq)
    .executeTakeFirst()
  return row?.chain === head.chain
}
