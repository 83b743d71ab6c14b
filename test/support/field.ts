import { randomBytes } from 'node:crypto'
import { isAdmitted, type TabletRights } from '#domain/authority/tablet-rights.ts'
import { type Failure, failure, failures } from '#domain/kernel/failure.ts'
import type { DeviceId, StaffId } from '#domain/kernel/id.ts'
import type { RecordState } from '#domain/merge.ts'
import { syncHeader } from '#domain/protocol.ts'
import { isGuarded, type Role } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { view } from '#domain/view.ts'
import type { Store as ServerStore } from '#server/db/connect.ts'
import { publicCourierKey } from '#server/log/courier-key.ts'
import { exchange } from '#server/log/exchange.ts'
import { authenticateDevice } from '#server/people/device.ts'
import { provePerson } from '#server/people/device-people.ts'
import { hashOfSecret } from '#server/people/secret.ts'
import { slipFor } from '#server/people/slip.ts'
import { takeInDevice } from '#server/people/take-in-device.ts'
import type { SignInNews } from '#src/store/identity-types.ts'
import { formerClaim } from '#src/store/own-devices.ts'
import type { Store } from '#src/store/store.ts'
import type { Edit } from '#src/store/types.ts'
import { batchSize } from '#src/sync/batch.ts'
import { exchangeOnce, type Outcome } from '#src/sync/round.ts'
import type { Reply, Transport } from '#src/sync/transport.ts'
import { beginProvince, makeId, type TestProvince } from './province.ts'
import { registeredKey } from './signing.ts'
import { makeTablet, type Tablet, verify } from './tablet.ts'

/** What the line does to one exchange. */
export type Weather =
  /** It gets through. */
  | 'fair'
  /** The request never arrives. */
  | 'no-network'
  /** The server does its work, and the answer is lost. */
  | 'answer-lost'
  /** A hotel's sign-in page answers in the server's place. */
  | 'portal'
  /** The request arrives twice. */
  | 'twice'

/** A member of staff with a tablet: the shipped store and the shipped exchange, over a line whose weather the test makes. */
export interface Worker {
  readonly staff: StaffId
  readonly tablet: Tablet
  store: Store
  weather: Weather
  /** The server has revoked this tablet: it takes its work and gives it nothing. */
  revoked: boolean
  /** May rewrite what the server said, as a forger on the line would. */
  forge: (text: string) => string
  /** Bodies that left this tablet, oldest first. */
  readonly sent: string[]
  /** The same person with a tablet that was copied whole from this one. */
  copy(): Promise<Worker>
  /** Signs in with the server, which registers the device that this tablet is now. */
  signIn(): Promise<void>
  /** A colleague signs in on this tablet, and works on it from now on. */
  addColleague(staff: StaffId): Promise<void>
  /** Exchanges until both sides are quiet, or until it fails; answers how it ended. */
  sync(): Promise<Outcome>
  /** A single exchange. */
  syncOnce(): Promise<Outcome>
  /** The line to the server, for a sync of one's own. */
  line(): Transport
  /** The page is closed, perhaps in the middle of something, and opened again. */
  restart(): Promise<void>
}

/** The server's database; another one after a restart or a restore. */
type Server = () => ServerStore

/** A province in the field: one server, and whoever works for it. */
export const beginField = async (server: Server) => {
  const province = await beginProvince(server())
  return {
    province,
    worker: (roles: readonly Role[], places: readonly string[]) => makeWorker(server, province, roles, places),
  }
}
export type Field = Awaited<ReturnType<typeof beginField>>

let tablets = 0

const makeWorker = async (
  server: Server,
  province: TestProvince,
  roles: readonly Role[],
  places: readonly string[],
): Promise<Worker> => {
  const staff = (await province.staff(roles, places)) as StaffId
  const tablet = makeTablet({ seed: ++tablets })
  tablet.now = province.clock.now
  const store = await tablet.open()
  await register(server(), province, store.people.identity.peek().device)
  const worker = workerWith(server, province, staff, tablet, store)
  await worker.addColleague(staff)
  return worker
}

