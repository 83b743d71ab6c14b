import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Change } from '#domain/change.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import { keepDoubt } from '#server/log/doubt.ts'
import { restoreBackup } from '#server/operations/backup/restore.ts'
import { takeBackup } from '#server/operations/backup/take.ts'
import { admitCode, makeReviewCode } from '#server/people/access-review.ts'
import { makeCode } from '#server/people/new-code.ts'
import { activityFields } from '#test/support/province.ts'
import {
  type Browser,
  beginProvince,
  codeOfTest,
  makeId,
  openBrowser,
  password,
  secretKey,
  startServer,
  type TestProvince,
  type TestServer,
} from './support.ts'
import { exchangeOver } from './sync-client.ts'

// A backup is restored, and a supervisor who was let go since is somebody again (docs/authority.md, A12).

let before: TestServer
let server: TestServer
let province: TestProvince
let school: RecordId
let folder: string
type Hired = Awaited<ReturnType<TestProvince['hire']>>
let admin: Hired
let gone: Hired
let supervisor: Hired
let officer: Hired
/** Made before the backup, and used after it. */
let unused: string

const tablet = () => ({ id: makeId<DeviceId>() as string, name: 'แท็บเล็ต' })
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bowon-review-'))
  before = await startServer()
  province = await beginProvince(before)
  school = await province.place('โรงเรียนสมมติ')
  admin = await province.hire(['administrator'], [school], tablet())
  gone = await province.hire(['administrator', 'supervisor'], [school], tablet())
  supervisor = await province.hire(['supervisor'], [school], tablet())
  officer = await province.hire(['officer'], [school], tablet())
  unused = (await codeOfTest(before))!
  await takeBackup(before.house.store(), join(folder, 'one.gz'), { version: '0', now: before.clock.now })
})
afterAll(async () => {
  await before.end()
  rmSync(folder, { recursive: true, force: true })
})

/** Each test has a server that was restored just now; people sign in again, on the tablets that they had. */
beforeEach(async () => {
  server = await startServer()
  server.clock.now = before.clock.now + 3_600_000
  const means = { secretKey, now: server.clock.now, random: (length: number) => randomBytes(length) }
  await restoreBackup(server.house.store(), join(folder, 'one.gz'), means)
  return () => server.end()
})

const comeBack = async ({ username, hello }: Hired): Promise<Browser> => {
  const browser = openBrowser(server)
  const { id, credential } = hello.device
  const back = await browser.post('/api/sign-in', { username, password, device: { id }, credential })
  expect(back.status).toBe(200)
  return browser
}
const codeOf = async () =>
  (await server.house
    .store()
    .transaction((tx) =>
      makeReviewCode(tx, { province: province.provinceId, now: server.clock.now, random: randomBytes }),
    ))!

let n = 100
const push = async ({ hello, staff, key }: Hired, more: Partial<Change> = {}) => {
  const change = { n: ++n, author: staff as StaffId, at: server.clock.now, seen: 0, kind: 'activity', v: 1 }
  const changes = [{ ...change, record: makeId(), set: activityFields(school), ...more }]
  const { body } = await exchangeOver(openBrowser(server), { device: hello.device, changes, key })
  return body.results.map(({ code }) => code)
}

test('captures flow, and nobody acts who would have to be trusted', async () => {
  await comeBack(officer)
  expect(await push(officer)).toEqual([])
  expect(await push(supervisor)).toEqual(['in-doubt'])
  for (const one of [admin, gone]) {
    const browser = await comeBack(one)
    expect((await browser.get('/api/accounts')).code).toBe('in-doubt')
    expect((await browser.post(`/api/accounts/${officer.staff}/reset`, { password: 'x'.repeat(20) })).code).toBe(
      'in-doubt',
    )
  }
  expect((await (await comeBack(supervisor)).get('/api/export/activity.csv')).code).toBe('in-doubt')
})

test('no key and no tablet is added', async () => {
  const browser = await comeBack(supervisor)
  const key = { public: 'A'.repeat(43), proof: 'A'.repeat(86), lastN: 0 }
  expect((await browser.post('/api/keys', key)).code).toBe('in-doubt')
  // openBrowser brings a code of an administrator from before
  const fresh = openBrowser(server)
  expect((await fresh.post('/api/sign-in', { username: officer.username, password })).code).toBe('in-doubt')
  expect(fresh.cookie).toBe('')
})

test('a tablet that the server has forgotten waits where its record is unknown, and comes back afterwards', async () => {
  const since = await province.hire(['officer'], [school], tablet())
  // of the old people, on the tablet that was enrolled after the backup
  const { id, credential, slip } = since.hello.device
  const claim = { username: officer.username, password, device: { id, slip }, credential }
  const come = () => openBrowser(server).ask('POST', '/api/sign-in', { body: claim })
  expect((await come()).code).toBe('in-doubt')
  const browser = await comeBack(admin)
  await browser.post('/api/access-review', { code: await codeOf() })
  await browser.post('/api/access-review/end')
  expect((await come()).status).toBe(200)
})

