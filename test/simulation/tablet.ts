import { createHash } from 'node:crypto'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Store } from '#src/store/store.ts'
import type { Edit, Mirror, StorePorts } from '#src/store/types.ts'
import type { Trigger } from '#src/sync/schedule.ts'
import type { ChannelMessage, Sync } from '#src/sync/sync.ts'
import type { Transport } from '#src/sync/transport.ts'
import type { TestKey } from '#test/support/signing.ts'
import type { Chance } from './chance.ts'
import { type Disk, openDiskJournal } from './disk.ts'
import { type TabletLocks, tabletLocks } from './locks.ts'
import type { Program } from './program.ts'
import type { Time } from './time.ts'
import type { Sight } from './witness.ts'

// live queries do nothing where Dexie finds no IndexedDB at all
Dexie.dependencies.indexedDB = new IDBFactory()

/** One tab of the browser. Nothing that it does counts once it has died. */
export interface Page {
  alive: boolean
  readonly number: number
  readonly program: Program
  readonly leaving: EventTarget
  /** Null until the store has opened. */
  store: Store | null
  sync: Sync | null
  ask(trigger: Trigger): void
  hear(message: ChannelMessage): void
  /** Lets go of whatever listens. */
  end(): void
}

/** What lies in a tablet when no page is open. */
export interface KeptTablet {
  readonly name: string
  readonly disk: Disk
  factory: IDBFactory
  mirror: Map<string, string>
  device: string
  /** Members of staff who have signed in on it. */
  people: readonly string[]
  /** Signing keys of those of them who hold a guarded role; always open here. */
  readonly keys: Map<string, TestKey>
}

/** A tablet: what outlives its pages, and the pages. */
export interface Tablet extends KeptTablet {
  readonly number: number
  readonly chance: Chance
  readonly locks: TabletLocks
  readonly pages: (Page | null)[]
  /** How wrong its clock is, in milliseconds. */
  skew: number
  /** Set when the next flush is to be torn: bytes that still reach the disk. */
  tear: number | null
  weather: Weather
  revoked: boolean
  /** The newest life of the server that it can have learnt of. */
  learned: number
  /** False from an erasure until a page has opened. */
  isWhole: boolean
  hasLostJournal: boolean
  /** Who has read, and up to which head of the log: of what was asked since this map was begun. */
  answered: Map<string, string>
  /** What somebody last tried to save on it. */
  lastForms: readonly Form[] | null
}

/** What a person saves, and what they had before them when they began. */
export interface Form {
  readonly edit: Edit
  readonly saw: Sight
}

/** What the line does to an exchange. */
export const weathers = [
  'fair',
  /** The request never arrives. */
  'no-network',
  /** The server does its work, and the answer is lost. */
  'answer-lost',
  /** The page hears nothing; the request reaches the server much later. */
  'strayed',
  /** The request arrives twice, the second time much later. */
  'twice',
  /** The answer takes a while. */
  'slow',
  /** A hotel's sign-in page answers in the server's place. */
  'portal',
  /** Something in between says in the server's name that all is safe, and stores nothing. */
  'liar',
  /** The answer is cut off. */
  'cut',
  /** The server is killed before it commits. */
  'killed',
  /** The server asks to be left alone for a while. */
  'busy',
] as const
export type Weather = (typeof weathers)[number]

export const newTablet = (time: Time, chance: Chance, number: number, kept: KeptTablet, pages: number): Tablet => ({
  ...kept,
  number,
  chance,
  locks: tabletLocks(time.soon),
  pages: Array.from({ length: pages }, () => null),
  skew: 0,
  tear: null,
  weather: 'fair',
  revoked: false,
  learned: 0,
  isWhole: true,
  hasLostJournal: false,
  answered: new Map(),
  lastForms: null,
})

export interface Surroundings {
  readonly time: Time
  /** The wall clock of a tablet, in milliseconds. */
  clock(tablet: Tablet): number
  readonly builtAt: number
  transport(tablet: Tablet, page: Page): Transport
  opened(tablet: Tablet, page: Page): void
  /** The page must die before this returns. */
  torn(tablet: Tablet, page: Page): void
  failed(tablet: Tablet, page: Page, cause: unknown): void
}

