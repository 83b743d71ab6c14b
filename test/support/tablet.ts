import { verify as verifySignature } from 'node:crypto'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { StaffId } from '#domain/kernel/id.ts'
import { pageLocks } from '#src/store/browser.ts'
import { jsonCodec } from '#src/store/codec.ts'
import { BowonDatabase } from '#src/store/database.ts'
import { openStore, type Store } from '#src/store/store.ts'
import type { Mirror, StorePorts } from '#src/store/types.ts'
import { type MemoryDisk, memoryDisk, memoryJournal } from './memory-journal.ts'
import type { TestKey } from './signing.ts'

// live queries do nothing where Dexie finds no IndexedDB at all
Dexie.dependencies.indexedDB = new IDBFactory()

/** A tablet's storage, which outlives the pages that are opened on it, and a clock that only the test turns. */
export interface Tablet {
  readonly disk: MemoryDisk
  now: number
  /** Keys that are open in its pages. */
  readonly keys: Map<StaffId, TestKey>
  open(overrides?: Partial<StorePorts>): Promise<Store>
  ports(): Promise<StorePorts>
  /** Another tablet with everything that lies on this one, as an image of its storage would give. */
  copy(seed: number): Promise<Tablet>
  /** The browser erases IndexedDB and localStorage, as Chromium does with a database that it finds corrupt. */
  eraseDatabase(): void
}

export const makeTablet = (options: { seed?: number; journal?: boolean } = {}): Tablet =>
  tabletOf(options, { disk: memoryDisk(), factory: new IDBFactory(), mirror: memoryMirror() })

interface Storage {
  readonly disk: MemoryDisk
  readonly factory: IDBFactory
  readonly mirror: MemoryMirror
}

const tabletOf = (options: { seed?: number; journal?: boolean }, storage: Storage): Tablet => {
  const { disk } = storage
  const locks = pageLocks()
  let { factory, mirror } = storage
  let counter = (options.seed ?? 1) * 1_000_003
  const nextByte = () => {
    counter = (Math.imul(counter, 1_103_515_245) + 12_345) & 0x7fffffff
    return counter >> 16
  }
  const tablet: Tablet = {
    disk,
    now: Date.UTC(2026, 10, 23, 2, 0, 0),
    keys: new Map(),
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
        sign: async (person, text) => {
          const key = tablet.keys.get(person)
          return key ? { key: key.id, signature: key.signText(text) } : null
        },
      }
    },
    open: async (overrides = {}) => openStore({ ...(await tablet.ports()), ...overrides }),
    async copy(seed) {
      const twin = { disk: memoryDisk(), factory: await copyDatabase(factory), mirror: memoryMirror(mirror.values) }
      for (const name of ['journal', 'identity', 'drafts'] as const)
        for (const [file, bytes] of disk[name].flushed) twin.disk[name].flushed.set(file, bytes.slice())
      const copied = tabletOf({ ...options, seed }, twin)
      copied.now = tablet.now
      for (const [person, key] of tablet.keys) copied.keys.set(person, key)
      return copied
    },
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

const copyDatabase = async (from: IDBFactory): Promise<IDBFactory> => {
  const to = new IDBFactory()
  const [source, target] = [from, to].map((indexedDB) => new BowonDatabase('bowon', { indexedDB, IDBKeyRange })) as [
    BowonDatabase,
    BowonDatabase,
  ]
  await Promise.all([source.open(), target.open()])
  for (const { name } of source.tables) await target.table(name).bulkPut(await source.table(name).toArray())
  source.close()
  target.close()
  return to
}

interface MemoryMirror extends Mirror {
  readonly values: ReadonlyMap<string, string>
}

const memoryMirror = (known: ReadonlyMap<string, string> = new Map()): MemoryMirror => {
  const values = new Map(known)
  return { values, get: (key) => values.get(key) ?? null, set: (key, value) => void values.set(key, value) }
}
