import { verify as verifySignature } from 'node:crypto'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { pageLocks } from '#src/store/browser.ts'
import { jsonCodec } from '#src/store/codec.ts'
import { BowonDatabase } from '#src/store/database.ts'
import { openStore, type Store } from '#src/store/store.ts'
import type { Mirror, StorePorts } from '#src/store/types.ts'
import { type MemoryDisk, memoryDisk, memoryJournal } from './memory-journal.ts'

// live queries do nothing where Dexie finds no IndexedDB at all
Dexie.dependencies.indexedDB = new IDBFactory()

/** A tablet's storage, which outlives the pages that are opened on it, and a clock that only the test turns. */
export interface Tablet {
  readonly disk: MemoryDisk
  now: number
  open(overrides?: Partial<StorePorts>): Promise<Store>
  ports(): Promise<StorePorts>
  /** The browser erases IndexedDB and localStorage, as Chromium does with a database that it finds corrupt. */
  eraseDatabase(): void
}

export const makeTablet = (options: { seed?: number; journal?: boolean } = {}): Tablet => {
  const disk = memoryDisk()
  const locks = pageLocks()
  let factory = new IDBFactory()
  let mirror = memoryMirror()
  let counter = (options.seed ?? 1) * 1_000_003
  const nextByte = () => {
    counter = (Math.imul(counter, 1_103_515_245) + 12_345) & 0x7fffffff
    return counter >> 16
  }
  const tablet: Tablet = {
    disk,
    now: Date.UTC(2026, 10, 23, 2, 0, 0),
    async ports() {
      return {
        now: () => tablet.now,
        random: (length) => Uint8Array.from({ length }, nextByte),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        journal: options.journal === false ? null : await memoryJournal(disk),
        database: new BowonDatabase('bowon', { indexedDB: factory, IDBKeyRange }),
        locks,
        mirror,
        codec: jsonCodec,
        verify,
      }
    },
    open: async (overrides = {}) => openStore({ ...(await tablet.ports()), ...overrides }),
    eraseDatabase() {
      factory = new IDBFactory()
      mirror = memoryMirror()
    },
  }
  return tablet
}

export const verify: StorePorts['verify'] = async (publicKey, signature, message) => {
  const key = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }
  return verifySignature(null, message, { key, format: 'jwk' }, signature)
}

const memoryMirror = (): Mirror => {
  const values = new Map<string, string>()
  return { get: (key) => values.get(key) ?? null, set: (key, value) => void values.set(key, value) }
}
