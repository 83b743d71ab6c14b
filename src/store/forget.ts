import { alone, type Core } from './core.ts'
import { commit } from './rows.ts'

/** Empties the tablet of one province before it serves another. The counter stays: a number is never given twice. */
export const forgetProvince = (core: Core, next: string): Promise<void> =>
  alone(core, async () => {
    const { database, journal, memory } = core
    if (journal) {
      await journal.drop((await journal.closed()).map(({ name }) => name))
      for (const key of await journal.list('drafts')) await journal.remove('drafts', key)
    }
    await commit(core, ['records', 'outbox', 'acked', 'held', 'attention', 'keys', 'drafts'], async () => {
      const { records, outbox, acked, held, attention, keys, drafts, meta } = database
      for (const table of [records, outbox, acked, held, attention, keys, drafts]) await table.clear()
      await meta.bulkDelete(['head', 'epoch', 'backup'])
      await meta.where('key').startsWith('cursor:').delete()
      await meta.put({ key: 'province', value: next })
    })
    memory.bases.clear()
    memory.keys.clear()
    memory.behind.clear()
  })
