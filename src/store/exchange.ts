import type { Core } from './core.ts'
import { cursorKey } from './cursor-key.ts'
import { late } from './late.ts'
import { type EntryBody, persist } from './rows.ts'
import { settled } from './save.ts'
import { replay } from './start.ts'
import type { Exchange, Identity, JournalledLine, Left, Standpoint } from './types.ts'

/** The store as the exchange with the server sees it. */
export const exchangeOf = (core: Core, replace: (next: Identity) => Promise<void>): Exchange => {
  const { database } = core
  return {
    async queue() {
      await settled(core)
      return persist(core, () => database.outbox.orderBy('n').toArray())
    },
    async lines(ns) {
      const tables = [database.outbox, database.held, database.acked]
      const rows = await persist(core, () => Promise.all(tables.map((table) => table.bulkGet([...ns]))))
      const lines = new Map<number, JournalledLine>()
      for (const row of rows.flat()) {
        if (!row) continue
        const { line, proof = null } = await core.codec.decode<EntryBody>(row.bytes)
        lines.set(row.n, { line, proof })
      }
      return lines
    },
    heldNumbers: () => persist(core, () => database.held.toCollection().primaryKeys()),
    async standpoint(person) {
      const keys = ['head', 'lost', 'receipt', 'backup', ...(person ? [cursorKey(person)] : [])]
      const [head, lost, receipt, backup, cursor] = await persist(core, () => database.meta.bulkGet(keys))
      return {
        head: (head?.value ?? null) as Standpoint['head'],
        lost: (lost?.value ?? null) as Standpoint['lost'],
        receipt: (receipt?.value ?? null) as Standpoint['receipt'],
        cursor: (cursor?.value ?? null) as Standpoint['cursor'],
        backup: ((backup?.value as { seq: number } | undefined)?.seq ?? 0) as number,
      }
    },
    seen: () => core.memory.seen,
    apply: async (answer, person) => (await late()).applyAnswer(core, answer, person),
    reoffer: async () => (await late()).reoffer(core),
    async toldLeft(told) {
      const { left = [], ...identity } = core.identity()
      const isTold = (one: Left) => told.some(({ person, upTo }) => person === one.person && upTo === one.upTo)
      if (left.some(isTold)) await replace({ ...identity, left: left.filter((one) => !isTold(one)) })
    },
    replay: () => replay(core),
    unsent: async () => (await late()).unsent(core),
    couriers: async () => (await late()).couriers(core),
    prune: async () => (await late()).prune(core),
    becomeAnother: async () => (await late()).becomeAnother(core, replace),
  }
}
