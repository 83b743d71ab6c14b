import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type SlipFacts, slipText } from '#domain/authority/enrolment.ts'
import { sessionText } from '#domain/authority/line-proof.ts'
import type { DeviceId, StaffId } from '#domain/kernel/id.ts'
import { brokenAccessLine } from '#server/log/access-log.ts'
import { signText } from '#server/log/receipts.ts'
import { countAttempt } from '#server/people/attempts.ts'
import { authenticateDevice } from '#server/people/device.ts'
import { hashOfSecret } from '#server/people/secret.ts'
import { on } from '#test/support/on.ts'
import { activityFields } from '#test/support/province.ts'
import { makeKey } from '#test/support/signing.ts'
import {
  beginProvince,
  codeOfTest,
  firstPassword,
  makeId,
  openBrowser,
  password,
  startServer,
  type TestProvince,
  type TestServer,
} from './support.ts'
import { exchangeOver } from './sync-client.ts'

let server: TestServer
let province: TestProvince
let school: string
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  school = await province.place('โรงเรียนสมมติ')
})
afterAll(() => server.end())
beforeEach(async () => {
  server.clock.now += 20 * 60_000
  // nobody has heard of the administrator for twenty minutes
  await province.admin.post('/api/sign-in', { username: 'aree', password })
})
const hour = 3_600_000
const minute = 60_000
const tablet = () => ({ id: makeId<DeviceId>() as string, name: 'แท็บเล็ตทดลอง' })

test('a wrong name and a wrong password get the same answer', async () => {
  const browser = openBrowser(server)
  const unknown = await browser.post('/api/sign-in', { username: 'nobody', password })
  const wrong = await browser.post('/api/sign-in', { username: 'aree', password: 'ไม่ใช่รหัสผ่านนี้' })
  expect(unknown.status).toBe(401)
  expect(unknown.body).toEqual(wrong.body)
  expect(browser.cookie).toBe('')
})

test.each(['somebody', 'nobody'])('guessing the password of %s becomes slow, also with the right one', async (who) => {
  const username = who === 'somebody' ? (await province.hire(['officer'], [school])).username : 'nobody-at-all'
  const browser = openBrowser(server)
  const guess = (tried: string) => browser.post('/api/sign-in', { username, password: tried })
  for (const wait of [1, 2, 4, 8]) {
    expect((await guess('ผิดแน่นอนครับ')).code).toBe('wrong-credentials')
    const early = await guess(password)
    expect(early.code).toBe('too-many-attempts')
    expect(early.body.failure.retryAfter).toBe(wait)
    expect(early.headers.get('retry-after')).toBe(String(wait))
    server.clock.now += wait * 1000
  }
  expect((await guess(password)).code).toBe(who === 'somebody' ? undefined : 'wrong-credentials')
})

test('many guesses at once count as many', async () => {
  const { username } = await province.hire(['officer'], [school])
  server.clock.now += hour
  const tries = Array.from({ length: 8 }, () =>
    openBrowser(server).post('/api/sign-in', { username, password: 'ผิดแน่นอนครับ' }),
  )
  const codes = (await Promise.all(tries)).map(({ code }) => code)
  expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(1)
  expect(codes.filter((code) => code === 'too-many-attempts')).toHaveLength(7)
})

test('two attempts that read the account at the same moment are not both looked at', async () => {
  const { staff } = await province.hire(['officer'], [school])
  const store = server.house.store()
  for (const tablet of [null, makeId<DeviceId>()]) {
    const tried = { province: province.provinceId, staff, tablet }
    const attempts = await Promise.all(
      [1, 2, 3].map(() => store.transaction(({ db }) => countAttempt(db, tried, server.clock.now))),
    )
    expect(attempts.map((failure) => failure?.code)).toEqual([undefined, 'too-many-attempts', 'too-many-attempts'])
  }
})

