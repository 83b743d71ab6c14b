import { twinsHere } from './bring-in.ts'
import { alone, type Core } from './core.ts'
import type { AckedRow } from './database.ts'
import { draft, draftKeys } from './drafts.ts'
import { commit, persist } from './rows.ts'
import { replay } from './start.ts'
import type { Keyed } from './types.ts'

/**
 * Lets go of changes that a verified backup covers and that were acknowledged 30 days ago (law 8). A journal segment goes whole, once
 * every change in it may go, and before its rows do: what the journal still has must never look new. What only the journal has is therefore
 * brought in first. What a draft has become stays as long as the draft: it may still be saved again, and is the same change then.
 */
export const prune = async (core: Core): Promise<number> => {
  await takeOver(core)
  return alone(core, () => letGo(core))
}

const takeOverEvery = 600_000

/**
 * Brings in what a tab has left in its journal that died beside this one and was not opened again: it said "saved", and nobody else knows of it.
 * The whole journal is read for that, so only now and then.
 */
const takeOver = async (core: Core): Promise<void> => {
  const now = core.now()
  if (Math.abs(now - core.memory.replayedAt) < takeOverEvery) return
  core.memory.replayedAt = now
  await replay(core)
}

const letGo = async (core: Core): Promise<number> => {
  const { database, journal } = core
  const [backup, head] = (await persist(core, () => database.meta.bulkGet(['backup', 'head']))).map(
    (row) => row?.value as { epoch: string; seq: number } | undefined,
  )
  if (!backup || head?.epoch !== backup.epoch) return 0
  // a receipt may name once more what was settled at the head
  const upTo = Math.min(backup.seq, head.seq - 1)
  const covered = await persist(core, () => database.acked.where('seq').belowOrEqual(upTo).toArray())
  const over = new Map(covered.filter((row) => isOver(core, row, backup)).map((row) => [row.n, row]))
  if (over.size === 0) return 0
  const twins = await persist(core, () => twinsHere(core))
  const segments = journal ? await journal.closed() : [...over.keys()].map((n) => ({ name: '', ns: [n] }))
  const finished = segments.filter((segment) => segment.ns.every((n) => over.has(n) || twins.includes(n)))
  if (finished.length === 0) return 0
  const drafted = await keysOfDrafts(core)
  const going = finished.filter((segment) => !segment.ns.some((n) => drafted.has(over.get(n)?.key ?? '')))
  await journal?.drop(going.map(({ name }) => name))
  const ns = going.flatMap((segment) => segment.ns)
  const keys = ns.flatMap((n) => over.get(n)?.key ?? [])
  const left = twins.filter((n) => !ns.includes(n))
  await commit(core, ['acked', 'keys'], async () => {
    await database.acked.bulkDelete([...ns])
    await database.keys.bulkDelete(keys)
    if (left.length < twins.length) await database.meta.put({ key: 'twins', value: left })
  })
  return ns.length
}

const isOver = ({ memory }: Core, row: AckedRow, backup: { epoch: string }) =>
  row.epoch === backup.epoch && row.until <= memory.seen

/** Keys under which a draft that lies here would be saved. */
const keysOfDrafts = async (core: Core): Promise<ReadonlySet<string>> => {
  const names = await draftKeys(core)
  const drafts = await Promise.all(names.map((name) => draft<Partial<Keyed>>(core, name).load()))
  return new Set(drafts.flatMap((one) => one?.key ?? []))
}
