import type { RecordState } from '#domain/merge.ts'
import { staff } from '#domain/records/staff.ts'
import { hasRole } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { view } from '#domain/view.ts'
import type { Draft, Ledger } from './ledger.ts'

/** Whether a line would take away the last administrator who can act (A6): one with the role, at work, with an account that is not disabled. */
export const takesLastAdministrator = async (
  { tx, province, records }: Ledger,
  { before, state }: Pick<Draft, 'before' | 'state'>,
): Promise<boolean> => {
  if (state.kind !== staff.kind || !before || !isAdministrator(before.state) || isAdministrator(state)) return false
  const rows = await tx.db
    .selectFrom('records')
    .innerJoin('accounts', (join) =>
      join.onRef('accounts.province', '=', 'records.province').onRef('accounts.staff', '=', 'records.id'),
    )
    .select(['records.id', 'records.body'])
    .where('records.province', '=', province)
    .where('kind', '=', staff.kind)
    .where('records.id', '!=', state.id)
    .where('accounts.disabled', '=', 0)
    .execute()
  // what this very request has altered is not in the tables yet
  return !rows.some(({ id, body }) => isAdministrator(records.get(id)?.state ?? (JSON.parse(body) as RecordState)))
}

const isAdministrator = (record: RecordState): boolean =>
  hasRole(standingOf(view<typeof staff>(record)), 'administrator')
