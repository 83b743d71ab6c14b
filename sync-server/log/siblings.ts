import type { Head } from '#domain/protocol.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { keepSetting, settingOf } from '#server/db/settings.ts'
import { beginAfterMerger } from './epochs.ts'

/**
 * Epochs that tablets know and this log does not: of another server that was restored from the same backup, or of one that this log was
 * restored behind. Which of the two it is only the operator can tell, and until then nothing is mixed (law 8).
 */
export interface Sibling {
  readonly epoch: string
  readonly metAt: number
  /** The device that told of it, and the greatest number that any has told. */
  readonly device: string
  readonly seq: number
  /** When the operator declared that this log stands in its place; null while that is undecided. */
  readonly overAt: number | null
}

const prefix = 'sibling:'
type Kept = Omit<Sibling, 'epoch'>

/**
 * Whether the operator has said that the log of this epoch is no more. Noted down when it is met for the first time, where the head is proven: the
 * operator is asked about nothing that anybody could make up.
 */
export const isOver = async (
  store: Store,
  { province, device, now }: { province: string; device: string; now: number },
  { epoch, seq }: Head,
  isProven: boolean,
): Promise<boolean> => {
  const known = await siblingOf(store.db, province, epoch)
  if (known?.overAt) return true
  if (!isProven || (known && known.seq >= seq)) return false
  await store.transaction(({ db }) =>
    keep(db, province, epoch, known ? { ...known, seq } : { metAt: now, device, seq, overAt: null }),
  )
  return false
}

export const siblings = async (db: Tx['db'], province: string): Promise<readonly Sibling[]> => {
  const rows = await db
    .selectFrom('settings')
    .select(['name', 'value'])
    .where('province', '=', province)
    .where('name', 'like', `${prefix}%`)
    .execute()
  return rows
    .map(({ name, value }) => ({ epoch: name.slice(prefix.length), ...(JSON.parse(value) as Kept) }))
    .sort((a, b) => a.metAt - b.metAt)
}

/** The operator's word, also before any tablet has told of it: tablets of that epoch offer here what this log lacks. */
export const declareOver = async (
  tx: Tx,
  { province, epoch, now }: { province: string; epoch: string; now: number },
): Promise<void> => {
  const known = (await siblingOf(tx.db, province, epoch)) ?? { metAt: now, device: '', seq: 0, overAt: null }
  if (known.overAt !== null) return
  await keep(tx.db, province, epoch, { ...known, overAt: now })
  await beginAfterMerger(tx, { province, now })
}

const siblingOf = async (db: Tx['db'], province: string, epoch: string): Promise<Kept | null> => {
  const kept = await settingOf(db, province, prefix + epoch)
  return kept === undefined ? null : (JSON.parse(kept) as Kept)
}

const keep = (db: Tx['db'], province: string, epoch: string, { metAt, device, seq, overAt }: Kept): Promise<void> =>
  keepSetting(db, province, prefix + epoch, JSON.stringify({ metAt, device, seq, overAt } satisfies Kept))
