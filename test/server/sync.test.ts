import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Change } from '#domain/change.ts'
import type { DeviceId, StaffId } from '#domain/kernel/id.ts'
import { limits, syncAnswer } from '#domain/protocol.ts'
import { verifyReceipt } from '#server/log/receipts.ts'
import { on } from '#test/support/on.ts'
import { activityFields } from '#test/support/province.ts'
import { isReceiptFor } from '#test/support/receipts.ts'
import {
  beginProvince,
  firstPassword,
  makeId,
  openBrowser,
  startServer,
  type TestProvince,
  type TestServer,
} from './support.ts'
import { exchangeOver } from './sync-client.ts'

let server: TestServer
let province: TestProvince
let school: string
let officer: Awaited<ReturnType<TestProvince['hire']>>
let device: { id: string; credential: string }
let n = 0
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  school = await province.place('โรงเรียนสมมติ')
})
afterAll(() => server.end())
beforeEach(async () => {
  officer = await province.hire(['officer'], [school], { id: makeId<DeviceId>(), name: 'แท็บเล็ต' })
  device = officer.hello.device
  n = 0
})

const change = (more: Partial<Change> = {}): Change => ({
  n: ++n,
  author: officer.staff as StaffId,
  at: server.clock.now,
  seen: 0,
  kind: 'activity',
  v: 1,
  record: makeId(),
  set: activityFields(school),
  ...more,
})

test.each([false, true])('a tablet sends without anybody signed in and gets a receipt (packed: %s)', async (packed) => {
  const changes = [change(), change(), change()]
  const { status, body } = await exchangeOver(openBrowser(server), { device, changes, packed })
  expect(status).toBe(200)
  expect(syncAnswer.safeParse(body).success).toBe(true)
  const { receiptKey } = (await openBrowser(server).get('/api/province')).body
  expect(verifyReceipt(receiptKey.public, body.receipt)).toBe(true)
  const lines = changes.map((one) => JSON.stringify(one))
  expect(isReceiptFor(body.receipt.receipt, device.id as DeviceId, lines)).toBe(true)
  expect(body).toMatchObject({ results: [], records: [], cursor: null, lastN: 3 })
})

test('it reads for whoever is signed in on this very tablet', async () => {
  const record = change()
  await exchangeOver(officer.browser, { device, changes: [record] })
  const own = await exchangeOver(officer.browser, { device, person: officer.staff })
  expect(own.body.cursor).not.toBeNull()
  expect((await exchangeOver(openBrowser(server), { device, person: officer.staff })).body.cursor).toBeNull()
  const colleague = await province.hire(['officer'], [school], { id: makeId<DeviceId>(), name: 'อีกเครื่อง' })
  const foreign = await exchangeOver(colleague.browser, { device, person: colleague.staff })
  expect(foreign.body.cursor).toBeNull()
  const other = await exchangeOver(officer.browser, { device, person: colleague.staff })
  expect(other.body.cursor).toBeNull()
})

test('before the first password has been changed it sends and does not read', async () => {
  const staff = await province.own('staff', {
    name: 'ใหม่ สมมติ',
    active: true,
    roles: on('officer'),
    places: on(school),
  })
  const username = `new${staff.slice(0, 8).replace(/\W/g, 'x')}`
  await province.admin.post('/api/accounts', { staff, username, password: firstPassword })
  const browser = openBrowser(server)
  const claim = { id: makeId<DeviceId>(), name: 'เครื่องใหม่' }
  const hello = await browser.post('/api/sign-in', { username, password: firstPassword, device: claim })
  const sent = change({ author: staff as StaffId, n: 1 })
  const { body } = await exchangeOver(browser, { device: hello.body.device, person: staff, changes: [sent] })
  expect(body.results).toEqual([])
  expect(body.cursor).toBeNull()
})

test('a wrong credential, no credential and the server’s own device send nothing', async () => {
  const browser = openBrowser(server)
  const own = await server.house
    .store()
    .db.selectFrom('devices')
    .select('id')
    .where('credential', '=', '')
    .executeTakeFirstOrThrow()
  for (const [id, credential] of [
    [device.id, 'x'.repeat(43)],
    [makeId(), device.credential],
    [own.id, ''],
    [device.id, ''],
  ] as const) {
    expect((await exchangeOver(browser, { device: { id, credential } })).status).toBe(401)
  }
  const silent = await browser.post('/api/sync', '{}', { 'Content-Type': 'text/plain' })
  expect(silent.code).toBe('unknown-device')
})