test('a stranger who guesses locks nobody out at their own tablet, whose own wrong guesses are counted apart', async () => {
  const device = tablet()
  const { username, hello } = await province.hire(['officer'], [school], device)
  const { id, credential } = hello.device
  const comes = (tried: string) =>
    openBrowser(server).post('/api/sign-in', { username, password: tried, device: { id }, credential })
  const stranger = (tried: string) =>
    openBrowser(server).ask('POST', '/api/sign-in', { body: { username, password: tried, device: tablet() } })
  for (let i = 0; i < 19; i++) {
    await stranger('ผิดแน่นอนครับ')
    server.clock.now += 100
  }
  expect((await stranger(password)).code).toBe('too-many-attempts')
  expect((await comes(password)).status).toBe(200)
  // a good sign-in at the tablet forgives the stranger nothing
  expect((await stranger(password)).code).toBe('too-many-attempts')
  expect((await comes('ผิดแน่นอนครับ')).code).toBe('wrong-credentials')
  expect((await comes(password)).code).toBe('too-many-attempts')
  server.clock.now += 1000
  expect((await comes(password)).status).toBe(200)
})

test('after a good sign-in the failures before it are forgotten', async () => {
  const { username } = await province.hire(['officer'], [school])
  const browser = openBrowser(server)
  await browser.post('/api/sign-in', { username, password: 'ผิดแน่นอนครับ' })
  server.clock.now += 1000
  expect((await browser.post('/api/sign-in', { username, password })).status).toBe(200)
  expect((await browser.post('/api/sign-in', { username, password })).status).toBe(200)
})

test('until the first password has been changed nothing else works', async () => {
  const staff = await province.own('staff', {
    name: 'ใหม่ สมมติ',
    active: true,
    roles: on('officer'),
    places: on(school),
  })
  await province.admin.post('/api/accounts', { staff, username: 'newcomer', password: firstPassword })
  const browser = openBrowser(server)
  const hello = await browser.post('/api/sign-in', { username: 'newcomer', password: firstPassword })
  expect(hello.body).toMatchObject({ person: staff, mustChange: true })
  expect((await browser.get('/api/desk')).code).toBe('password-must-change')
  expect((await browser.get('/api/session')).status).toBe(200)
  const next = (current: string, to: string) => browser.post('/api/password', { current, next: to })
  expect((await next(firstPassword, firstPassword)).body.failure).toEqual({ code: 'password-too-weak', field: 'next' })
  expect((await next(firstPassword, 'newcomer99')).code).toBe('password-too-weak')
  expect((await next('ผิดแน่นอนครับ', password)).body.failure).toEqual({ code: 'wrong-credentials', field: 'current' })
  server.clock.now += 1000
  expect((await next(firstPassword, password)).status).toBe(204)
  expect((await browser.get('/api/desk')).status).toBe(200)
  expect((await openBrowser(server).post('/api/sign-in', { username: 'newcomer', password })).status).toBe(200)
})

test('a changed password ends the other sign-ins of that person, and nobody else’s', async () => {
  const { username, browser } = await province.hire(['officer'], [school])
  const elsewhere = openBrowser(server)
  await elsewhere.post('/api/sign-in', { username, password })
  await browser.post('/api/password', { current: password, next: 'ฝนตกบนหลังคาสังกะสี' })
  expect((await browser.get('/api/session')).status).toBe(200)
  expect((await elsewhere.get('/api/session')).code).toBe('not-signed-in')
  expect((await province.admin.post('/api/sign-in', { username: 'aree', password })).status).toBe(200)
})

test('colleagues share a tablet, and each acts in their own name', async () => {
  const device = tablet()
  const first = await province.hire(['officer'], [school], device)
  const second = await province.hire(['trainer'], [school])
  const { browser, hello } = first
  server.clock.now += 1000
  await browser.post('/api/sign-in', {
    username: second.username,
    password,
    device,
    credential: hello.device.credential,
  })
  const now = (await browser.get('/api/session')).body
  expect(now.person).toBe(second.staff)
  expect(now.session.people).toEqual([second.staff, first.staff])
  expect(now.device).toMatchObject({ id: device.id })
  browser.person = first.staff
  expect((await browser.get('/api/session')).body.person).toBe(first.staff)
  browser.person = province.adminId
  expect((await browser.get('/api/session')).code).toBe('not-signed-in')
  browser.person = second.staff
  expect((await browser.post('/api/sign-out', { person: second.staff })).status).toBe(204)
  browser.person = undefined
  expect((await browser.get('/api/session')).body.session.people).toEqual([first.staff])
  await browser.post('/api/sign-out', { person: first.staff })
  expect(browser.cookie).toBe('')
})

