import { bringIn, known } from './bring-in.ts'
import type { Core } from './core.ts'
import { forgetProvince } from './forget.ts'
import { newIdentity, readIdentity, writeIdentity } from './identity.ts'
import { type EntryBody, persist } from './rows.ts'
import type { Contents } from './segments.ts'
import type { Identity, Recovered, StorePorts } from './types.ts'

export interface Started {
  readonly identity: Identity
  /** True when OPFS knows this tablet and IndexedDB does not: the browser has erased it. */
  readonly erased: boolean
  /** True when both homes tell the same already. */
  readonly agree: boolean
  readonly facts: Facts
  readonly journalled: Contents | null
}

interface Facts {
  readonly lastN: number
  readonly seen: number
  readonly epoch: string | undefined
  readonly province: string | undefined
}

/** Who this tablet is. Only when both homes are empty is it a new one. All that a start reads is read at once, because Today waits for it. */
export const recogniseTablet = async (ports: StorePorts): Promise<Started> => {
  const [{ inJournal, inDatabase }, facts, journalled] = await Promise.all([
    readIdentity(ports),
    readFacts(ports),
    ports.journal?.read() ?? null,
  ])
  return {
    identity: inJournal ?? inDatabase ?? newIdentity(ports.random),
    erased: inJournal !== null && inDatabase === null,
    agree: inJournal !== null && JSON.stringify(inJournal) === JSON.stringify(inDatabase),
    facts,
    journalled,
  }
}

const readFacts = async ({ database }: StorePorts): Promise<Facts> => {
  const [lastN, seen, epoch, province] = await database.meta.bulkGet(['lastN', 'seen', 'epoch', 'province'])
  return {
    lastN: (lastN?.value ?? 0) as number,
    seen: (seen?.value ?? 0) as number,
    epoch: epoch?.value as string | undefined,
    province: province?.value as string | undefined,
  }
}

/** Makes both homes tell the same: identity, counters, and every journalled change that IndexedDB lacks. */
export const makeWhole = async (core: Core, { identity, facts, ...started }: Started): Promise<Recovered | null> => {
  const { journal, memory } = core
  if (!started.agree) await writeIdentity(core, identity)
  memory.lastN = Math.max(facts.lastN, Number(core.mirror.get('lastN') ?? 0))
  memory.seen = facts.seen
  memory.epoch = facts.epoch ?? identity.province?.epoch ?? ''
  const serves = identity.province?.id
  const hasMoved = serves !== undefined && facts.province !== undefined && facts.province !== serves
  if (hasMoved) await forgetProvince(core, serves)
  const changes = await replay(core, hasMoved ? null : started.journalled)
  return started.erased && journal ? { changes } : null
}

/**
 * Brings in what a crash left in the journal alone, and journals what IndexedDB alone has (the journal was deleted, or the name of a new
 * segment lost with the power). Answers how many changes were brought in. `contents` is the journal, where it has just been read.
 */
export const replay = async (core: Core, contents: Contents | null = null): Promise<number> => {
  const { journal, memory, database } = core
  if (!journal) return 0
  const { entries, complete } = contents ?? (await journal.read())
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
