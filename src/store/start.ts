import { bringIn, known, twinsHere } from './bring-in.ts'
import type { Core, Reader } from './core.ts'
import { newIdentity, readIdentity, writeIdentity } from './identity.ts'
import type { Identity } from './identity-types.ts'
import { late } from './late.ts'
import { type EntryBody, persist } from './rows.ts'
import type { Contents } from './segments.ts'
import type { Recovered, StorePorts } from './types.ts'

export interface Started {
  readonly identity: Identity
  /** True when OPFS knows this tablet and IndexedDB does not: the browser has erased it. */
  readonly erased: boolean
  /** True when both homes tell the same already. */
  readonly agree: boolean
  readonly journalled: Contents | null
}

/** Who this tablet is. Only when both homes are empty is it a new one. All that a start reads is read at once, because Today waits for it. */
export const recogniseTablet = async (ports: StorePorts): Promise<Started> => {
  const [{ inJournal, inDatabase }, journalled] = await Promise.all([
    readIdentity(ports),
    ports.journal?.read() ?? null,
  ])
  return {
    identity: inJournal ?? inDatabase ?? newIdentity(ports.random),
    erased: inJournal !== null && inDatabase === null,
    agree: inJournal !== null && JSON.stringify(inJournal) === JSON.stringify(inDatabase),
    journalled,
  }
}

/** In `meta` from before somebody is signed out until what only they could read has left. */
export const leavingKey = 'leaving'

/** What a start finds in IndexedDB: the province that its records are of, and whether a sign-out was broken off. */
interface Recalled {
  readonly holds: string | null
  readonly leaving: boolean
}

/** Sets what this tab knows to what IndexedDB has. */
export const recall = async ({ database, memory, mirror }: Reader & Pick<StorePorts, 'mirror'>): Promise<Recalled> => {
  const keys = ['lastN', 'seen', 'epoch', 'province', leavingKey]
  const [lastN, seen, epoch, province, leaving] = await database.meta.bulkGet(keys)
  memory.lastN = Math.max((lastN?.value ?? 0) as number, Number(mirror.get('lastN') ?? 0))
  memory.seen = (seen?.value ?? 0) as number
  memory.epoch = (epoch?.value ?? '') as string
  return { holds: (province?.value ?? null) as string | null, leaving: leaving !== undefined }
}

/**
 * Makes both homes tell the same: identity, and every journalled change that IndexedDB lacks. What a
 * sign-out had left to do is done.
 */
export const makeWhole = async (
  core: Core,
  started: Started,
  { holds, leaving }: Recalled,
): Promise<Recovered | null> => {
  const { journal, memory } = core
  const { identity, journalled } = started
  if (!started.agree) await writeIdentity(core, identity)
  memory.epoch ||= identity.province?.epoch ?? ''
  const serves = identity.province?.id
  const hasMoved = serves !== undefined && holds !== null && holds !== serves
  if (hasMoved) await (await late()).forgetProvince(core, serves)
  const changes = await replay(core, hasMoved ? null : journalled)
  if (leaving) await (await late()).forgetUnread(core)
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
  const have = new Set([...(await known(core, [...journalled])), ...(await persist(core, () => twinsHere(core)))])
  const missing = entries.filter(({ n }) => n > core.identity().after && !have.has(n))
  return bringIn(core, await Promise.all(missing.map(({ bytes }) => core.codec.decode<EntryBody>(bytes))))
}
