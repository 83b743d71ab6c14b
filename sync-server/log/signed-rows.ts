import type { Change, FieldSet } from '#domain/change.ts'
import type { RecordState } from '#domain/merge.ts'
import { prepared } from '#server/db/prepared.ts'
import type { Ledger } from './ledger.ts'

/** Number of the last row of the record that a person has proven, but for what this very tablet had written before; 0 when there is none. */
export const lastSignedSeq = async (
  { tx, province, device, added }: Ledger,
  { record, n }: Pick<Change, 'record' | 'n'>,
): Promise<number> => {
  const [stored] = await greatestSigned(tx.db, province, record, device, n)
  const fresh = added.filter(
    (row) => row.record === record && row.proof !== null && (row.device !== device || row.n > n),
  )
  return Math.max(stored?.seq ?? 0, ...fresh.map(({ seq }) => seq))
}

const greatestSigned = prepared((db, province: string, record: string, device: string, n: number) =>
  db
    .selectFrom('changes')
    .select((is) => is.fn.max('seq').as('seq'))
    .where('province', '=', province)
    .where('record', '=', record)
    .where('proof', 'is not', null)
    .where((is) => is.or([is('device', '!=', device), is('n', '>', n)])),
)

/** Whether a line takes back a withdrawal that somebody had signed for: that needs a signature too. */
export const wasWithdrawnUnderSignature = async (
  { tx, province, added }: Ledger,
  set: FieldSet,
  before: RecordState | null,
): Promise<boolean> => {
  if (set.withdrawn !== null) return false
  const write = before?.writes.findLast((one) => Object.hasOwn(one.set, 'withdrawn'))
  if (!write || write.set.withdrawn === null) return false
  const fresh = added.find(({ seq }) => seq === write.seq)
  if (fresh) return fresh.proof !== null
  const row = await tx.db
    .selectFrom('changes')
    .select('proof')
    .where('province', '=', province)
    .where('seq', '=', write.seq)
    .executeTakeFirst()
  return row !== undefined && row.proof !== null
}
