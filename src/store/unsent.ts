import { twinsHere } from './bring-in.ts'
import type { Core } from './core.ts'
import { type EntryBody, persist } from './rows.ts'
import { settled } from './save.ts'
import type { Courier, Unsent } from './types.ts'

/** Everything that no receipt covers. The journal is read besides the database, which a browser may have lost. */
export const unsent = async (core: Core): Promise<readonly Unsent[]> => {
  const { database, journal } = core
  await settled(core)
  const [waiting, acked] = await persist(core, () =>
    Promise.all([
      Promise.all([database.outbox.toArray(), database.held.toArray()]),
      database.acked.toCollection().primaryKeys(),
    ]),
  )
  const bytes = new Map(waiting.flat().map((row) => [row.n, row.bytes]))
  const here = new Set(bytes.keys())
  const safe = new Set([...acked, ...(await persist(core, () => twinsHere(core)))])
  const { entries } = journal ? await journal.read() : { entries: [] }
  for (const entry of entries) {
    if (entry.n > core.identity().after && !safe.has(entry.n) && !here.has(entry.n)) bytes.set(entry.n, entry.bytes)
  }
  const found = [...bytes].sort(([a], [b]) => a - b)
  return Promise.all(
    found.map(async ([n, one]) => {
      const { line, proof = null } = await core.codec.decode<EntryBody>(one)
      return { n, line, proof }
    }),
  )
}

export const couriers = async ({ database }: Core): Promise<readonly Courier[]> => {
  const counted = new Map<string, Courier>()
  for (const { courier } of await database.acked.toArray()) {
    if (!courier) continue
    const name = JSON.stringify(courier)
    counted.set(name, { ...courier, changes: (counted.get(name)?.changes ?? 0) + 1 })
  }
  return [...counted.values()].sort((a, b) => b.changes - a.changes)
}
