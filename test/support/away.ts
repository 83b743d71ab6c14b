import { randomBytes } from 'node:crypto'
import { type DeviceId, newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { Cursor, Head } from '#domain/protocol.ts'
import { openStore, type Tx } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { namedReach } from '#server/log/reach.ts'
import { publicReceiptKeys } from '#server/log/receipts.ts'
import { makeProvince } from '#server/operations/make-province.ts'
import { hashOfSecret } from '#server/people/secret.ts'
import { signInOn } from '#server/people/sessions.ts'
import { standingsOf } from '#server/people/standing.ts'
import type { Identity } from '#src/store/identity-types.ts'
import { type ServerData, serverSecret } from './server.ts'

/** A tablet that was enrolled, has read everything, and then went where there is no network. Plain data: it goes to other processes. */
export interface Away {
  readonly identity: Identity
  readonly staff: StaffId
  readonly place: RecordId
  readonly cookie: string
  readonly head: Head
  readonly cursor: Cursor
}

/** A province in an empty database, and so many tablets, each with an officer and a place of its own. */
export const prepareReturning = async (data: ServerData, count: number): Promise<Away[]> => {
  const store = await openStore(data)
  const now = Date.now()
  try {
    const people = Array.from({ length: count }, () => ({
      staff: newId<StaffId>(randomBytes),
      place: newId<RecordId>(randomBytes),
      device: newId<DeviceId>(randomBytes),
      credential: newId(randomBytes) as string,
    }))
    const { province, cookies } = await store.transaction((tx) => enrol(tx, people, now))
    const row = await store.db.selectFrom('provinces').selectAll().executeTakeFirstOrThrow()
    const receiptKeys = await publicReceiptKeys(store.db, province)
    const standings = await standingsOf(
      store.db,
      province,
      people.map(({ staff }) => staff),
    )
    const away: Away[] = []
    for (const [i, { staff, place, device, credential }] of people.entries()) {
      const standing = standings.get(staff)!
      const { name } = await namedReach(store, province, standing)
      away.push({
        identity: {
          device,
          credential,
          province: { id: province, name: row.name, sample: true, epoch: row.epoch, idKey: row.id_key },
          receiptKeys,
          people: [{ id: staff, username: `officer${i}`, standing }],
          current: staff,
          desk: null,
          after: 0,
        },
        staff,
        place,
        cookie: cookies[i]!,
        head: { epoch: row.epoch, seq: row.seq, chain: row.chain },
        cursor: { epoch: row.epoch, seq: row.seq, scope: name },
      })
    }
    return away
  } finally {
    await store.close()
  }
}

interface Enrolled {
  readonly staff: StaffId
  readonly place: RecordId
  readonly device: DeviceId
  readonly credential: string
}

const enrol = async (tx: Tx, people: readonly Enrolled[], now: number) => {
  const admin = newId<StaffId>(randomBytes)
  const facts = { name: 'จังหวัดสมมติ', sample: true, secret: serverSecret, now, random: randomBytes }
  const roles = { administrator: { on: true } }
  const first = { kind: 'staff' as const, record: admin, set: { name: 'ผู้ดูแลสมมติ', active: true, roles } }
  const { provinceId: province } = await makeProvince(tx, facts, first)
  await appendOwn(
    tx,
    { province, now },
    people.flatMap(({ staff, place }, i) => [
      { author: admin, kind: 'place', record: place, set: { name: `โรงเรียนสมมติ ${i + 1}`, type: 'school' } },
      {
        author: admin,
        kind: 'staff',
        record: staff,
        set: {
          name: `เจ้าหน้าที่สมมติ ${i + 1}`,
          active: true,
          roles: { officer: { on: true } },
          places: { [place]: { on: true } },
        },
      },
    ]),
  )
  const cookies: string[] = []
  for (const [i, { staff, device, credential }] of people.entries()) {
    const account = { province, staff, username: `officer${i}`, password: 'none', created_at: now }
    await tx.db
      .insertInto('accounts')
      .values({ ...account, must_change: 0, disabled: 0, failures: 0, next_attempt_at: 0 })
      .execute()
    const times = { last_n: 0, last_stamp: 0, created_at: now, seen_at: now, revoked_at: null }
    await tx.db
      .insertInto('devices')
      .values({ province, id: device, name: `แท็บเล็ต ${i + 1}`, credential: hashOfSecret(credential), ...times })
      .execute()
    await tx.db.insertInto('device_people').values({ province, device, staff, proven_at: now }).execute()
    const token = await signInOn(tx.db, province, { known: null, staff, device, now, random: randomBytes })
    cookies.push(`bowon=${token}`)
  }
  return { province, cookies }
}
