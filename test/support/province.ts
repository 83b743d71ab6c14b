import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Change, changeDigest, changeLine, type FieldSet, readChange } from '#domain/change.ts'
import { type DeviceId, newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { RecordState } from '#domain/merge.ts'
import { type Cursor, cursorSchema, type Head, type SyncAnswer, type SyncHeader } from '#domain/protocol.ts'
import { signedReceipt } from '#domain/receipt.ts'
import { isGuarded, type Role } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { view } from '#domain/view.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { exchange } from '#server/log/exchange.ts'
import { appendOwn } from '#server/log/own.ts'
import { makeReceiptKey, type ReceiptKey, verifyReceipt } from '#server/log/receipts.ts'
import { provePerson } from '#server/people/device-people.ts'
import { on } from '#test/support/on.ts'
import { registeredKey } from './signing.ts'

export const secret = 'a secret of the test'

/** A store of its own in a temporary folder, or in the given PostgreSQL database. */
export const temporaryStore = async (databaseUrl?: string) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bowon-store-'))
  const options = { dataDir, ...(databaseUrl && { databaseUrl }) }
  const open = () => openStore(options)
  let store = await open()
  return {
    options,
    get store() {
      return store
    },
    reopen: async () => {
      await store.close()
      store = await open()
    },
    end: async () => {
      await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export const makeId = <T extends RecordId | DeviceId = RecordId>(): T => newId<T>(randomBytes)

/** A province with people and places that are plainly invented, and a clock that the test sets. */
export const beginProvince = async (store: Store) => {
  const id = makeId() as string
  const epoch = makeId() as string
  const admin = makeId()
  const clock = { now: Date.UTC(2026, 10, 2, 3) }
  const key = await store.transaction(async (tx) => {
    await tx.db
      .insertInto('provinces')
      .values({
        id,
        name: 'จังหวัดสมมติ',
        sample: 1,
        seq: 0,
        chain: '',
        epoch,
        backup_seq: 0,
        id_key: 'AA',
        created_at: clock.now,
      })
      .execute()
    await tx.db
      .insertInto('epochs')
      .values({ province: id, epoch, ordinal: 1, begins_after: 0, begun_at: clock.now })
      .execute()
    return makeReceiptKey(tx, { province: id, secret, now: clock.now })
  })
  const own = (kind: string, set: FieldSet, record: RecordId = makeId()) =>
    store
      .transaction((tx) => appendOwn(tx, { province: id, now: clock.now }, [{ author: admin, kind, record, set }]))
      .then(() => record)
  await own('staff', { name: 'ผู้ดูแล', active: true, roles: on('administrator'), wholeProvince: true }, admin)
  return {
    id,
    epoch,
    admin: admin as StaffId,
    clock,
    key,
    own,
    place: (name: string) => own('place', { name, type: 'school' }),
    staff: (roles: readonly Role[], places: readonly string[]) =>
      own('staff', { name: 'เจ้าหน้าที่สมมติ', active: true, roles: on(...roles), places: on(...places) }),
    records: async () => {
      const rows = await store.db.selectFrom('records').selectAll().where('province', '=', id).orderBy('id').execute()
      return new Map(rows.map((row) => [row.id, { ...row, state: JSON.parse(row.body) as RecordState }]))
    },
    log: () => store.db.selectFrom('changes').selectAll().where('province', '=', id).orderBy('seq').execute(),
  }
}
export type TestProvince = Awaited<ReturnType<typeof beginProvince>>

export const activityFields = (place: string, more: FieldSet = {}): FieldSet => ({
  node: 'school',
  type: 'exhibition',
  place,
  heldOn: '2026-11-02',
  ...more,
})

interface SendOptions {
  readonly room?: number
  readonly readsAs?: StaffId | null
  readonly isRevoked?: boolean
  /** In the place of what it would say. */
  readonly header?: Partial<SyncHeader>
}

/** A tablet as far as the server can tell: it counts its changes, keeps its head and cursor, and verifies what it is told. */
export const makeTablet = async (store: Store, province: TestProvince, person?: StaffId) => {
  const device = makeId<DeviceId>()
  await store.transaction(async ({ db }) => {
    const row = { province: province.id, id: device, name: 'แท็บเล็ต', credential: 'x', last_n: 0, last_stamp: 0 }
    await db
      .insertInto('devices')
      .values({ ...row, created_at: 0, seen_at: 0, revoked_at: null })
      .execute()
    if (person) {
      await db
        .insertInto('device_people')
        .values({ province: province.id, device, staff: person, proven_at: 0 })
        .execute()
    }
  })
  const standing = person && (await standingNow(store, province.id, person))
  const key =
    person && standing && isGuarded(standing)
      ? await registeredKey(store, { province: province.id, now: province.clock.now }, device, person)
      : null
  /** What somebody with a guarded role writes, they sign. */
  const signed = (line: string) => (key && tablet.signs && readChange(line)?.author === person ? key.sign(line) : line)
  let n = 0
  let held: SyncHeader['held']
  const tablet = {
    device,
    key,
    /** A colleague signs in on it. */
    joins: (staff: StaffId) =>
      store.transaction(({ db }) => provePerson(db, province.id, device, staff, province.clock.now)),
    /** False while it sends lines as they are. */
    signs: key !== null,
    head: undefined as Head | undefined,
    cursor: null as Cursor | null,
    /** The device's own clock, where it differs from the server's. */
    at: undefined as number | undefined,
    seen: 0,
    change: (record: RecordId, kind: string, set: FieldSet, more: Partial<Change> = {}): string => {
      const author = (more.author ?? person) as StaffId
      const at = tablet.at ?? province.clock.now
      return changeLine({ n: ++n, at, seen: tablet.seen, kind, v: 1, record, set, ...more, author })
    },
    /** From now on it names these as held, as today's programs do. */
    holds: (lines: readonly string[]) => {
      held = lines.map((line) => [(JSON.parse(line) as Change).n, changeDigest(device, line)])
    },
    base: () => ({ base: { epoch: tablet.head!.epoch, seq: tablet.head!.seq } }),
    /** One exchange; the receipt is verified and the cursor moves on. */
    send: async (lines: readonly string[] = [], options: SendOptions = {}) => {
      const reader = options.readsAs === undefined ? person : options.readsAs
      const header: SyncHeader = {
        protocol: 1,
        device,
        now: tablet.at ?? province.clock.now,
        ...(tablet.cursor && { cursor: cursorSchema.parse(tablet.cursor) }),
        ...(tablet.head && { head: tablet.head }),
        ...(held && { held }),
        ...(options.room !== undefined && { room: options.room }),
        ...options.header,
      }
      const { isRevoked = false } = options
      const facts = {
        province: province.id,
        device,
        now: province.clock.now,
        key: province.key as ReceiptKey,
        isRevoked,
      }
      const standing = reader ? await standingNow(store, province.id, reader) : null
      const result = await exchange(store, { ...facts, reader: standing }, header, lines.map(signed))
      if (!result.ok) throw new Refused(result.failure.code, result.failure.detail)
      const answer = JSON.parse(result.value.toString()) as SyncAnswer
      signedReceipt.parse(answer.receipt)
      if (!verifyReceipt(province.key.public, answer.receipt)) throw new Error('the receipt does not verify')
      const { epoch, seq, chain } = answer.receipt.receipt
      tablet.head = { epoch, seq, chain }
      tablet.seen = answer.now
      tablet.cursor = answer.cursor ?? tablet.cursor
      return answer
    },
    /** Reads until nothing more waits. */
    readAll: async (options: { room?: number } = {}) => {
      const answers = [await tablet.send([], options)]
      while (answers.at(-1)!.more) answers.push(await tablet.send([], options))
      return {
        answers,
        records: answers.flatMap(({ records }) => records),
        gone: answers.flatMap(({ gone }) => gone),
      }
    },
  }
  return tablet
}
export type TestTablet = Awaited<ReturnType<typeof makeTablet>>

export class Refused extends Error {
  readonly detail: string | undefined
  constructor(code: string, detail: string | undefined) {
    super(code)
    this.detail = detail
  }
}

const standingNow = async (store: Store, province: string, staff: string) => {
  const [row] = await store.hot.findRecords(province, [staff])
  return standingOf(view(JSON.parse(row!.body) as RecordState))
}
