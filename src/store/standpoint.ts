import type { StaffId } from '#domain/kernel/id.ts'
import type { Core } from './core.ts'
import { cursorKey } from './cursor-key.ts'
import type { Identity, Left } from './identity-types.ts'
import { type EntryBody, persist } from './rows.ts'
import type { JournalledLine, Standpoint } from './types.ts'

export const standpoint = async (core: Core, person: StaffId | null): Promise<Standpoint> => {
  const keys = ['head', 'lost', 'receipt', 'backup', ...(person ? [cursorKey(person)] : [])]
  const [head, lost, receipt, backup, cursor] = await persist(core, () => core.database.meta.bulkGet(keys))
  return {
    head: (head?.value ?? null) as Standpoint['head'],
    lost: (lost?.value ?? null) as Standpoint['lost'],
    receipt: (receipt?.value ?? null) as Standpoint['receipt'],
    cursor: (cursor?.value ?? null) as Standpoint['cursor'],
    backup: ((backup?.value as { seq: number } | undefined)?.seq ?? 0) as number,
  }
}

export const toldLeft = async (
  core: Core,
  replace: (next: Identity) => Promise<void>,
  told: readonly Left[],
): Promise<void> => {
  const { left = [], ...identity } = core.identity()
  const isTold = (one: Left) => told.some(({ person, upTo }) => person === one.person && upTo === one.upTo)
  if (left.some(isTold)) await replace({ ...identity, left: left.filter((one) => !isTold(one)) })
}

export const lines = async (core: Core, ns: readonly number[]): Promise<ReadonlyMap<number, JournalledLine>> => {
  const { database } = core
  const tables = [database.outbox, database.held, database.acked]
  const rows = await persist(core, () => Promise.all(tables.map((table) => table.bulkGet([...ns]))))
  const lines = new Map<number, JournalledLine>()
  for (const row of rows.flat()) {
    if (!row) continue
    const { line, proof = null } = await core.codec.decode<EntryBody>(row.bytes)
    lines.set(row.n, { line, proof })
  }
  return lines
}

export const heldNumbers = (core: Core): Promise<readonly number[]> =>
  persist(core, () => core.database.held.toCollection().primaryKeys())