test('an officer stays signed in for weeks, a supervisor for ten minutes after their last request', async () => {
  const officer = await province.hire(['officer'], [school])
  const supervisor = await province.hire(['supervisor'], [school])
  supervisor.browser.person = supervisor.staff
  for (let times = 0; times < 3; times++) {
    server.clock.now += 9 * minute
    expect((await supervisor.browser.get('/api/session')).status).toBe(200)
  }
  server.clock.now += 10 * minute
  expect((await supervisor.browser.get('/api/session')).code).toBe('not-signed-in')
  server.clock.now += 29 * 24 * hour
  expect((await officer.browser.get('/api/session')).status).toBe(200)
  server.clock.now += 24 * hour
  expect((await officer.browser.get('/api/session')).code).toBe('not-signed-in')
  await province.admin.post('/api/sign-in', { username: 'aree', password })
})

test('a supervisor who was silent is heard again once the key of that very tablet has signed, and a borrowed session opens nothing', async () => {
  const { browser, staff, hello, key } = await province.hire(['supervisor'], [school], tablet())
  browser.person = staff
  const challenge = async () => (await browser.post('/api/session/challenge', {})).body.challenge as string
  const unlock = (signature: string, more: object = {}) =>
    browser.post('/api/session/unlock', { person: staff, key: key!.id, signature, ...more })
  const signed = async (by = key!) => by.signText(sessionText(hello.province.id, hello.device.id, await challenge()))
  server.clock.now += 10 * minute
  expect((await browser.get('/api/export/activity.csv')).code).toBe('not-signed-in')
  const stranger = makeKey(hello.province.id, hello.device.id, staff)
  expect((await unlock(await signed(stranger))).code).toBe('not-signed-in')
  expect((await unlock(await signed(stranger), { key: stranger.id })).code).toBe('not-signed-in')
  const once = await signed()
  expect((await unlock(once, { person: province.adminId })).code).toBe('not-signed-in')
  expect((await unlock(once)).code).toBe('not-signed-in')
  const again = await signed()
  expect((await unlock(again)).status).toBe(204)
  expect((await browser.get('/api/export/activity.csv')).status).toBe(200)
  expect((await unlock(again)).code).toBe('not-signed-in')
  // the tablet is handed over: a colleague in the same browser borrows nothing
  expect((await browser.post('/api/session/lock')).status).toBe(204)
  expect((await browser.get('/api/export/activity.csv')).code).toBe('not-signed-in')
  await province.admin.post('/api/sign-in', { username: 'aree', password })
})

test('the token is new after every sign-in, so a planted one is worth nothing', async () => {
  const { browser, username } = await province.hire(['officer'], [school])
  const before = browser.cookie
  await browser.post('/api/sign-in', { username, password })
  expect(browser.cookie).not.toBe(before)
  const old = openBrowser(server)
  old.cookie = before
  expect((await old.get('/api/session')).code).toBe('not-signed-in')
})

test('a tablet gets its credential once, and nobody else can take its name', async () => {
  const device = { ...tablet(), code: await codeOfTest(server) }
  const { hello, username } = await province.hire(['officer'], [school], device)
  expect(hello.device.id).toBe(device.id)
  expect(hello.device.credential).toMatch(/^[\w-]{43}$/)
  const again = (credential?: string, more = {}) =>
    openBrowser(server).post('/api/sign-in', { username, password, device: { id: device.id, ...more }, credential })
  const known = (await again(hello.device.credential)).body.device
  expect(known.id).toBe(device.id)
  expect(known).not.toHaveProperty('credential')
  // Nothing has been sent yet: the answer with the credential may have been lost on the way, and whoever has the code asks once more.
  expect((await again()).code).toBe('unknown-device')
  expect((await again(undefined, { code: await codeOfTest(server) })).code).toBe('unknown-device')
  const renewed = await again(undefined, { code: device.code })
  expect(renewed.body.device.credential).toMatch(/^[\w-]{43}$/)
  await server.house
    .store()
    .transaction(({ db }) => db.updateTable('devices').set({ last_n: 1 }).where('id', '=', device.id).execute())
  expect((await again()).code).toBe('unknown-device')
  expect((await again(hello.device.credential)).code).toBe('unknown-device')
  expect((await again(renewed.body.device.credential)).status).toBe(200)
})

