import type { FailureCode } from '#domain/kernel/failure.ts'
import { tablet } from '#domain/records/tablet.ts'
import { view } from '#domain/view.ts'
import type { Ledger } from './ledger.ts'

/** What an administrator lets go by widening what a tablet is for. */
export const heldByTablet: readonly FailureCode[] = ['not-admitted', 'place-not-of-this-tablet']

/** Devices whose `tablet` record this transaction has altered; they bear the name that it gives. */
export const devicesAltered = async ({ tx, province, records }: Ledger): Promise<readonly string[]> => {
  const altered: string[] = []
  for (const entry of records.values()) {
    if (!entry?.touched || entry.state.kind !== tablet.kind) continue
    const { name } = view<typeof tablet>(entry.state).values
    const guises = await tx.db
      .updateTable('devices')
      .set((is) => ({ name: name ?? is.ref('name') }))
      .where('province', '=', province)
      .where('tablet', '=', entry.state.id)
      .returning('id')
      .execute()
    altered.push(...guises.map(({ id }) => id))
  }
  return altered
}