test('who shows the operator’s code goes through everything, on that tablet alone', async () => {
  const [browser, other] = [await comeBack(admin), await comeBack(gone)]
  const code = await codeOf()
  expect((await browser.get('/api/access-review')).body).toMatchObject({
    doubt: { cause: 'restored', reviewer: null, isMine: false },
    keys: [],
  })
  expect((await other.post('/api/access-review', { code: 'one-two-three-four-five-six' })).code).toBe(
    'wrong-console-code',
  )
  expect((await browser.post('/api/access-review', { code: ` ${code.toUpperCase()} ` })).status).toBe(204)
  expect((await other.post('/api/access-review', { code })).code).toBe('wrong-console-code')
  expect((await other.post('/api/access-review/end')).code).toBe('in-doubt')
  expect((await other.get('/api/accounts')).code).toBe('in-doubt')
  expect((await browser.get('/api/accounts')).status).toBe(200)
  const { keys } = (await browser.get('/api/access-review')).body as { keys: { id: string; person: string }[] }
  expect(keys.map(({ person }) => person).sort()).toEqual([admin, gone, supervisor].map(({ staff }) => staff).sort())
  expect(await push(admin, { kind: 'place', set: { name: 'สมมติ', type: 'school' } })).toEqual([])
})

test('once they have gone through it all, what waited is judged as it stands then', async () => {
  const browser = await comeBack(admin)
  expect(await push(supervisor)).toEqual(['in-doubt'])
  expect(await push(gone)).toEqual(['in-doubt'])
  await browser.post('/api/access-review', { code: await codeOf() })
  await browser.post(`/api/accounts/${gone.staff}/disable`)
  const { keys } = (await browser.get('/api/access-review')).body as { keys: { id: string; person: string }[] }
  const hers = keys.find(({ person }) => person === gone.staff)!
  expect((await browser.post(`/api/keys/${hers.id}/cut`)).status).toBe(204)
  expect((await browser.post(`/api/keys/${hers.id}/cut`)).status).toBe(404)
  expect((await browser.post('/api/access-review/end')).status).toBe(204)
  expect((await browser.get('/api/access-review')).body).toEqual({ doubt: null })
  const { held } = (await browser.get('/api/held')).body as { held: { author: string; code: string }[] }
  expect(held.map(({ author, code }) => [author, code])).toEqual([[gone.staff, 'cut-off']])
  const { lines } = (await browser.get('/api/access-log')).body as { lines: { act: string; subject: string }[] }
  const acts = lines.map(({ act }) => act).filter((act) => /review|cut-key|restored/.test(act))
  expect(acts).toEqual(['ended-access-review', 'cut-key', 'began-access-review', 'restored'])
  expect(await push(supervisor)).toEqual([])
})

test('the reviewer’s own removal counts from the beginning, and no right that was given meanwhile counts by itself', async () => {
  const base = { epoch: 'unknown', seq: 0 }
  const rights = (record: string, roles: Record<string, { on: boolean }>) => ({
    kind: 'staff',
    record: record as RecordId,
    base,
    set: { roles },
  })
  const browser = await comeBack(admin)
  // what his tablet offers again by itself, and a grant of hers
  expect(await push(admin, rights(gone.staff, { administrator: { on: false } }))).toEqual(['in-doubt'])
  expect(await push(gone, rights(officer.staff, { administrator: { on: true } }))).toEqual(['in-doubt'])
  await browser.post('/api/access-review', { code: await codeOf() })
  const people = async () =>
    (await browser.get('/api/access-review')).body.people as { staff: string; roles: string[] }[]
  expect((await people()).find(({ staff }) => staff === gone.staff)?.roles).toEqual(['supervisor'])
  expect((await browser.post('/api/access-review/end')).status).toBe(204)
  const { held } = (await browser.get('/api/held')).body as { held: { author: string; code: string }[] }
  expect(held.map(({ author, code }) => [author, code])).toEqual([[gone.staff, 'changed-meanwhile']])
  expect((await (await comeBack(officer)).get('/api/accounts')).code).toBe('not-permitted')
})

test('it does not end while a word of the reviewer’s about rights is held', async () => {
  const browser = await comeBack(admin)
  await browser.post('/api/access-review', { code: await codeOf() })
  const known = { kind: 'staff', record: gone.staff as RecordId }
  // as if he had not seen what somebody wrote there last
  await server.house.store().transaction(({ db }) =>
    db
      .insertInto('held')
      .values(heldOf(admin, { ...known, set: { roles: { administrator: { on: false } } } }))
      .execute(),
  )
  const answer = await browser.post('/api/access-review/end')
  expect([answer.code, answer.body.failure.detail]).toEqual(['in-doubt', 'outbox'])
})

