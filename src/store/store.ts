import { computed, effect, type Signal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import type { Change } from '#domain/change.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { DeviceId, RecordId } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import type { Alters } from './alters.ts'
import { type Core, newMemory, type Reader } from './core.ts'
import type { AttentionRow } from './database.ts'
import { draft, draftKeys } from './drafts.ts'
import { exchangeOf } from './exchange.ts'
import { heldChanges } from './held.ts'
import { storedIdentity } from './identity.ts'
import type { Identity } from './identity-types.ts'
import { late } from './late.ts'
import { openPeople, type People } from './people.ts'
import { findRecord, findRecords } from './query.ts'
import { persist } from './rows.ts'
import { saveAll, settled } from './save.ts'
import { makeWhole, recall, recogniseTablet } from './start.ts'
import type {
  Counts,
  Draft,
  Edit,
  Exchange,
  HeldChange,
  OpeningPorts,
  Reading,
  RecordView,
  Recovered,
  Saved,
  SaveResult,
  StorePorts,
  Where,
  Whereabouts,
} from './types.ts'
import { remembered, watched } from './watch.ts'
import { nowhere, whereabouts } from './whereabouts.ts'

/**
 * The tablet's store. A screen reads it and saves edits to it; it never waits for the network.
 *
 *   const store = await openStore(await browserPorts())
 *   const sessions = store.live(trainingSession, { from: '2026-11-01' })      // signal: null at first, then views
 *   const one = await store.record<typeof trainingSession>(id)                // view or null
 *   const saved = await store.save({ kind: 'training-session', record: newId(random), base: null, set, author, key: draftId })
 *   if (!saved.ok) show(saved.failure.failure, saved.failure.fields)
 *   await store.save({ kind, record: one.id, base: one.base, set: onlyWhatWasAltered, author })
 *
 * "Saved" means that the change is flushed to the journal (law 2). Lists and records follow by themselves a moment later; `record` and
 * `records` wait for that moment.
 */
export interface Store {
  /** `none`: the browser has no OPFS, work lies in IndexedDB alone and the screen must say that this is less safe. */
  readonly journalKind: 'opfs' | 'none'
  readonly people: People
  /** Set once at start when the browser had erased IndexedDB and the journal brought the changes back. */
  readonly recovered: Signal<Recovered | null>
  /** Greatest number that was ever given to a change here. */
  lastN(): number
  /** True when a newer version of the program has taken over: ask for a reload, drafts are kept. */
  readonly outdated: Reading<boolean>
  readonly counts: Reading<Counts>
  readonly whereabouts: Reading<Whereabouts>

  save(edit: Edit): SaveResult<Saved>
  /** Several changes in one flush: all or none. */
  saveAll(edits: readonly Edit[]): SaveResult<readonly Saved[]>

  record<K extends AnyRecordKind = AnyRecordKind>(id: RecordId): Promise<RecordView<Values<K>> | null>
  records<K extends AnyRecordKind>(kind: K, where?: Where): Promise<readonly RecordView<Values<K>>[]>
  /** Null until the first answer. The same question gives the same signal; it follows only while somebody looks at it. */
  live<K extends AnyRecordKind>(kind: K, where?: Where): Reading<readonly RecordView<Values<K>>[] | null>
  /** Undefined until the first answer, null when there is no such record here. */
  liveRecord<K extends AnyRecordKind = AnyRecordKind>(id: RecordId): Reading<RecordView<Values<K>> | null | undefined>
  /** Changes of this device that the server holds back. Mend one by saving a corrected edit with `replaces: n`. */
  readonly held: Reading<readonly HeldChange[]>
  /** Its author signs a line that is held for want of their signature; `locked` when their key is not open here. */
  signHeld(n: number): Promise<Result<void, Failure>>
  /** What a change that does not count would alter in the record as it is here; it may be another device's. */
  alters(change: Pick<Change, 'n' | 'author' | 'record' | 'kind' | 'v' | 'set'>, device: DeviceId): Promise<Alters>

  draft<T>(key: string): Draft<T>
  draftKeys(): Promise<readonly string[]>
  /** What a draft of this key has become; null when it was never saved, or nothing of that stands. */
  savedAs(key: string): Promise<Change | null>

  /** For `review-index.ts`, which keeps an index of its own. */
  readonly core: Core
  /** For the exchange with the server alone. */
  readonly exchange: Exchange
  /** Deletes everything of this tablet, as a revoked one must once it has handed over its work; false, and nothing goes, before it has. */
  wipe(): Promise<boolean>
  close(): void
}

/** Questions that the first screen will ask: they are asked while the journal opens, and have their answers when the store is there. */
export type Soon = readonly (readonly [kind: AnyRecordKind, where: Where])[]

export const openStore = async (opening: OpeningPorts, soon: Soon = []): Promise<Store> => {
  const { database } = opening
  const outdated = signal(false)
  database.on('versionchange', () => {
    outdated.value = true
    database.close()
    return false
  })
  await database.open()
  const reader: Reader = { database, codec: opening.codec, memory: newMemory() }
  const recalled = await recall({ ...reader, mirror: opening.mirror })
  const lists = remembered<readonly RecordView[] | null>()
  const live = (kind: AnyRecordKind, where: Where) =>
    lists(`${kind.kind} ${JSON.stringify(where)}`, () =>
      watched<readonly RecordView[] | null>(null, () => findRecords(reader, kind, where)),
    )
  const answered =
    soon.length > 0 &&
    answers(
      soon.map(([kind, where]) => live(kind, where)),
      opening.wait,
    )
  const ports = { ...opening, journal: await opening.journal }
  const started = await recogniseTablet(ports)
  const identity = signal<Identity>(started.identity)
  let closed = false
  const core: Core = {
    ...ports,
    ...reader,
    identity: () => identity.peek(),
    mayReopen: () => !closed && !outdated.peek(),
  }
  const recovered = signal(await makeWhole(core, started, recalled))

  const people = openPeople(core, identity)
  const following = liveQuery(() => storedIdentity(core)).subscribe({
    next: (stored) => stored && people.heard(stored),
  })
  const single = remembered<RecordView | null | undefined>()
  const counted = watched(nothingCounted, () => countRows(core))
  if (answered) await Promise.race([answered, core.wait(patience)])

  return {
    core,
    journalKind: ports.journal?.kind ?? 'none',
    people,
    lastN: () => core.memory.lastN,
    recovered,
    outdated,
    counts: computed(() => {
      const { outbox, safe, held, attention, brought } = counted.value
      // what a failing IndexedDB has not taken in counts, also where another tab has brought in a later one
      const waiting = outbox + Math.max(core.memory.behind.size, core.memory.savedN.value - brought)
      const me = people.current.value?.id
      const questions = attention.filter(({ why, to }) => why === 'question' && (to === undefined || to === me)).length
      return { waiting, safe, held, conflicts: attention.filter(({ why }) => why === 'conflict').length, questions }
    }),
    async save(edit) {
      const saved = await saveAll(core, [edit])
      return saved.ok ? ok(saved.value[0]!) : fail(saved.failure)
    },
    saveAll: (edits) => saveAll(core, edits),
    async record(id) {
      await settled(core)
      return persist(core, () => findRecord(core, id))
    },
    async records(kind, where = {}) {
      await settled(core)
      return persist(core, () => findRecords(core, kind, where))
    },
    live: <K extends AnyRecordKind>(kind: K, where: Where = {}) =>
      live(kind, where) as Reading<readonly RecordView<Values<K>>[] | null>,
    liveRecord: <K extends AnyRecordKind>(id: RecordId) =>
      single(id, () => watched<RecordView | null | undefined>(undefined, () => findRecord(core, id))) as Reading<
        RecordView<Values<K>> | null | undefined
      >,
    whereabouts: watched(nowhere, () => whereabouts(core)),
    held: watched<readonly HeldChange[]>([], () => heldChanges(core)),
    alters: async (change, device) => (await late()).altersOf(core, change, device),
    signHeld: async (n) => (await late()).signHeld(core, n),
    draft: (key) => draft(core, key),
    draftKeys: () => draftKeys(core),
    savedAs: async (key) => (await late()).savedAs(core, key),
    exchange: exchangeOf(core, people.replace),
    wipe: () => people.forget(),
    close() {
      closed = true
      following.unsubscribe()
      database.close()
    },
  }
}

/** Longest that a first screen waits for its answers before it shows itself without them, in milliseconds. */
const patience = 300

/** Resolves when all of them have their first answer. They go on being followed for a moment, until the screen follows them itself. */
const answers = (all: readonly Reading<unknown>[], wait: StorePorts['wait']): Promise<void> =>
  new Promise((resolve) => {
    const stop = effect(() => {
      if (all.some(({ value }) => value === null)) return
      resolve()
      void wait(1000).then(() => stop())
    })
  })

interface Counted {
  readonly outbox: number
  readonly safe: number
  readonly held: number
  readonly attention: readonly AttentionRow[]
  /** Greatest `n` of a save that had come into IndexedDB when this was counted. An answer may tell `lastN` before that. */
  readonly brought: number
}

const nothingCounted: Counted = { outbox: 0, safe: 0, held: 0, attention: [], brought: 0 }

const countRows = ({ database }: Core): Promise<Counted> =>
  database.transaction('r', ['outbox', 'acked', 'held', 'attention', 'meta'], async () => ({
    outbox: await database.outbox.count(),
    safe: await database.acked.count(),
    held: await database.held.count(),
    attention: await database.attention.toArray(),
    brought: ((await database.meta.get('brought'))?.value ?? 0) as number,
  }))
