import { alone, type Core } from './core.ts'
import type { TableName } from './database.ts'
import { newIdentity } from './identity.ts'
import type { Identity } from './identity-types.ts'
import { commit, persist } from './rows.ts'
import { replay } from './start.ts'

/** Empties the tablet of one province before it serves another. The counter stays: a number is never given twice. */
export const forgetProvince = (core: Core, next: string): Promise<void> =>
  alone(core, async () => {
    const { database, journal } = core
    if (journal) {
      await journal.drop((await journal.closed()).map(({ name }) => name))
      for (const key of await journal.list('drafts')) await journal.remove('drafts', key)
    }
    await emptyTables(core)
    await commit(core, [], async () => void (await database.meta.put({ key: 'province', value: next })))
  })

/**
 * Deletes everything of a tablet that the server has revoked: changes, records, drafts, credential, people. False, and nothing is deleted, while
 * something still waits to be handed over: another tab may have saved meanwhile, or died with a save in its journal.
 */
export const forgetEverything = (core: Core, replace: (next: Identity) => Promise<void>): Promise<boolean> =>
  core.locks.exclusive('bowon-save', async () => {
    await replay(core)
    if ((await persist(core, () => core.database.outbox.count())) > 0) return false
    const [acked, held] = await persist(core, () =>
      Promise.all([core.database.acked.count(), core.database.held.count()]),
    )
    const farewell = { handedOver: acked + held, time: core.memory.seen }
    await alone(core, async () => {
      await core.journal?.erase()
      await emptyTables(core)
    })
    await replace({ ...newIdentity(core.random), after: core.memory.lastN, farewell })
    return true
  })

const emptyTables = async (core: Core): Promise<void> => {
  const { database, memory } = core
  const { meta, tables } = database
  await commit(core, tables.map(({ name }) => name) as TableName[], async () => {
    for (const table of tables) await table.clear()
    await meta.put({ key: 'lastN', value: memory.lastN })
    await meta.put({ key: 'brought', value: memory.lastN })
    await meta.put({ key: 'seen', value: memory.seen })
  })
  memory.epoch = ''
  for (const known of [memory.bases, memory.keys, memory.behind, memory.views]) known.clear()
}