const heldOf = ({ hello, staff }: Hired, more: Partial<Change>) => {
  const line = JSON.stringify({ n: 900, author: staff, at: 0, seen: 0, v: 1, ...more })
  const kept = {
    received_at: 0,
    state: 'held',
    settled_at: null,
    settled_seq: null,
    shown: 0,
    field: null,
    detail: null,
  }
  const { device } = hello
  return {
    ...{ province: province.provinceId, device: device.id, n: 900, digest: 'x', record: more.record!, author: staff },
    ...{ code: 'changed-meanwhile', line, proof: 'key.signature', ...kept },
  }
}

test('nobody ends a doubt that has begun meanwhile', async () => {
  const browser = await comeBack(admin)
  await browser.post('/api/access-review', { code: await codeOf() })
  await server.house
    .store()
    .transaction(({ db }) => keepDoubt(db, province.provinceId, { since: server.clock.now, cause: 'went-back' }))
  expect((await browser.post('/api/access-review/end')).code).toBe('in-doubt')
})

test('whoever holds a guarded role reads nothing new, and changes no password', async () => {
  const browser = await comeBack(gone)
  const { body } = await exchangeOver(browser, { device: gone.hello.device, person: gone.staff as StaffId })
  expect([body.records, body.cursor]).toEqual([[], null])
  for (const path of ['/api/desk', `/api/records/${school}/history`])
    expect((await browser.get(path)).code).toBe('in-doubt')
  const change = { current: password, next: 'ดอกปีบร่วงเต็มลานวัดเช้าวันพระ' }
  expect((await browser.post('/api/password', change)).code).toBe('in-doubt')
  // an officer's tablet goes on
  const officers = await exchangeOver(await comeBack(officer), {
    device: officer.hello.device,
    person: officer.staff as StaffId,
  })
  expect(officers.body.records.length).toBeGreaterThan(0)
})

test('no tablet comes in beside one that is known', async () => {
  const own = { id: officer.hello.device.id as string, credential: officer.hello.device.credential as string }
  const come = async (device: object, credential?: string) =>
    (
      await openBrowser(server).ask('POST', '/api/sign-in', {
        body: { username: officer.username, password, device, credential },
      })
    ).code
  const code = await codeOfTest(server)
  expect(await come({ id: makeId<DeviceId>(), code, follows: own })).toBe('in-doubt')
  expect(await come({ id: own.id, code }, own.credential)).toBe('in-doubt')
  const since = await province.hire(['officer'], [school], tablet())
  const { id, credential, slip } = since.hello.device
  expect(await come({ id, slip, follows: own }, credential)).toBe('in-doubt')
  const late = { id: makeId<DeviceId>() as string, code: unused }
  const body = { username: officer.username, password, device: late }
  const used = (await openBrowser(before).ask('POST', '/api/sign-in', { body })).body.device
  expect(await come({ id: late.id, slip: used.slip }, used.credential)).toBe('in-doubt')
  // nor as what a known one is said to have been
  expect(await come({ id: own.id, earlier: [{ id, credential, slip }] }, own.credential)).toBeUndefined()
  expect(
    await push({ ...officer, hello: { ...officer.hello, device: { id, credential } } } as Hired).catch(() => 'refused'),
  ).toBe('refused')
})

test('a code counts for a day, and not for another doubt', async () => {
  const browser = await comeBack(admin)
  const code = await codeOf()
  server.clock.now += 25 * 3_600_000
  await comeBack(admin)
  const again = await comeBack(admin)
  expect((await again.post('/api/access-review', { code })).code).toBe('wrong-console-code')
  expect((await browser.get('/api/access-review')).code).toBe('not-signed-in')
})

test('a code from the console lets in a browser, where no administrator has a tablet that the server knows', async () => {
  const { adminId, provinceId } = province
  const now = server.clock.now
  const facts = { province: provinceId, now, random: randomBytes, author: adminId, name: 'สมมติ', admits: [admin.staff] }
  const { code } = await server.house.store().transaction(async (tx) => {
    const made = await makeCode(tx, facts)
    await admitCode(tx, { province: provinceId, now, code: made.code })
    return made
  })
  const browser = openBrowser(server)
  const device = { id: makeId<DeviceId>(), code }
  const claim = { username: admin.username, password, device }
  expect((await browser.ask('POST', '/api/sign-in', { body: claim })).status).toBe(200)
  expect((await browser.post('/api/access-review', { code })).status).toBe(204)
  expect((await browser.get('/api/accounts')).status).toBe(200)
})
