import type { Core } from './core.ts'
import type { Identity } from './identity-types.ts'
import { late } from './late.ts'
import { persist } from './rows.ts'
import { settled } from './save.ts'
import { replay } from './start.ts'
import type { Exchange } from './types.ts'

/** The store as the exchange with the server sees it. */
export const exchangeOf = (core: Core, replace: (next: Identity) => Promise<void>): Exchange => {
  const { database } = core
  return {
    async queue() {
      await settled(core)
      return persist(core, () => database.outbox.orderBy('n').toArray())
    },
    lines: async (ns) => (await late()).lines(core, ns),
    heldNumbers: async () => (await late()).heldNumbers(core),
    standpoint: async (person) => (await late()).standpoint(core, person),
    seen: () => core.memory.seen,
    apply: async (answer, person) => (await late()).applyAnswer(core, answer, person),
    reoffer: async () => (await late()).reoffer(core),
    toldLeft: async (told) => (await late()).toldLeft(core, replace, told),
    replay: () => replay(core),
    unsent: async () => (await late()).unsent(core),
    couriers: async () => (await late()).couriers(core),
    prune: async () => (await late()).prune(core),
    becomeAnother: async () => (await late()).becomeAnother(core, replace),
  }
}
