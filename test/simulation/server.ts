import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { failures } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { ensureCourierKey } from '#server/log/courier-key.ts'
import type { OwnChange } from '#server/log/own.ts'
import { type ReceiptKey, receiptPurpose } from '#server/log/receipts.ts'
import { newQuotas } from '#server/people/quotas.ts'
import { hashOfSecret } from '#server/people/secret.ts'
import type { Reply } from '#src/sync/transport.ts'
import type { Program } from './program.ts'

type Row = Record<string, string | number | null>

/** The server's database, which serves many histories: each is a province of its own. */
export interface Machine {
  readonly store: Store
  rows(sql: string, ...values: (string | number)[]): Row[]
  end(): Promise<void>
}

/** In memory, where the system has a folder for that: a simulated crash never asks the disk. */
const memory = '/dev/shm'

export const openMachine = async (): Promise<Machine> => {
  const dataDir = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'bowon-simulation-'))
  const store = await openStore({ dataDir })
  const reading = new DatabaseSync(join(dataDir, 'bowon.sqlite'), { readOnly: true })
  const statements = new Map<string, StatementSync>()
  return {
    store,
    rows(sql, ...values) {
      const statement = statements.get(sql) ?? reading.prepare(sql)
      statements.set(sql, statement)
      return statement.all(...values) as Row[]
    },
    async end() {
      reading.close()
      await store.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** One key signs for every province: making a pair costs as much as several exchanges. */
const pair = generateKeyPairSync('ed25519')
const receiptKey: ReceiptKey = {
  id: 'key-of-the-simulation',
  public: createPublicKey(pair.privateKey).export({ format: 'jwk' }).x as string,
  private: pair.privateKey,
}

const tables = [
  'provinces',
  'keys',
  'epochs',
  'changes',
  'held',
  'records',
  'departures',
  'devices',
  'deliveries',
  'device_people',
  'reaches',
  'settings',
  'access_log',
] as const
const keyOf = (table: string) => (table === 'provinces' ? 'id' : 'province')

export type Tables = ReadonlyMap<string, readonly Row[]>

export interface Backup {
  readonly seq: number
  readonly rows: Tables
}

export interface Server {
  readonly machine: Machine
  readonly province: string
  readonly key: ReceiptKey
  program: Program
  epoch(): string
  head(): number
  chain(): string
  own(changes: readonly OwnChange[]): Promise<void>
  register(device: string, people: readonly string[]): Promise<void>
  prove(device: string, person: string): Promise<void>
  /** One exchange, as HTTP would carry it. `dies` breaks the transaction off before it is committed. */
  answer(device: string, body: string, options: { revoked: boolean; dies: boolean }): Promise<Reply>
  /** Makes the key that bundles are sealed to. */
  beCarriedTo(): Promise<void>
  /** What the carrier's tablet brings of another one. It takes real time. */
  bring(carrier: string, sealed: string): Promise<Reply>
  dropHeld(device: string, n: number): Promise<boolean>
  /** Why an administrator's word does not take it in; null when it does. */
  takeIn(device: string, n: number, administrator: string): Promise<string | null>
  revoke(device: string): Promise<void>
  /** Whether it went back, and nobody has gone through who may act. */
  isInDoubt(): boolean
  /** An administrator has; answers how much counts that had waited for that. */
  endDoubt(): Promise<number>
  /** The operator says that this log stands in the place of that of another epoch. */
  declareOver(epoch: string): Promise<void>
  backUp(isVerified: boolean): Promise<Backup>
  /** Puts a backup in the place of everything; `epoch` is the new one, null when somebody just copied the file back. */
  restore(backup: Backup, epoch: string | null): Promise<void>
  standing(staff: string): Promise<ReturnType<Program['standingOf']>>
  /** Every row of the province. */
  everything(): Tables
  /** A later version of the program serves from now on. */
  upgrade(to: Program): Promise<void>
  /** Deletes the province. */
  end(): Promise<void>
}

/** What proves a tablet: known to whoever has it in hand. */
export const credentialOf = (device: string): string =>
  createHash('sha256').update(`credential of ${device}`).digest('base64url')

const secret = 'of the simulation'

const times = { created_at: 0, seen_at: 0, revoked_at: null, last_n: 0, last_stamp: 0 }

/** The simulation never opens the key from the database. */
const sealedElsewhere = { wrapped: '', endorsed_by: null, endorsement: null, created_at: 0 }

/** A province in which nothing has happened. */
export const emptyProvince = (province: string, epoch: string, ownDevice: string): Tables => {
  const head = { seq: 0, chain: '', backup_seq: 0, id_key: 'AA', created_at: 0 }
  return new Map<string, readonly Row[]>([
    ['provinces', [{ id: province, name: 'จังหวัดสมมติ', sample: 1, epoch, ...head }]],
    ['keys', [{ province, id: receiptKey.id, purpose: receiptPurpose, public: receiptKey.public, ...sealedElsewhere }]],
    ['epochs', [{ province, epoch, ordinal: 1, begins_after: 0, begun_at: 0 }]],
    ['settings', [{ province, name: 'own-device', value: ownDevice }]],
    ['devices', [{ province, id: ownDevice, name: 'Bowon', credential: '', ...times }]],
  ])
}

export const beginServer = async (
  machine: Machine,
  program: Program,
  {
    province,
    begun,
    now,
    pause,
  }: {
    readonly province: string
    /** What the database holds at first. */
    readonly begun: Tables
    readonly now: () => number
    readonly pause: () => Promise<void>
  },
): Promise<Server> => {
  const { store } = machine
  const paced = unhurried(store, pause)
  let serving = 0
  const idle = async () => {
    while (serving > 0) await pause()
  }
  const fill = async (db: Store['db'], all: Tables) => {
    for (const [table, rows] of all) {
      if (rows.length === 0) continue
      await db
        .insertInto(table as 'changes')
        .values(rows as never)
        .execute()
    }
  }
  const clear = async (db: Store['db'], some: readonly string[]) => {
    for (const table of some) {
      await db
        .deleteFrom(table as 'changes')
        .where(keyOf(table) as 'province', '=', province)
        .execute()
    }
  }
  const rowsOf = (some: readonly string[]): Tables =>
    new Map(some.map((table) => [table, machine.rows(`select * from ${table} where ${keyOf(table)} = ?`, province)]))
  await store.transaction(({ db }) => fill(db, begun))
  const headRow = () => machine.rows('select seq, epoch, chain from provinces where id = ?', province)[0]!

  const server: Server = {
    machine,
    province,
    key: receiptKey,
    program,
    epoch: () => headRow().epoch as string,
    head: () => headRow().seq as number,
    chain: () => headRow().chain as string,
    own: (changes) => store.transaction((tx) => server.program.appendOwn(tx, { province, now: now() }, changes)),
    async register(device, people) {
      await store.transaction(({ db }) =>
        db
          .insertInto('devices')
          .values({ province, id: device, name: 'แท็บเล็ต', credential: hashOfSecret(credentialOf(device)), ...times })
          .execute(),
      )
      for (const one of people) await server.prove(device, one)
    },
    async prove(device, staff) {
      await store.transaction(({ db }) =>
        db.insertInto('device_people').values({ province, device, staff, proven_at: 0 }).execute(),
      )
    },
    async standing(staff) {
      const [row] = await store.hot.findRecords(province, [staff])
      return server.program.standingOf(server.program.view(JSON.parse(row!.body)))
    },
    async answer(device, body, { revoked, dies }) {
      const [first, ...lines] = body.split('\n')
      const header = server.program.syncHeader.parse(JSON.parse(first!))
      const reader = header.person && !revoked ? await server.standing(header.person) : null
      const facts = { province, device, reader, now: now(), key: receiptKey, isRevoked: revoked }
      serving++
      try {
        const done = await server.program.exchange(dies ? mortal(store) : paced, facts, header, lines)
        if (done.ok) return { status: 200, text: done.value.toString() }
        return { status: failures[done.failure.code].status, text: JSON.stringify({ failure: done.failure }) }
      } catch (cause) {
        if (!(cause instanceof Killed)) throw cause
        return { status: 502, text: 'Bad Gateway' }
      } finally {
        serving--
      }
    },
    beCarriedTo: () => ensureCourierKey(store, { province, receiptKey, secret, now: now() }),
    async bring(carrier, sealed) {
      const here = { id: province, name: '', sample: true, epoch: server.epoch(), idKey: '' }
      const call = { province: here, now: now(), random: noChance, session: null, person: null }
      const authorization = `Device ${carrier}.${credentialOf(carrier)}`
      const open = { store, province: here, receiptKey }
      serving++
      try {
        const done = await server.program.deliver({ open, call, secret, authorization, quotas: newQuotas() }, sealed)
        if (done.ok) return { status: 200, text: JSON.stringify(done.value.body) }
        return { status: failures[done.failure.code].status, text: JSON.stringify({ failure: done.failure }) }
      } finally {
        serving--
      }
    },
    dropHeld: (device, n) =>
      store.transaction((tx) => server.program.dropHeld(tx, { province, device, now: now() }, n)),
    async takeIn(device, n, administrator) {
      const at = { province, device, now: now() }
      const done = await store.transaction((tx) => server.program.takeInHeld(tx, at, [n], administrator))
      return done?.taken.includes(n) ? null : (done?.refused[0]?.code ?? 'not-found')
    },
    async revoke(device) {
      await store.transaction(({ db }) =>
        db
          .updateTable('devices')
          .set({ revoked_at: now() })
          .where('province', '=', province)
          .where('id', '=', device)
          .execute(),
      )
    },
    isInDoubt: () => machine.rows('select doubt from provinces where id = ?', province)[0]!.doubt !== null,
    endDoubt: () => store.transaction((tx) => server.program.endDoubt(tx, { province, now: now() })),
    declareOver: (epoch) => store.transaction((tx) => server.program.declareOver(tx, { province, epoch, now: now() })),
    async backUp(isVerified) {
      const rows = rowsOf(tables)
      const seq = server.head()
      if (isVerified) {
        await store.transaction(({ db }) =>
          db.updateTable('provinces').set({ backup_seq: seq }).where('id', '=', province).execute(),
        )
      }
      return { seq, rows }
    },
    async upgrade(to) {
      await idle()
      await server.program.learnKinds(store, now())
      server.program = to
      await to.learnKinds(store, now())
    },
    everything: () => rowsOf(tables),
    end: () => store.transaction(({ db }) => clear(db, tables)),
    async restore(backup, next) {
      await idle()
      await store.transaction(async ({ db }) => {
        await clear(db, tables)
        await fill(db, backup.rows)
        if (next === null) return
        const ordinal = backup.rows.get('epochs')!.length + 1
        const row = { province, epoch: next, ordinal, begins_after: backup.seq, begun_at: now() }
        await db.insertInto('epochs').values(row).execute()
        await db
          .updateTable('provinces')
          .set({ epoch: next, backup_seq: backup.seq, doubt: JSON.stringify({ since: now(), cause: 'restored' }) })
          .where('id', '=', province)
          .execute()
      })
      if (next !== null) await server.program.refold(store, province)
      await server.program.learnKinds(store, now())
    },
  }
  return server
}

/** Nothing that a courier brings is left to chance. */
const noChance = (): never => {
  throw new Error('There is no chance here.')
}

/** Other requests come in between a commit and what the same request reads afterwards. */
const unhurried = (store: Store, pause: () => Promise<void>): Store => ({
  ...store,
  async transaction(work) {
    const result = await store.transaction(work)
    await pause()
    return result
  },
})

class Killed extends Error {}

/** A server that is killed in the middle of its next transaction. */
const mortal = (store: Store): Store => ({
  ...store,
  transaction: (work) =>
    store.transaction(async (tx) => {
      await work(tx)
      throw new Killed()
    }),
})

/** A change that the province's administrator makes at the desk. */
export const ownChange = (
  author: string,
  kind: string,
  record: string,
  set: OwnChange['set'],
  at: number,
): OwnChange => ({
  author: author as RecordId,
  kind,
  record: record as RecordId,
  set,
  at,
})