const workerWith = (server: Server, province: TestProvince, staff: StaffId, tablet: Tablet, store: Store): Worker => {
  const round = () => ({
    exchange: worker.store.exchange,
    transport: worker.line(),
    verify,
    now: () => tablet.now,
    identity: () => worker.store.people.identity.peek(),
    person: () => worker.store.people.current.peek()?.id ?? null,
  })
  const worker: Worker = {
    staff,
    tablet,
    store,
    weather: 'fair',
    revoked: false,
    line: () => line(server, province, worker),
    forge: (text) => text,
    sent: [],
    async copy() {
      const twin = await tablet.copy(++tablets)
      return workerWith(server, province, staff, twin, await twin.open())
    },
    async signIn() {
      const identity = worker.store.people.identity.peek()
      const { device, credential } = identity
      const { slip } = identity
      const claim = { id: device, name: 'แท็บเล็ต', ...(slip && { slip }), ...formerClaim(identity) }
      const standing = await standingNow(server(), province, staff)
      const facts = {
        province: { id: province.id, sample: false },
        claim,
        credential: credential ?? undefined,
        session: null,
        person: staff,
        now: province.clock.now,
        random: randomBytes,
        isWelcome: (rights: TabletRights) => isAdmitted(standing, rights),
      }
      const taken = await server().transaction((tx) => takeInDevice(tx, facts))
      if (!taken.ok) throw new Error(taken.failure.code)
      for (const one of taken.value.registered) await prove(server(), province, one as DeviceId, staff)
      const issued = taken.value.credential
      const own = { id: device, ...(issued && { credential: issued }) }
      await worker.store.people.signedIn(await newsOf(server(), province, staff, own))
    },
    async addColleague(colleague) {
      const { device } = worker.store.people.identity.peek()
      await prove(server(), province, device, colleague)
      if (isGuarded(await standingNow(server(), province, colleague))) {
        const at = { province: province.id, now: province.clock.now }
        tablet.keys.set(colleague, await registeredKey(server(), at, device, colleague))
      }
      await worker.store.people.signedIn(
        await newsOf(server(), province, colleague, { id: device, credential: deviceSecret }),
      )
    },
    syncOnce: () => exchangeOnce(round(), batchSize()),
    async sync() {
      const size = batchSize()
      let outcome = await exchangeOnce(round(), size)
      while (outcome.state === 'more') outcome = await exchangeOnce(round(), size)
      return outcome
    },
    async restart() {
      worker.store.close()
      for (const folder of Object.values(tablet.disk)) folder.crash()
      worker.store = await tablet.open()
    },
  }
  return worker
}

const newsOf = async (
  server: ServerStore,
  province: TestProvince,
  person: StaffId,
  device: NonNullable<SignInNews['device']>,
): Promise<SignInNews> => ({
  person,
  username: 'somebody',
  standing: await standingNow(server, province, person),
  device: { ...device, slip: await slipFor(server.db, province.id, province.key, device.id) },
  province: { id: province.id, name: 'จังหวัดสมมติ', sample: true, epoch: province.epoch, idKey: 'AA' },
  receiptKeys: [{ id: province.key.id, public: province.key.public }],
  courierKey: await publicCourierKey(server.db, province.id),
  deskLists: [],
})

/** What a device of the field proves itself with until it signs in. */
const deviceSecret = 'a-secret-of-a-tablet-in-a-test'.padEnd(43, '-')

const register = async (server: ServerStore, province: TestProvince, device: DeviceId) => {
  const times = { created_at: 0, seen_at: 0, revoked_at: null, last_n: 0, last_stamp: 0 }
  await server.transaction(async ({ db }) => {
    const row = { province: province.id, id: device, name: 'แท็บเล็ต', credential: hashOfSecret(deviceSecret), ...times }
    await db.insertInto('devices').values(row).execute()
  })
}

const prove = (server: ServerStore, province: TestProvince, device: DeviceId, staff: StaffId) =>
  server.transaction(({ db }) => provePerson(db, province.id, device, staff, 0))

const line = (server: Server, province: TestProvince, worker: Worker): Transport => ({
  async exchange(body, authorization) {
    worker.sent.push(body)
    if (worker.weather === 'no-network') return null
    if (worker.weather === 'portal') return { status: 200, text: '<html>Sign in to the hotel</html>' }
    if (worker.weather === 'twice') await answerOf(server(), province, worker, body, authorization)
    const reply = await answerOf(server(), province, worker, body, authorization)
    return worker.weather === 'answer-lost' ? null : { ...reply, text: worker.forge(reply.text) }
  },
})

const answerOf = async (
  store: ServerStore,
  province: TestProvince,
  { revoked }: Worker,
  body: string,
  authorization: string,
): Promise<Reply> => {
  const known = await authenticateDevice(store.db, province.id, authorization)
  if (!known) return refused(failure('unknown-device'))
  const [first, ...lines] = body.split('\n')
  const header = syncHeader.parse(JSON.parse(first!))
  const reader = header.person && !revoked ? await standingNow(store, province, header.person as StaffId) : null
  const facts = {
    province: province.id,
    device: known.id,
    reader,
    now: province.clock.now,
    key: province.key,
    isRevoked: revoked,
  }
  const done = await exchange(store, facts, header, lines)
  return done.ok ? { status: 200, text: done.value.toString() } : refused(done.failure)
}

const refused = (why: Failure): Reply => ({
  status: failures[why.code].status,
  text: JSON.stringify({ failure: why }),
})

const standingNow = async (store: ServerStore, province: TestProvince, staff: StaffId) => {
  const [row] = await store.hot.findRecords(province.id, [staff])
  return standingOf(view(JSON.parse(row!.body) as RecordState))
}

/** An activity at a place, complete. */
export const anActivity = (worker: Worker, place: string, more: Partial<Edit> = {}): Edit => ({
  kind: 'activity',
  record: makeId(),
  base: null,
  set: { node: 'school', type: 'talk', place, heldOn: '2026-11-02', from15Female: 12 },
  author: worker.staff,
  ...more,
})
