import type { Entry } from './frame.ts'
import journalWorker from './journal.worker.ts?worker&url'
import type { Call, CallName, JournalCalls, Reply } from './journal-messages.ts'
import type { Contents, Segment } from './segments.ts'
import { workerUrl } from './trusted.ts'
import type { Mirror } from './types.ts'

/** Bytes that are there as soon as the promise resolves, whatever happens to the browser afterwards (law 2). */
export interface Journal {
  readonly kind: 'opfs' | 'none'
  /**
   * Whether its files are so young that the system may not have written down their names yet, which no browser flushes: should the power fail
   * now, they could be gone with all that was flushed into them.
   */
  isYoung(): boolean
  /** Appends all entries and flushes once, before it resolves. Rejects with a `QuotaExceededError` when the tablet is full. */
  append(entries: readonly Entry[]): Promise<void>
  read(): Promise<Contents>
  closed(): Promise<readonly Segment[]>
  drop(names: readonly string[]): Promise<void>
  /** Deletes changes, identity and drafts: everything but what another tab is writing this moment. */
  erase(): Promise<void>
  put(folder: FolderName, key: string, bytes: Uint8Array): Promise<void>
  get(folder: FolderName, key: string): Promise<Uint8Array | null>
  list(folder: FolderName): Promise<readonly string[]>
  remove(folder: FolderName, key: string): Promise<void>
}
/** Longer than systems keep what was written to themselves: half a minute, as they come. */
const youngMs = 60_000

type FolderName = 'identity' | 'drafts'

/** Opens this tab's journal in OPFS; null where the browser has none, and IndexedDB alone must serve. */
export const openJournal = async (mirror: Mirror): Promise<Journal | null> => {
  if (!globalThis.navigator?.storage?.getDirectory || typeof Worker === 'undefined') return null
  try {
    const worker = new Worker(workerUrl(journalWorker), { type: 'module', name: 'journal' })
    // a page that the browser keeps for "back" would keep its files locked, too, against every page after it
    addEventListener('pagehide', () => worker.terminate())
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
    const ask = workerCalls(worker)
    const { isNew } = await ask('open')
    const age = ageOf(mirror, isNew)
    return {
      kind: 'opfs',
      isYoung: age.isYoung,
      append: async (entries) => void (await ask('append', entries)),
      read: () => ask('read'),
      closed: () => ask('closed'),
      drop: async (names) => void (await ask('drop', names)),
      async erase() {
        age.begin()
        await ask('erase')
      },
      put: async (folder, key, bytes) => void (await ask('put', folder, key, bytes)),
      get: (folder, key) => ask('get', folder, key),
      list: (folder) => ask('list', folder),
      remove: async (folder, key) => void (await ask('remove', folder, key)),
    }
  } catch {
    return null
  }
}

/**
 * How old the journal's files are. A page that is loaded again and a second tab must know that they are old, and only a page that has been open for
 * longer than files are young can tell: it notes it for all of them. A note that is lost costs a little time, and no clock is asked.
 */
const ageOf = (mirror: Mirror, isNew: boolean) => {
  let since = performance.now()
  const begin = () => {
    since = performance.now()
    mirror.set(agedKey, '')
  }
  if (isNew) begin()
  return {
    begin,
    isYoung: () => {
      const isNoted = Boolean(mirror.get(agedKey))
      const isOld = isNoted || performance.now() - since >= youngMs
      if (isOld && !isNoted) mirror.set(agedKey, 'yes')
      return !isOld
    },
  }
}
const agedKey = 'journal-aged'

type Ask = <K extends CallName>(name: K, ...parts: Parameters<JournalCalls[K]>) => Promise<ReturnType<JournalCalls[K]>>

const workerCalls = (worker: Worker): Ask => {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (cause: unknown) => void }>()
  let calls = 0
  let stopped = false
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('error' in data) asked?.reject(new DOMException(data.error.message, data.error.name))
    else asked?.resolve(data.value as never)
  })
  worker.addEventListener('error', () => {
    stopped = true
    for (const { reject } of waiting.values()) reject(hasStopped())
    waiting.clear()
  })
  return (name, ...parts) =>
    new Promise((resolve, reject) => {
      if (stopped) throw hasStopped()
      const id = ++calls
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, name, with: parts } satisfies Call)
    })
}

const hasStopped = () => new DOMException('the journal has stopped', 'AbortError')
