import type { Journal } from '#src/store/journal.ts'
import { keptFiles } from '#src/store/kept-files.ts'
import { openSegments } from '#src/store/segments.ts'
import { type MemoryFolder, memoryFolder } from './memory-folder.ts'

/** The three folders of a tablet; they outlive the journals that are opened on them. */
export interface MemoryDisk {
  readonly journal: MemoryFolder
  readonly identity: MemoryFolder
  readonly drafts: MemoryFolder
}

export const memoryDisk = (): MemoryDisk => ({
  journal: memoryFolder(),
  identity: memoryFolder(),
  drafts: memoryFolder(),
})

/** The shipped journal over folders in memory, without a worker between. */
export const memoryJournal = async (disk: MemoryDisk): Promise<Journal> => {
  const segments = await openSegments(disk.journal)
  const files = { identity: keptFiles(disk.identity), drafts: keptFiles(disk.drafts) }
  return {
    kind: 'opfs',
    isYoung: () => false,
    append: (entries) => segments.append(entries),
    read: () => segments.read(),
    closed: () => segments.closed(),
    drop: (names) => segments.remove(names),
    async erase() {
      await segments.erase()
      for (const each of Object.values(files)) for (const key of await each.list()) await each.remove(key)
    },
    put: (folder, key, bytes) => files[folder].put(key, bytes),
    get: (folder, key) => files[folder].get(key),
    list: (folder) => files[folder].list(),
    remove: (folder, key) => files[folder].remove(key),
  }
}
