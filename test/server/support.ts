import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import type { FieldSet } from '#domain/change.ts'
import type { FailureCode } from '#domain/kernel/failure.ts'
import { type DeviceId, newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { isGuarded, type Role } from '#domain/roles.ts'
import { readConfig } from '#server/config.ts'
import { openStore } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { createHouse } from '#server/province.ts'
import { createService } from '#server/service.ts'
import { listen } from '#server/start.ts'
import { codeIn } from '#test/support/enrolment-code.ts'
import { on } from '#test/support/on.ts'
import { makeKey } from '#test/support/signing.ts'

export const makeId = <T extends RecordId | DeviceId = RecordId>(): T => newId<T>(randomBytes)

export const secretKey = 'a secret of the test, long enough'
export const password = 'ลำธารใสไหลเย็น'
export const firstPassword = 'ก้อนเมฆบนดอยสูง'

/** A server that really listens, with a clock that the test turns and ears for what it says and logs. */
export const startServer = async (options: { databaseUrl?: string; dist?: string; publicUrl?: string } = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bowon-server-'))
  const given = { PORT: '0', DATA_DIR: dataDir, DATABASE_URL: options.databaseUrl, PUBLIC_URL: options.publicUrl }
  const config = readConfig(given, () => '')
  if (!config.ok) throw new Error(config.failure.join('\n'))
  const clock = { now: Date.UTC(2026, 10, 23, 3) }
  const said: string[] = []
  const logged: string[] = []
  const sink = new Writable({ write: (chunk, _, done) => done(void logged.push(String(chunk))) })
  const house = createHouse(await openStore(config.value), {
    config: config.value,
    secretKey,
    version: '0.0.0',
    clock: () => clock.now,
    random: (length) => randomBytes(length),
    say: (line) => said.push(line),
  })
  const service = createService(house, { log: pino(sink), dist: options.dist ?? join(dataDir, 'nothing') })
  const { server, port } = await listen(service, { host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${port}`,
    house,
    clock,
    said,
    logged,
    end: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await house.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type TestServer = Awaited<ReturnType<typeof startServer>>

export interface Answered {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the server says
  readonly body: any
  readonly code: FailureCode | undefined
}

/** A one-time code for a tablet of the whole province that admits everybody there is; null before set-up. */
export const codeOfTest = ({ house, clock }: Pick<TestServer, 'house' | 'clock'>) => codeIn(house.store(), clock.now)

/**
 * A browser as the server sees it: it keeps its cookie and says which person acts. It signs in as a tablet of its own unless it is told which,
 * and one that the server has not met is enrolled with a code that admits everybody.
 */
export const openBrowser = (server: Pick<TestServer, 'url' | 'house' | 'clock'>) => {
  const own = { id: makeId<DeviceId>() as string, credential: undefined as string | undefined }
  const asTablet = async (body: unknown) => {
    const given = body as { device?: { id: string; code?: string; follows?: unknown }; credential?: string }
    const credential = given.device ? given.credential : own.credential
    const device = given.device ?? { id: own.id }
    const db = server.house.store().db
    const isKnown = await db.selectFrom('devices').select('tablet').where('id', '=', device.id).executeTakeFirst()
    const code = isKnown?.tablet || device.follows ? null : await codeOfTest(server)
    return { ...given, device: { ...(code && { code }), ...device }, ...(credential && { credential }) }
  }
  const browser = {
    cookie: '',
    person: undefined as string | undefined,
    ask: async (method: string, path: string, init: { body?: unknown; headers?: Record<string, string> } = {}) => {
      const headers: Record<string, string> = {
        ...(method === 'POST' && { 'Bowon-Request': '1', 'Content-Type': 'application/json' }),
        ...(browser.cookie && { Cookie: browser.cookie }),
        ...(browser.person && { 'Bowon-Person': browser.person }),
        ...init.headers,
      }
      const raw = typeof init.body === 'string' || init.body instanceof Uint8Array
      const body = init.body === undefined ? null : raw ? (init.body as string) : JSON.stringify(init.body)
      const response = await fetch(server.url + path, { method, headers, body })
      const set = response.headers.get('set-cookie')
      if (set) browser.cookie = set.includes('Max-Age=0') ? '' : set.split(';')[0]!
      return answeredFrom(response)
    },
    get: (path: string, headers?: Record<string, string>) => browser.ask('GET', path, { ...(headers && { headers }) }),
    post: async (path: string, body?: unknown, headers?: Record<string, string>) => {
      if (path !== '/api/sign-in' || typeof body !== 'object')
        return browser.ask('POST', path, { body, ...(headers && { headers }) })
      const answered = await browser.ask('POST', path, { body: await asTablet(body), ...(headers && { headers }) })
      if (answered.body?.device?.id === own.id) own.credential ??= answered.body.device.credential
      return answered
    },
  }
  return browser
}
export type Browser = ReturnType<typeof openBrowser>

const answeredFrom = async (response: Response): Promise<Answered> => {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  const body = isJson ? JSON.parse(text) : text
  return { status: response.status, headers: response.headers, body, code: body?.failure?.code }
}

export const setUpCodeOf = ({ house, said }: TestServer): string => {
  house.setUpCode.announce()
  return /([2-9A-Z]{4}-){2}[2-9A-Z]{4}/.exec(said.at(-1)!)![0]
}

/** A signing key of whoever has just signed in, registered as their browser would. */
export const registerKey = async (
  browser: Browser,
  hello: { person: StaffId; device: { id: DeviceId }; province: { id: string } },
) => {
  const key = makeKey(hello.province.id, hello.device.id, hello.person)
  const registered = await browser.post('/api/keys', { public: key.public, proof: key.proof, lastN: 0 })
  if (registered.status !== 201) throw new Error(`key: ${registered.code}`)
  return key
}

/** A province that has just been set up, with its administrator signed in. */
export const beginProvince = async (server: TestServer) => {
  const admin = openBrowser(server)
  const made = await admin.post('/api/setup', {
    code: setUpCodeOf(server),
    mode: 'province',
    province: { name: 'จังหวัดสมมติ' },
    administrator: { name: 'อารี สมมติระบบ', username: 'aree', password },
  })
  if (made.status !== 201) throw new Error(`set-up: ${made.code}`)
  const { staff: adminId, provinceId } = made.body as { staff: StaffId; provinceId: string }
  await admin.post('/api/sign-in', { username: 'aree', password })
  const own = async (kind: string, set: FieldSet, record: RecordId = makeId(), author: StaffId = adminId) => {
    const now = server.clock.now
    await server.house
      .store()
      .transaction((tx) => appendOwn(tx, { province: provinceId, now }, [{ author, kind, record, set }]))
    return record
  }
  let people = 0
  /** A member of staff who has signed in with the password that they were given. */
  const invite = async (roles: readonly Role[], places: readonly string[]) => {
    const staff = await own('staff', {
      name: 'เจ้าหน้าที่สมมติ',
      active: true,
      roles: on(...roles),
      places: on(...places),
    })
    const username = `person${++people}`
    await admin.post('/api/accounts', { staff, username, password: firstPassword })
    const browser = openBrowser(server)
    await browser.post('/api/sign-in', { username, password: firstPassword })
    return { staff, username, browser }
  }
  return {
    admin,
    adminId,
    provinceId,
    own,
    place: (name: string) => own('place', { name, type: 'school' }),
    invite,
    /** A member of staff who has signed in and chosen a password. */
    hire: async (roles: readonly Role[], places: readonly string[], device?: { id: string; name: string }) => {
      const { staff, username, browser } = await invite(roles, places)
      await browser.post('/api/password', { current: firstPassword, next: password })
      const hello = await browser.post('/api/sign-in', { username, password, ...(device && { device }) })
      if (hello.status !== 200) throw new Error(`sign-in: ${hello.code}`)
      const key = device && isGuarded(hello.body.standing) ? await registerKey(browser, hello.body) : null
      return { staff, username, browser, hello: hello.body, key }
    },
  }
}
export type TestProvince = Awaited<ReturnType<typeof beginProvince>>
