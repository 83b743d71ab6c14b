import { bringIn, known } from './bring-in.ts'
import type { Core } from './core.ts'
import { forgetProvince } from './forget.ts'
import { newIdentity, readIdentity, writeIdentity } from './identity.ts'
import { type EntryBody, persist } from './rows.ts'
import type { Identity, Recovered, StorePorts } from './types.ts'

export interface Started {
  readonly identity: Identity
  /** True when OPFS knows this tablet and IndexedDB does not: the browser has erased it. */
  readonly erased: boolean
  /** True when both homes tell the same already. */
  readonly agree: boolean
}

/** Who this tablet is. Only when both homes are empty is it a new one. */
export const recogniseTablet = async (ports: StorePorts): Promise<Started> => {
  const { inJournal, inDatabase } = await readIdentity(ports)
  return {
    identity: inJournal ?? inDatabase ?? newIdentity(ports.random),
    erased: inJournal !== null && inDatabase === null,
    agree: inJournal !== null && JSON.stringify(inJournal) === JSON.stringify(inDatabase),
  }
}

/** Makes both homes tell the same: identity, counters, and every journalled change that IndexedDB lacks. */
export const makeWhole = async (core: Core, started: Started): Promise<Recovered | null> => {
  const { database, journal, memory } = core
  if (!started.agree) await writeIdentity(core, started.identity)
  const [lastN, seen, epoch, province] = await persist(core, () =>
    database.meta.bulkGet(['lastN', 'seen', 'epoch', 'province']),
  )
  memory.lastN = Math.max((lastN?.value ?? 0) as number, Number(core.mirror.get('lastN') ?? 0))
  memory.seen = (seen?.value ?? 0) as number
  memory.epoch = (epoch?.value ?? started.identity.province?.epoch ?? '') as string
  const serves = started.identity.province?.id
  if (serves && province && province.value !== serves) await forgetProvince(core, serves)
  const changes = await replay(core)
  return started.erased && journal ? { changes } : null
}

/**
 * Brings in what a crash left in the journal alone, and journals what IndexedDB alone has (the journal was deleted, or the name of a new
 * segment lost with the power). Answers how many changes were brought in.
 */
export const replay = async (core: Core): Promise<number> => {
  const { journal, memory, database } = core
  if (!journal) return 0
  const { entries, complete } = await journal.read()
  for (const { n } of entries) memory.lastN = Math.max(memory.lastN, n)
  const journalled = new Set(entries.map(({ n }) => n))
  if (complete) {
    const rows = await persist(core, () => Promise.all([database.outbox.toArray(), database.held.toArray()]))
    const lost = rows.flat().filter(({ n }) => !journalled.has(n))
    if (lost.length > 0) await journal.append(lost.map(({ n, bytes }) => ({ n, bytes })))
  }
  const have = new Set(await known(core, [...journalled]))
  const missing = entries.filter(({ n }) => n > core.identity().after && !have.has(n))
  return bringIn(core, await Promise.all(missing.map(({ bytes }) => core.codec.decode<EntryBody>(bytes))))
}
