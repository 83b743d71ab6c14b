import type { File, Folder } from '#src/store/folder.ts'
import type { Journal } from '#src/store/journal.ts'
import { keptFiles } from '#src/store/kept-files.ts'
import { openSegments } from '#src/store/segments.ts'

/** What a page has open on a disk; all of it is closed when the page dies. */
export interface Holder {
  readonly alive: boolean
}

interface SharedFolder {
  readonly flushed: Map<string, Uint8Array>
  readonly openBy: Map<string, Holder>
}

/** The three folders of a tablet in its OPFS; they outlive every page. */
export interface Disk {
  readonly journal: SharedFolder
  readonly identity: SharedFolder
  readonly drafts: SharedFolder
}

const emptyFolder = (): SharedFolder => ({ flushed: new Map(), openBy: new Map() })
export const newDisk = (): Disk => ({ journal: emptyFolder(), identity: emptyFolder(), drafts: emptyFolder() })

const copyOfFolder = ({ flushed }: SharedFolder): SharedFolder => ({ flushed: new Map(flushed), openBy: new Map() })
/** What has been flushed to a disk, on another. */
export const copyOfDisk = ({ journal, identity, drafts }: Disk): Disk => ({
  journal: copyOfFolder(journal),
  identity: copyOfFolder(identity),
  drafts: copyOfFolder(drafts),
})

export const eraseDisk = (disk: Disk): void => {
  for (const { flushed, openBy } of Object.values(disk) as SharedFolder[]) {
    flushed.clear()
    openBy.clear()
  }
}

/** A folder as one page sees it. `torn` is asked at each flush: how many bytes of it reach the disk before the page dies, or null. */
const folderFor = ({ flushed, openBy }: SharedFolder, page: Holder, torn: () => number | null): Folder => {
  const openFile = (name: string): File => {
    let bytes = flushed.get(name) ?? new Uint8Array()
    const alive = () => {
      if (!page.alive) throw new DOMException('its page has died', 'InvalidStateError')
    }
    return {
      size: () => bytes.length,
      read: () => bytes.slice(),
      write(more, at) {
        alive()
        const next = new Uint8Array(Math.max(bytes.length, at + more.length))
        next.set(bytes)
        next.set(more, at)
        bytes = next
      },
      truncate(size) {
        alive()
        const next = new Uint8Array(size)
        next.set(bytes.subarray(0, size))
        bytes = next
      },
      flush() {
        alive()
        const before = flushed.get(name)?.length ?? 0
        const cut = bytes.length > before ? torn() : null
        if (cut === null) flushed.set(name, bytes.slice())
        else flushed.set(name, bytes.slice(0, before + (cut % (bytes.length - before))))
        alive()
      },
      close() {
        if (openBy.get(name) === page) openBy.delete(name)
      },
    }
  }
  const isLocked = (name: string) => openBy.get(name)?.alive === true
  return {
    list: async () => [...flushed.keys()].sort(),
    async open(name, create) {
      if (isLocked(name)) return 'locked'
      if (!flushed.has(name)) {
        if (!create) return 'missing'
        flushed.set(name, new Uint8Array())
      }
      openBy.set(name, page)
      return openFile(name)
    },
    async remove(name) {
      if (!isLocked(name)) flushed.delete(name)
    },
  }
}

/**
 * The shipped journal over such folders. As in its worker, one call is done after the other; `pause` is awaited before and after each,
 * and never resolves for a page that has died.
 */
export const openDiskJournal = async (
  disk: Disk,
  page: Holder,
  pause: () => Promise<void>,
  torn: () => number | null,
): Promise<Journal> => {
  const never = () => null
  const segments = await openSegments(folderFor(disk.journal, page, torn))
  const files = {
    identity: keptFiles(folderFor(disk.identity, page, never)),
    drafts: keptFiles(folderFor(disk.drafts, page, never)),
  }
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      await pause()
      const result = await work()
      await pause()
      return result
    })
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    kind: 'opfs',
    isYoung: () => segments.isNew,
    append: (entries) => inTurn(() => segments.append(entries)),
    read: () => inTurn(() => segments.read()),
    closed: () => inTurn(() => segments.closed()),
    drop: (names) => inTurn(() => segments.remove(names)),
    erase: () =>
      inTurn(async () => {
        await segments.erase()
        for (const each of Object.values(files)) for (const key of await each.list()) await each.remove(key)
      }),
    put: (folder, key, bytes) => inTurn(() => files[folder].put(key, bytes)),
    get: (folder, key) => inTurn(() => files[folder].get(key)),
    list: (folder) => inTurn(() => files[folder].list()),
    remove: (folder, key) => inTurn(() => files[folder].remove(key)),
  }
}