test('a tablet that was copied is registered anew, as the one it was; nobody who cannot prove that is', async () => {
  const first = tablet()
  const { username, staff, browser, hello } = await province.hire(['officer'], [school], first)
  const register = async (credential: string) => {
    const device = { ...tablet(), follows: { id: first.id, credential } }
    const answer = await browser.post('/api/sign-in', { username, password, device })
    expect(answer.body.device.credential).toMatch(/^[\w-]{40,}$/)
    const { devices } = (await province.admin.get('/api/devices')).body
    return devices.find((one: { id: string }) => one.id === device.id)
  }
  expect(await register(hello.device.credential)).toMatchObject({ follows: first.id, people: [staff] })
  expect(await register('guessed-guessed-guessed')).toMatchObject({ follows: null })
})

/** A tablet that this server has forgotten: it still has the slip that it got. */
const proofOfTablet = async (more: Partial<SlipFacts> = {}) => {
  const [id, credential] = [tablet().id, randomBytes(32).toString('base64url')]
  const { province: here, receiptKey } = (await server.house.open())!
  const facts = { province: here.id, device: id, credential: hashOfSecret(credential), tablet: '', within: null }
  const text = slipText({ ...facts, name: 'แท็บเล็ต', ...more })
  return { id, credential, slip: { text, key: receiptKey.id, signature: signText(receiptKey, text) } }
}

test('a server that was restored takes in again, with their own credentials, a tablet and what it was before', async () => {
  const { username, staff, browser, hello } = await province.hire(['officer'], [school], tablet())
  const [oldest, older, own] = await Promise.all([proofOfTablet(), proofOfTablet(), proofOfTablet()])
  const known = { id: hello.device.id, credential: 'guessed-guessed-guessed' }
  const device = { id: own.id, slip: own.slip, earlier: [known, oldest], follows: older }
  const answer = await browser.ask('POST', '/api/sign-in', {
    body: { username, password, device, credential: own.credential },
  })
  expect(answer.body.device.id).toBe(own.id)
  expect(answer.body.device).not.toHaveProperty('credential')
  const { db } = server.house.store()
  const { id: here } = await db.selectFrom('provinces').select('id').executeTakeFirstOrThrow()
  const sent = await Promise.all(
    [oldest, older, own, known].map(async ({ id, credential }) => {
      return (await authenticateDevice(db, here, `Device ${id}.${credential}`))?.id
    }),
  )
  expect(sent).toEqual([oldest.id, older.id, own.id, undefined])
  const { devices } = (await province.admin.get('/api/devices')).body
  const listed = (id: string) => devices.find((one: { id: string }) => one.id === id)
  expect(listed(oldest.id)).toMatchObject({ follows: null, people: [staff] })
  expect(listed(older.id)).toMatchObject({ follows: oldest.id, people: [staff] })
  expect(listed(own.id)).toMatchObject({ follows: older.id, people: [staff] })
})

