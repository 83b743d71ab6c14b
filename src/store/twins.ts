import { type Change, readChange } from '#domain/change.ts'
import { saysTheSame } from './bring-in.ts'
import type { Core } from './core.ts'
import type { EntryBody } from './rows.ts'

interface Journalled {
  readonly change: Change
  readonly entry: EntryBody
}

/**
 * Without the twins: a tab may die before it can say "saved", and the same draft be saved again in another. Of one draft the latest save counts,
 * which is the one that was told. `taken` says, in the same order, which number IndexedDB has under the draft's key: where that is an earlier one
 * that says something else, the later one is a change of its own.
 */
export const withoutTwins = async <T extends Journalled>(
  core: Core,
  all: readonly T[],
  taken: readonly (number | undefined)[],
): Promise<T[]> => {
  const known = await Promise.all(taken.map((n) => (n === undefined ? null : changeHere(core, n))))
  return all.filter(({ change, entry: { key } }, at) => {
    const n = taken[at]
    const here = known[at]
    if (n !== undefined && (n > change.n || (here && saysTheSame(here, change)))) return false
    return key === undefined || !all.slice(at + 1).some((other) => other.entry.key === key)
  })
}

/** A change of this tablet, in whatever state; null when it was let go. */
export const changeHere = async ({ database, codec }: Core, n: number): Promise<Change | null> => {
  const tables = [database.outbox, database.held, database.acked]
  const rows = await Promise.all(tables.map((table) => table.get(n)))
  const row = rows.find((one) => one !== undefined)
  return row ? readChange((await codec.decode<EntryBody>(row.bytes)).line) : null
}
