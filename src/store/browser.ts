import { jsonCodec } from './codec.ts'
import { BowonDatabase } from './database.ts'
import { openJournal } from './journal.ts'
import { breakOffOnLeaving } from './leaving.ts'
import type { Locks, Mirror, OpeningPorts } from './types.ts'

/** The browser's own clock, randomness, locks and storage. */
export const browserPorts = ({ sign }: Pick<OpeningPorts, 'sign'>) => {
  const database = new BowonDatabase('bowon')
  breakOffOnLeaving(database, globalThis)
  // both take their time to open: at once, and a fault of the database is told where it is awaited
  void database.open().catch(() => undefined)
  return {
    now: () => Date.now(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    journal: openJournal(localMirror),
    database,
    locks: navigator.locks ? webLocks : pageLocks(),
    mirror: localMirror,
    codec: jsonCodec,
    verify: verifyEd25519,
    sign,
  } satisfies OpeningPorts
}

const verifyEd25519 = async (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean> => {
  const key = await crypto.subtle.importKey('raw', publicKey as BufferSource, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, signature as BufferSource, message as BufferSource)
}

const webLocks: Locks = {
  exclusive: <T>(name: string, work: () => Promise<T>) => navigator.locks.request(name, work) as Promise<T>,
}

/** Without Web Locks (a page that is not served securely) only this page keeps its own order. */
export const pageLocks = (): Locks => {
  const last = new Map<string, Promise<unknown>>()
  return {
    exclusive(name, work) {
      const turn = (last.get(name) ?? Promise.resolve()).then(work)
      last.set(
        name,
        turn.catch(() => undefined),
      )
      return turn
    },
  }
}

const prefix = 'bowon.'

/** localStorage may be forbidden; then the other homes of the same facts must do. */
const localMirror: Mirror = {
  get(key) {
    try {
      return localStorage.getItem(prefix + key)
    } catch {
      return null
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(prefix + key, value)
    } catch {
      // said above: a mirror may forget
    }
  },
}
