import { changeLine, type FieldSet } from '#domain/change.ts'
import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { SyncAnswer } from '#domain/protocol.ts'
import { kindOf } from '#domain/records/index.ts'
import { isGuarded, type Role, type Standing } from '#domain/roles.ts'
import { makeId } from './province.ts'
import { makeKey } from './signing.ts'
import type { RunningServer } from './whole-server.ts'

/** A browser as the server sees one: a cookie, a device with its credential, and its own counter. */
export interface Client {
  readonly device: DeviceId
  readonly staff: StaffId
  /** What its tablet and what its cookie prove, as headers. */
  proofs(): { readonly Authorization: string; readonly Cookie: string }
  post<T = unknown>(path: string, body: unknown): Promise<{ status: number; body: T }>
  get(path: string): Promise<Response>
  /** Sends changes to new records; answers what the server said. */
  write(...changes: { kind: string; record?: RecordId; set: FieldSet }[]): Promise<SyncAnswer>
}

const password = 'ถ้อยคำยาวสำหรับทดสอบ 1'
export const testPassword = password

type Address = Pick<RunningServer, 'url' | 'enrolmentCode'>

interface Entered {
  person: StaffId
  mustChange: boolean
  standing: Standing
  province: { id: string }
  device: { credential: string }
}

export const signInAs = async (server: Address, username: string, secret = password): Promise<Client> => {
  const device = makeId<DeviceId>()
  let cookie = ''
  let n = 0
  const headers = () => ({ 'Bowon-Request': '1', Origin: server.url, ...(cookie && { Cookie: cookie }) })
  const post = async <T>(path: string, body: unknown) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { ...headers(), 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    cookie = answer.headers.get('Set-Cookie')?.split(';')[0] ?? cookie
    const text = await answer.text()
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as T }
  }
  const entered = await post<Entered>('/api/sign-in', {
    username,
    password: secret,
    device: { id: device, code: await server.enrolmentCode() },
  })
  if (entered.status !== 200) throw new Error(`sign-in of ${username}: ${JSON.stringify(entered.body)}`)
  const { person, device: own, standing, province, mustChange } = entered.body
  const key = isGuarded(standing) && !mustChange ? makeKey(province.id, device, person) : null
  if (key) await post('/api/keys', { public: key.public, proof: key.proof, lastN: 0 })
  return {
    device,
    staff: person,
    proofs: () => ({ Authorization: `Device ${device}.${own.credential}`, Cookie: cookie }),
    post,
    get: (path) => fetch(`${server.url}${path}`, { headers: headers() }),
    async write(...changes) {
      const now = Date.now()
      const lines = changes.map(({ kind, record = makeId(), set }) =>
        changeLine({ n: ++n, author: person, at: now, seen: 0, kind, v: kindOf(kind)?.version ?? 1, record, set }),
      )
      const answer = await fetch(`${server.url}/api/sync`, {
        method: 'POST',
        headers: { ...headers(), Authorization: `Device ${device}.${own.credential}`, 'Content-Type': 'text/plain' },
        body: [JSON.stringify({ protocol: 1, device, now }), ...lines.map((line) => key?.sign(line) ?? line)].join(
          '\n',
        ),
      })
      return (await answer.json()) as SyncAnswer
    },
  }
}

/** A province with its administrator signed in. */
export const beginWith = async (
  server: Pick<RunningServer, 'url' | 'setUpCode' | 'enrolmentCode'>,
): Promise<Client> => {
  const answer = await fetch(`${server.url}/api/setup`, {
    method: 'POST',
    headers: { 'Bowon-Request': '1', Origin: server.url, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      code: server.setUpCode(),
      mode: 'province',
      province: { name: 'จังหวัดทดสอบ' },
      administrator: { name: 'ผู้ดูแล ตัวอย่าง', username: 'admin', password },
    }),
  })
  if (answer.status !== 201) throw new Error(`set-up: ${await answer.text()}`)
  return signInAs(server, 'admin')
}

/** A member of staff with a password of their own. */
export const addStaff = async (
  server: Address,
  admin: Client,
  member: {
    name: string
    username: string
    roles: readonly Role[]
    places?: readonly RecordId[]
    wholeProvince?: boolean
  },
): Promise<StaffId> => {
  const record = makeId()
  await admin.write({
    kind: 'staff',
    record,
    set: {
      name: member.name,
      roles: keyedSetOf(member.roles),
      places: keyedSetOf(member.places ?? []),
      active: true,
      ...(member.wholeProvince && { wholeProvince: true }),
    },
  })
  const first = 'รหัสแรกที่ต้องเปลี่ยน 1'
  const made = await admin.post('/api/accounts', { staff: record, username: member.username, password: first })
  if (made.status !== 201) throw new Error(`account of ${member.username}: ${JSON.stringify(made.body)}`)
  const client = await signInAs(server, member.username, first)
  await client.post('/api/password', { current: first, next: password })
  return record
}
