import { type ClientRequest, request } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { changeLine, type FieldSet } from '#domain/change.ts'
import type { DeviceId } from '#domain/kernel/id.ts'
import { bounds } from '#server/bounds.ts'
import { newQuotas } from '#server/people/quotas.ts'
import { sync } from '#server/people/sync.ts'
import { activityFields } from '#test/support/province.ts'
import {
  beginProvince,
  makeId,
  openBrowser,
  password,
  startServer,
  type TestProvince,
  type TestServer,
} from './support.ts'
import { exchangeOver } from './sync-client.ts'

// Who is not known sends no body, or a small one that holds little room.

let server: TestServer
let province: TestProvince
let school: string
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  school = await province.place('โรงเรียนสมมติ')
})
afterAll(() => server.end())
const open: ClientRequest[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

/** Says how much is to come, and sends one byte of it; answers what the server says all the same. */
const beginBody = (path: string, bytes: number, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve) => {
    const asked = request(server.url + path, {
      method: 'POST',
      headers: { 'Bowon-Request': '1', 'Content-Type': 'application/json', 'Content-Length': bytes, ...headers },
    })
    open.push(asked)
    asked.on('error', () => undefined)
    asked.on('response', (response) => resolve(response.statusCode!))
    asked.write('{')
  })

test.each(['/api/sync', '/api/courier'])('%s refuses a stranger before a byte of the body is read', async (path) => {
  expect(await beginBody(path, 1_400_000)).toBe(401)
  const Authorization = `Device ${makeId<DeviceId>()}.${'x'.repeat(43)}`
  expect(await beginBody(path, 1_400_000, { Authorization })).toBe(401)
})

test('an address holds little room with bodies that do not come, and a tablet that proves itself none of it', async () => {
  const { username, hello } = await province.hire(['officer'], [school], { id: makeId<DeviceId>(), name: 'แท็บเล็ต' })
  // three find room and wait for the rest of theirs, the fourth finds none
  const begun = Array.from({ length: 4 }, () => beginBody('/api/sign-in', 1_000_000))
  expect(await Promise.race(begun)).toBe(503)
  const stranger = () => openBrowser(server).ask('POST', '/api/sign-in', { body: {} })
  expect((await stranger()).code).toBe('unavailable')
  const { id, credential } = hello.device
  const body = { username, password, device: { id }, credential }
  const Authorization = `Device ${id}.${credential}`
  expect((await openBrowser(server).ask('POST', '/api/sign-in', { body, headers: { Authorization } })).status).toBe(200)
  expect((await exchangeOver(openBrowser(server), { device: hello.device })).status).toBe(200)
  // what has gone makes room again
  for (const one of open.splice(0)) one.destroy()
  await expect.poll(async () => (await stranger()).code).toBe('invalid-field')
})

test('a tablet that makes lines up is slowed, and told when to come again', async () => {
  const { hello } = await province.hire(['officer'], [school], { id: makeId<DeviceId>(), name: 'แท็บเล็ต' })
  const { id, credential } = hello.device
  const Authorization = `Device ${id}.${credential}`
  const many = `${JSON.stringify({ protocol: 2, device: id, now: 0 })}${'\nx'.repeat(60_001)}`
  const ask = () =>
    openBrowser(server).ask('POST', '/api/sync', {
      body: many,
      headers: { Authorization, 'Content-Type': 'text/plain' },
    })
  expect((await ask()).code).not.toBe('too-many-attempts')
  const slowed = await ask()
  expect([slowed.status, slowed.code]).toEqual([429, 'too-many-attempts'])
  expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(3600)
})

test('records without end are slowed, and so are lines that are held; nothing of them is lost', async () => {
  const { hello, staff } = await province.hire(['officer'], [school], { id: makeId<DeviceId>(), name: 'แท็บเล็ต' })
  const small = { atOnce: 20, perHour: 10 }
  const quotas = newQuotas({ ...bounds, newRecords: small, heldLines: small })
  const { house } = server
  const open = (await house.open())!
  let n = 0
  const push = (lines: number, set: () => FieldSet) => {
    const changes = Array.from({ length: lines }, () => {
      const record = makeId()
      return changeLine({ n: ++n, author: staff, at: 0, seen: 0, kind: 'activity', v: 1, record, set: set() })
    })
    const head = JSON.stringify({ protocol: 2, device: hello.device.id, now: 0 })
    const call = { province: open.province, now: server.clock.now, random: house.random, session: null, person: null }
    const shown = `Device ${hello.device.id}.${hello.device.credential}`
    return sync(open, call, shown, [head, ...changes].join('\n'), quotas)
  }
  expect((await push(25, () => activityFields(school))).ok).toBe(true)
  expect(await push(1, () => activityFields(school))).toMatchObject({ ok: false, failure: { retryAfter: 6 * 360 } })
  server.clock.now += 6 * 360_000
  // nothing is lost of what was held, and it slows what comes after it
  const held = await push(30, () => ({ nonsense: 1 }) as never)
  expect(held.ok && JSON.parse(String(held.value.json)).results).toHaveLength(30)
  expect(await push(1, () => activityFields(school))).toMatchObject({ ok: false, failure: { retryAfter: 11 * 360 } })
})

test('an administrator is shown as many large held lines as fit, and the rest when these are settled', async () => {
  await province.admin.post('/api/sign-in', { username: 'aree', password })
  const { hello } = await province.hire(['officer'], [school], { id: makeId<DeviceId>(), name: 'แท็บเล็ต' })
  const { id, credential } = hello.device
  for (const n of [1, 2, 3, 4, 5]) {
    const body = [JSON.stringify({ protocol: 2, device: id, now: 0 }), `{"n":${n},"x":"${'x'.repeat(900_000)}"}`]
    const headers = { Authorization: `Device ${id}.${credential}`, 'Content-Type': 'text/plain' }
    expect((await openBrowser(server).ask('POST', '/api/sync', { body: body.join('\n'), headers })).status).toBe(200)
  }
  const held = async (): Promise<{ device: string; n: number }[]> =>
    (await province.admin.get('/api/held')).body.held.filter((one: { device: string }) => one.device === id)
  const seen = new Set<number>()
  for (let shown = await held(); shown.length > 0; shown = await held()) {
    expect(shown.length).toBeLessThan(3)
    for (const { n } of shown) {
      seen.add(n)
      await province.admin.post(`/api/held/${id}/${n}/drop`)
    }
  }
  expect([...seen].sort()).toEqual([1, 2, 3, 4, 5])
})
