import { type Change, type FieldSet, readChange } from '#domain/change.ts'
import { lifted } from '#domain/check.ts'
import { withoutLaterWords } from '#domain/later-words.ts'
import { kindOf } from '#domain/records/index.ts'
import type { ChangeTable } from '#server/db/schema.ts'
import type { Ledger } from './ledger.ts'

/** A change that the device of a ledger has in the log. */
export type Said = Pick<ChangeTable, 'n' | 'base'>

/** Reads what this device has in the log of these records, once a transaction. A record that is new here needs no question. */
export const readOwnWords = async ({ tx, province, device, records, said }: Ledger, ids: Iterable<string>) => {
  const wanted = [...new Set(ids)].filter((id) => !said.has(id))
  for (const id of wanted) said.set(id, [])
  const asked = wanted.filter((id) => records.get(id)?.row)
  if (asked.length === 0) return
  // not asked by device: its index would be read from end to end
  const rows = await tx.db
    .selectFrom('changes')
    .select(['record', 'device', 'n', 'base'])
    .where('province', '=', province)
    .where('record', 'in', asked)
    .execute()
  for (const row of rows) if (row.device === device) said.get(row.record)!.push(row)
}

/**
 * What the same device had seen with an earlier change to the record, it has seen with this one too, whatever this one says (law 5). Else
 * readers who never meet the earlier one, because this one replaced it, would fold otherwise than the server.
 */
export const seenBefore = async (ledger: Ledger, { n, record }: Change): Promise<number> => {
  await readOwnWords(ledger, [record])
  return ledger.said.get(record)!.reduce((base, one) => (one.n < n ? Math.max(base, one.base) : base), 0)
}

/** The fields of a change without what its device has said later, where the log has that already. */
export const standingWords = async (ledger: Ledger, change: Change): Promise<FieldSet> => {
  const { tx, province, device, added, said } = ledger
  const { n, record, kind } = change
  const set = lifted(kindOf(kind)!, change)
  await readOwnWords(ledger, [record])
  const later = said.get(record)!.flatMap((one) => (one.n > n ? one.n : []))
  if (later.length === 0) return set
  const rows = await tx.db
    .selectFrom('changes')
    .select('line')
    .where('province', '=', province)
    .where('device', '=', device)
    .where('n', 'in', later)
    .execute()
  const fresh = added.filter((one) => later.includes(one.n))
  return [...rows, ...fresh].reduce((left, { line }) => {
    const change = readChange(line)
    const declared = change && kindOf(change.kind)
    return declared ? withoutLaterWords(kind, left, lifted(declared, change)) : left
  }, set)
}
