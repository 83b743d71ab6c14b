import { type Signal, signal } from '@preact/signals'
import type { Base, Change } from '#domain/change.ts'
import type { Identity } from './identity-types.ts'
import type { EntryBody } from './rows.ts'
import type { RecordView, StorePorts } from './types.ts'

/** What the parts of one tab's store share. */
export interface Core extends StorePorts {
  /** The latest known identity; `people.ts` alone replaces it. */
  identity(): Identity
  readonly memory: Memory
  /** False once a later version of the program needs this tab to stop, or the tab itself has stopped. */
  mayReopen(): boolean
}

/** All that reading needs. */
export type Reader = Pick<Core, 'database' | 'codec' | 'memory'>

/** What this tab knows even when IndexedDB does not answer. */
export interface Memory {
  /** Greatest `n` ever given here. */
  lastN: number
  /** Last server time seen, in milliseconds. */
  seen: number
  /** The province's present epoch, as far as this tablet knows. */
  epoch: string
  /** Greatest `n` that this tab has saved: until the counts have heard of it, nothing may look safe. */
  readonly savedN: Signal<number>
  /** Journalled, not yet in IndexedDB. */
  readonly behind: Map<number, EntryBody>
  readonly bases: Map<string, Base | null>
  /** By the key of a draft, the change that it became last. */
  readonly keys: Map<string, Change>
  /** When this tab last read the whole journal, in milliseconds. */
  replayedAt: number
  /** What was read last of a record, with the bytes that it came from. */
  readonly views: Map<string, { readonly epoch: string; readonly bytes: Uint8Array; readonly view: RecordView }>
}

export const newMemory = (): Memory => ({
  lastN: 0,
  seen: 0,
  epoch: '',
  savedN: signal(0),
  behind: new Map(),
  bases: new Map(),
  keys: new Map(),
  replayedAt: 0,
  views: new Map(),
})

/** Whoever changes rows reads, folds and writes under this lock, because sealing is asynchronous and no transaction would wait for it. */
export const alone = <T>(core: Core, work: () => Promise<T>): Promise<T> => core.locks.exclusive('bowon-rows', work)
