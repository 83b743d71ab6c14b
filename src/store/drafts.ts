import type { Core } from './core.ts'
import { commit, persist } from './rows.ts'
import type { Draft } from './types.ts'

/** What somebody is in the middle of writing, as a file in OPFS; in IndexedDB where there is none. The caller debounces. */
export const draft = <T>(core: Core, key: string): Draft<T> => ({
  async load() {
    const bytes = core.journal
      ? await core.journal.get('drafts', key)
      : (await persist(core, () => core.database.drafts.get(key)))?.bytes
    return bytes ? await core.codec.decode<T>(bytes) : null
  },
  async keep(value) {
    const bytes = await core.codec.encode(value)
    if (core.journal) await core.journal.put('drafts', key, bytes)
    else await commit(core, ['drafts'], async () => void (await core.database.drafts.put({ key, bytes })))
  },
  async discard() {
    if (core.journal) await core.journal.remove('drafts', key)
    else await commit(core, ['drafts'], () => core.database.drafts.delete(key))
  },
})

/** Keys of all drafts on this tablet. */
export const draftKeys = async (core: Core): Promise<readonly string[]> =>
  core.journal ? core.journal.list('drafts') : persist(core, () => core.database.drafts.toCollection().primaryKeys())