test('a revoked tablet still hands over its outbox, is told, and reads nothing', async () => {
  expect((await province.admin.post(`/api/devices/${device.id}/revoke`)).status).toBe(204)
  const told = await exchangeOver(officer.browser, { device, person: officer.staff, changes: [change()] })
  expect(told.status).toBe(200)
  expect(told.headers.get('bowon-device')).toBe('revoked')
  expect(told.body.receipt.receipt).toMatchObject({ runs: [], held: [expect.any(Number)] })
  expect(told.body.cursor).toBeNull()
  expect((await officer.browser.get('/api/session')).code).toBe('not-signed-in')
  const again = { username: officer.username, password: 'ลำธารใสไหลเย็น', device: { id: device.id, name: 'แท็บเล็ต' } }
  expect((await openBrowser(server).post('/api/sign-in', { ...again, credential: device.credential })).code).toBe(
    'unknown-device',
  )
})

test('too large a body, a bomb, and what is no exchange are refused before anything is read of it', async () => {
  const browser = openBrowser(server)
  const send = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    browser.post('/api/sync', body, {
      Authorization: `Device ${device.id}.${device.credential}`,
      'Content-Type': 'text/plain',
      ...headers,
    })
  expect((await send('x'.repeat(limits.requestBytes + 1))).code).toBe('too-large')
  const bomb = gzipSync(Buffer.alloc(limits.requestBytes))
  expect((await send(bomb, { 'Content-Encoding': 'gzip' })).code).toBe('too-large')
  expect((await send('not json\n{}')).code).toBe('malformed-request')
  expect((await send(Buffer.from([0x7b, 0xff, 0x7d]))).code).toBe('malformed-request')
  const header = { protocol: 99, device: device.id, now: 0 }
  expect((await send(JSON.stringify(header))).code).toBe('unsupported-protocol')
})

test('a poisoned change is held and shown to the administrator, who drops it', async () => {
  const [bad, good] = [change({ set: { outcome: 'ไม่มีสถานที่' } }), change()]
  const { body } = await exchangeOver(openBrowser(server), { device, changes: [bad, good] })
  expect(body.results).toEqual([expect.objectContaining({ n: bad.n, code: 'missing-field' })])
  expect(body.receipt.receipt.held).toEqual([bad.n])
  const held = (await province.admin.get('/api/held')).body.held.filter(
    (one: { device: string }) => one.device === device.id,
  )
  expect(held).toEqual([
    expect.objectContaining({ n: bad.n, deviceName: 'แท็บเล็ต', change: expect.objectContaining({ set: bad.set }) }),
  ])
  const drop = () => province.admin.post(`/api/held/${device.id}/${bad.n}/drop`)
  expect((await drop()).status).toBe(204)
  expect((await drop()).code).toBe('not-found')
  const after = (await exchangeOver(openBrowser(server), { device, changes: [bad] })).body
  expect(after.settled).toEqual([bad.n])
})

test('the history of a record tells every change, by whom and from which tablet', async () => {
  const first = change()
  const { epoch, seq, chain } = (await exchangeOver(officer.browser, { device, changes: [first] })).body.receipt.receipt
  const { browser } = officer
  const { record } = (await browser.get(`/api/records/${first.record}/history`)).body
  const base = { epoch: officer.hello.province.epoch, seq: record.seq }
  const second = change({ record: first.record, base, set: { outcome: 'เพิ่มภายหลัง' } })
  await exchangeOver(browser, { device, changes: [second], header: { head: { epoch, seq, chain } } })
  const history = (await browser.get(`/api/records/${first.record}/history`)).body
  expect(history.changes).toEqual([
    expect.objectContaining({
      n: 1,
      author: officer.staff,
      device: device.id,
      deviceName: 'แท็บเล็ต',
      proven: true,
      set: first.set,
    }),
    expect.objectContaining({ n: 2, set: second.set, base: record.seq }),
  ])
  expect(history.held).toEqual([])
})