test('whoever had been on a tablet before it was copied twice has been on it, also where a restored server forgot the copies', async () => {
  const first = tablet()
  const pranee = await province.hire(['officer'], [school], first)
  const malee = await province.hire(['officer'], [school])
  const { credential } = pranee.hello.device
  const here = { username: malee.username, password, device: first, credential }
  expect((await malee.browser.post('/api/sign-in', here)).status).toBe(200)
  const row = await server.house.store().db.selectFrom('devices').select('tablet').where('id', '=', first.id).execute()
  const same = { tablet: row[0]!.tablet! }
  const [older, own] = await Promise.all([proofOfTablet(same), proofOfTablet(same)])
  const device = { id: own.id, slip: own.slip, earlier: [{ id: first.id, credential }], follows: older }
  const back = { username: pranee.username, password, device, credential: own.credential }
  expect((await pranee.browser.ask('POST', '/api/sign-in', { body: back })).body.device.id).toBe(own.id)
  const { devices } = (await province.admin.get('/api/devices')).body
  for (const { id } of [older, own]) {
    const { people } = devices.find((one: { id: string }) => one.id === id)
    expect(people.toSorted()).toEqual([pranee.staff, malee.staff].toSorted())
  }
})

test('a forgotten tablet has the credential of its slip while nothing was sent in its name, and nobody sets it without', async () => {
  const { username } = await province.hire(['officer'], [school])
  const { db } = server.house.store()
  const { id: here } = await db.selectFrom('provinces').select('id').executeTakeFirstOrThrow()
  const [former, own, stranger] = await Promise.all([proofOfTablet(), proofOfTablet(), proofOfTablet()])
  const comesBack = (follows: Partial<typeof former>, { id, credential, slip } = own) => {
    const body = { username, password, device: { id, slip, follows }, credential }
    return openBrowser(server).ask('POST', '/api/sign-in', { body })
  }
  const mayEnter = async ({ id, credential }: typeof former) =>
    (await authenticateDevice(db, here, `Device ${id}.${credential}`)) !== null
  expect((await comesBack({ id: former.id, credential: former.credential })).status).toBe(200)
  expect(await mayEnter(former)).toBe(false)
  expect((await comesBack(former)).status).toBe(200)
  expect(await mayEnter(former)).toBe(true)
  const other = { ...former, credential: stranger.credential }
  await comesBack(other, stranger)
  expect(await mayEnter(other)).toBe(false)
  expect(await mayEnter(former)).toBe(true)
  await server.house
    .store()
    .transaction(({ db: tx }) => tx.updateTable('devices').set({ last_n: 1 }).where('id', '=', former.id).execute())
  await comesBack(other, stranger)
  expect(await mayEnter(former)).toBe(true)
})

test('a reset lets the person in with the new first password only, and ends what was open', async () => {
  const { staff, username, browser } = await province.hire(['officer'], [school])
  expect((await province.admin.post(`/api/accounts/${staff}/reset`, { password: firstPassword })).status).toBe(204)
  expect((await browser.get('/api/session')).code).toBe('not-signed-in')
  expect((await browser.post('/api/sign-in', { username, password })).code).toBe('wrong-credentials')
  server.clock.now += 1000
  const hello = await browser.post('/api/sign-in', { username, password: firstPassword })
  expect(hello.body.mustChange).toBe(true)
})

test('a disabled account and a member of staff who left cannot sign in, and are out at once', async () => {
  const disabled = await province.hire(['officer'], [school])
  await province.admin.post(`/api/accounts/${disabled.staff}/disable`)
  expect((await disabled.browser.get('/api/session')).code).toBe('not-signed-in')
  expect((await disabled.browser.post('/api/sign-in', { username: disabled.username, password })).code).toBe(
    'wrong-credentials',
  )
  server.clock.now += 1000
  await province.admin.post(`/api/accounts/${disabled.staff}/enable`)
  expect((await disabled.browser.post('/api/sign-in', { username: disabled.username, password })).status).toBe(200)

  const left = await province.hire(['officer'], [school])
  await province.own('staff', { active: false }, left.staff)
  expect((await left.browser.get('/api/session')).code).toBe('not-signed-in')
  expect((await left.browser.post('/api/sign-in', { username: left.username, password })).code).toBe(
    'wrong-credentials',
  )
})

test('nobody disables themselves', async () => {
  const own = await province.admin.post(`/api/accounts/${province.adminId}/disable`)
  expect(own.body.failure).toEqual({ code: 'not-permitted', detail: 'own-account' })
})