/** Opens a page on the tablet: the shipped store and the shipped sync, with the simulation's ports. */
export const openPage = (around: Surroundings, tablet: Tablet, number: number, program: Program): Page => {
  const page: Page = {
    alive: true,
    number,
    program,
    leaving: new EventTarget(),
    store: null,
    sync: null,
    ask: () => {},
    hear: () => {},
    end: () => {},
  }
  tablet.pages[number] = page
  start(around, tablet, page).catch((cause) => page.alive && around.failed(tablet, page, cause))
  return page
}

/** The page dies this moment, wherever it is: its memory is gone, its transactions are broken off, its locks are free. */
export const killPage = (tablet: Tablet, page: Page): void => {
  if (!page.alive) return
  page.alive = false
  if (tablet.pages[page.number] === page) tablet.pages[page.number] = null
  page.leaving.dispatchEvent(new Event('pagehide'))
  page.end()
  page.sync?.stop()
  page.store?.close()
  tablet.locks.freeDead()
}

const start = async (around: Surroundings, tablet: Tablet, page: Page): Promise<void> => {
  const { program } = page
  const { time } = around
  const ports = await portsFor(around, tablet, page)
  page.end = () => ports.database.close()
  const store = await program.openStore(ports)
  if (!page.alive) return store.close()
  page.store = store
  page.sync = program.startSync({
    store,
    transport: around.transport(tablet, page),
    verify: ports.verify,
    lock: tablet.locks.forPage(page),
    channel: {
      post(message) {
        for (const other of tablet.pages) {
          if (other && other !== page) time.soon(() => other.alive && page.alive && other.hear(message))
        }
      },
      listen(hear) {
        page.hear = hear
      },
    },
    timers: { after: (ms, run) => time.after(ms, () => page.alive && run()) },
    now: ports.now,
    monotonic: time.now,
    random: () => tablet.chance.next(),
    builtAt: around.builtAt,
    triggers(ask) {
      page.ask = ask
      return () => {}
    },
  })
  around.opened(tablet, page)
}

const portsFor = async (around: Surroundings, tablet: Tablet, page: Page): Promise<StorePorts> => {
  const { time } = around
  const { chance } = tablet
  /** Resolves as a task of its own, now or in a moment; never for a page that has died. */
  const pause = () =>
    new Promise<void>((resolve) => {
      const goOn = () => page.alive && resolve()
      if (chance.happens(0.2)) time.after(1 + chance.below(20), goOn)
      else time.soon(goOn)
    })
  const torn = () => {
    const { tear } = tablet
    if (tear === null) return null
    tablet.tear = null
    around.torn(tablet, page)
    return tear
  }
  const database = new page.program.BowonDatabase(`bowon-${tablet.name}`, { indexedDB: tablet.factory, IDBKeyRange })
  page.program.breakOffOnLeaving(database, page.leaving)
  return {
    now: () => around.clock(tablet),
    random: (length) => chance.bytes(length),
    wait: (ms) => new Promise((resolve) => void time.after(ms, () => page.alive && resolve())),
    journal: await openDiskJournal(tablet.disk, page, pause, torn),
    database,
    locks: tablet.locks.forPage(page),
    mirror: mirrorFor(tablet, page),
    codec: page.program.jsonCodec,
    verify,
    sign: async (person, text) => {
      const key = tablet.keys.get(person)
      return key ? { key: key.id, signature: key.signText(text) } : null
    },
  }
}

const mirrorFor = (tablet: Tablet, page: Page): Mirror => ({
  get: (key) => tablet.mirror.get(key) ?? null,
  set(key, value) {
    if (page.alive) tablet.mirror.set(key, value)
  },
})

/** The other half of `quickSeal`. */
const verify: StorePorts['verify'] = async (publicKey, signature, message) =>
  createHash('sha256').update(Buffer.from(publicKey).toString('base64url')).update(message).digest().equals(signature)
