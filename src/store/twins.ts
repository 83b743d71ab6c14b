import { type Change, readChange } from '#domain/change.ts'
import { saysTheSame } from './bring-in.ts'
import type { Core } from './core.ts'
import { type EntryBody, persist } from './rows.ts'

interface Journalled {
  readonly change: Change
  readonly entry: EntryBody
}

/**
 * Without the twins: a tab may die before it can say "saved", and the same draft be saved again in another. Of one draft the latest save counts,
 * which is the one that was told. `taken` says, in the same order, which number IndexedDB has under the draft's key. A later save that says something
 * else is a change of its own; one that comes in after it would undo it, and goes.
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
    // only the next save tells: words that the draft came back to, after others, are a change of their own
    const next = key === undefined ? undefined : all.slice(at + 1).find((other) => other.entry.key === key)
    return !next || !saysTheSame(next.change, change)
  })
}

const changeHere = async ({ database, codec }: Core, n: number): Promise<Change | null> => {
  const tables = [database.outbox, database.held, database.acked]
  const rows = await Promise.all(tables.map((table) => table.get(n)))
  const row = rows.find((one) => one !== undefined)
  return row ? readChange((await codec.decode<EntryBody>(row.bytes)).line) : null
}

/** A change of this tablet that waits, was acknowledged or is held; null when it was let go or dropped. */
export const standing = async (core: Core, n: number): Promise<Change | null> => {
  const row = await core.database.acked.get(n)
  return row?.dropped ? null : changeHere(core, n)
}

/** What the draft of this key has become last; null when it was never saved, or nothing of that stands. */
export const savedAs = async (core: Core, key: string): Promise<Change | null> => {
  const { memory, database } = core
  const last = memory.keys.get(key)
  if (last && memory.behind.has(last.n)) return last
  const row = await persist(core, () => database.keys.get(key))
  return row ? standing(core, row.n) : null
}