test('a name is taken once, whatever its capitals', async () => {
  const { username } = await province.hire(['officer'], [school])
  const staff = await province.own('staff', { name: 'อีกคน สมมติ', active: true, roles: on('officer') })
  const make = (more: object) =>
    province.admin.post('/api/accounts', { staff, username: username.toUpperCase(), password: firstPassword, ...more })
  expect((await make({})).body.failure).toEqual({ code: 'name-taken', field: 'username' })
  expect((await make({ staff: makeId(), username: 'free' })).body.failure).toEqual({
    code: 'not-found',
    field: 'staff',
  })
  expect((await make({ username: 'สมมติ.อีกคน' })).status).toBe(201)
  expect((await make({ username: 'another' })).body.failure).toEqual({ code: 'name-taken', field: 'staff' })
})

test('who signed in and who altered who may is in a chained log that shows every gap', async () => {
  const { db } = server.house.store()
  const { lines } = (await province.admin.get('/api/access-log')).body
  expect(lines.map(({ act }: { act: string }) => act)).toEqual(
    expect.arrayContaining(['signed-in', 'sign-in-refused', 'made-account', 'reset-password', 'changed-password']),
  )
  expect(await brokenAccessLine(db, province.provinceId)).toBeNull()
  const { seq } = lines[3]
  await server.house
    .store()
    .transaction(({ db }) =>
      db.updateTable('access_log').set({ staff: 'somebody else' }).where('seq', '=', seq).execute(),
    )
  expect(await brokenAccessLine(db, province.provinceId)).toBe(seq)
})

test('no log line tells who, with what, or whose record', async () => {
  const text = server.logged.join('')
  expect(text).toContain('/api/accounts/:staff/reset')
  for (const told of ['aree', 'person1', password, firstPassword, province.adminId]) expect(text).not.toContain(told)
})

test('somebody sees where they are signed in, and signs out of all but here', async () => {
  const [first, second] = [tablet(), tablet()]
  const { staff, username, browser, hello } = await province.hire(['officer'], [school], first)
  server.clock.now += minute
  const elsewhere = openBrowser(server)
  const there = await elsewhere.post('/api/sign-in', { username, password, device: second })
  const { signIns } = (await elsewhere.get('/api/sign-ins')).body as { signIns: { tablet: string; isHere: boolean }[] }
  expect(signIns.map(({ isHere }) => isHere)).toEqual([true, false])
  expect((await elsewhere.post('/api/sign-ins/end')).status).toBe(204)
  expect((await browser.get('/api/session')).code).toBe('not-signed-in')
  expect((await elsewhere.get('/api/sign-ins')).body.signIns).toHaveLength(1)
  const change = { author: staff as StaffId, at: 0, seen: 0, kind: 'activity', v: 1, set: activityFields(school) }
  const push = async (device: { id: string; credential: string }) =>
    (await exchangeOver(openBrowser(server), { device, changes: [{ n: 1, record: makeId(), ...change }] })).body.results
  expect(await push(hello.device)).toMatchObject([{ code: 'not-signed-in-here' }])
  expect(await push(there.body.device)).toEqual([])
})

test('whoever floods from the address of a school refuses its tablets nothing', async () => {
  const device = tablet()
  const { username, hello } = await province.hire(['officer'], [school], device)
  const { id, credential } = hello.device
  const Authorization = `Device ${id}.${credential}`
  const flood = Array.from({ length: 610 }, () => openBrowser(server).ask('POST', '/api/sign-in', { body: {} }))
  const codes = (await Promise.all(flood)).map(({ code }) => code)
  expect(codes).toContain('too-many-attempts')
  const body = { username, password, device: { id }, credential }
  expect((await openBrowser(server).ask('POST', '/api/sign-in', { body })).code).toBe('too-many-attempts')
  const proven = await openBrowser(server).ask('POST', '/api/sign-in', { body, headers: { Authorization } })
  expect(proven.status).toBe(200)
  const stranger = { Authorization: `Device ${id}.${'x'.repeat(43)}` }
  expect((await openBrowser(server).ask('POST', '/api/sign-in', { body, headers: stranger })).code).toBe(
    'too-many-attempts',
  )
})
