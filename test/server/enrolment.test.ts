import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { codeLasts, enrolmentHash, slipText } from '#domain/authority/enrolment.ts'
import type { Change } from '#domain/change.ts'
import { attendanceId, type DeviceId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { signText } from '#server/log/receipts.ts'
import { hashOfSecret } from '#server/people/secret.ts'
import { on } from '#test/support/on.ts'
import { activityFields } from '#test/support/province.ts'
import {
  type Browser,
  beginProvince,
  makeId,
  openBrowser,
  password,
  startServer,
  type TestProvince,
  type TestServer,
} from './support.ts'
import { exchangeOver } from './sync-client.ts'

// A tablet is a ceiling (docs/authority.md, A5): who comes in on which browser, and what they reach there by any route.

let server: TestServer
let province: TestProvince
let school: RecordId
let temple: RecordId
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  school = (await province.place('โรงเรียนสมมติ')) as RecordId
  temple = (await province.place('วัดสมมติ')) as RecordId
})
afterAll(() => server.end())
beforeEach(async () => {
  server.clock.now += 20 * 60_000
  await province.admin.post('/api/sign-in', { username: 'aree', password })
})

interface For {
  readonly places?: readonly string[]
  readonly admits?: readonly string[]
  readonly codeUntil?: number
}

let codes = 0
/** A tablet as an administrator enrols it, with its one-time code. */
const newTablet = async ({ places, admits = [], codeUntil = server.clock.now + codeLasts }: For = {}) => {
  const code = `word-${++codes}-of-a-test`
  const rights = { admits: on(...admits), ...(places ? { places: on(...places) } : { wholeProvince: true }) }
  const set = { name: 'แท็บเล็ตทดลอง', code: enrolmentHash(code), codeUntil, ...rights }
  return { code, record: await province.own('tablet', set) }
}

/** A sign-in as it is, with nothing added. */
const signIn = (
  browser: Browser,
  username: string,
  device: Record<string, unknown> = { id: makeId<DeviceId>() },
  credential?: string,
) => browser.ask('POST', '/api/sign-in', { body: { username, password, device, credential } })

const person = async (...roles: Parameters<TestProvince['hire']>[0]) => province.hire(roles, [school, temple])

test('a browser that nobody has enrolled opens nothing, and is told what to do', async () => {
  const { username, staff } = await person('officer')
  const browser = openBrowser(server)
  const answer = await signIn(browser, username)
  expect([answer.status, answer.code]).toEqual([403, 'not-enrolled'])
  expect(browser.cookie).toBe('')
  const bare = await browser.ask('POST', '/api/sign-in', { body: { username, password } })
  expect(bare.code).toBe('not-enrolled')
  const { lines } = (await province.admin.get('/api/access-log')).body
  expect(lines[0]).toMatchObject({ act: 'tablet-refused', subject: staff })
})

test('every other administrator is shown what was done to rights, until they have seen it', async () => {
  const other = await person('administrator')
  other.browser.person = other.staff
  const news = async () => (await other.browser.get('/api/rights-news')).body.lines as { seq: number; act: string }[]
  await other.browser.post('/api/rights-news', { upTo: (await news())[0]?.seq ?? 0 })
  expect(await news()).toEqual([])
  const { username } = await person('officer')
  const { code, record } = await newTablet()
  await signIn(openBrowser(server), username, { id: makeId(), code })
  const [enrolled, ...rest] = await news()
  expect(enrolled).toMatchObject({ act: 'enrolled-tablet', subject: record })
  expect(rest.map(({ act }) => act)).toContain('made-account')
  await other.browser.post('/api/rights-news', { upTo: enrolled!.seq })
  expect(await news()).toEqual([])
  // of their own deeds they know
  await other.browser.post(`/api/accounts/${(await person('officer')).staff}/disable`)
  expect((await news()).map(({ act }) => act)).not.toContain('disabled-account')
})

test('a code enrols one browser, however it is typed, and no second one', async () => {
  const { username } = await person('officer')
  const { code, record } = await newTablet()
  const browser = openBrowser(server)
  const device = makeId<DeviceId>()
  const hello = await signIn(browser, username, { id: device, code: ` ${code.toUpperCase().replaceAll('-', '  ')}` })
  expect(hello.status).toBe(200)
  expect((await province.admin.get('/api/devices')).body.devices).toContainEqual(
    expect.objectContaining({ id: device, tablet: record, name: 'แท็บเล็ตทดลอง' }),
  )
  expect((await signIn(openBrowser(server), username, { id: makeId(), code })).code).toBe('wrong-enrolment-code')
  // the answer was lost on the way: the same browser asks once more
  const again = await signIn(openBrowser(server), username, { id: device, code })
  expect(again.body.device.credential).toMatch(/^[\w-]{43}$/)
})

test('a tablet of very many places that was copied very often is heard', async () => {
  const { username } = await person('officer')
  const { code } = await newTablet()
  const device = makeId<DeviceId>()
  const hello = await signIn(openBrowser(server), username, { id: device, code })
  const { credential } = hello.body.device
  const slip = { text: 'x'.repeat(60_000), key: 'k', signature: 'A'.repeat(86) }
  const earlier = Array.from({ length: 20 }, () => ({ id: makeId<DeviceId>(), credential, slip }))
  expect((await signIn(openBrowser(server), username, { id: device, earlier }, credential)).status).toBe(200)
})

test('two browsers that show one code at once: one is in', async () => {
  const people = [await person('officer'), await person('officer')]
  const { code } = await newTablet()
  const both = await Promise.all(
    people.map(({ username }) => signIn(openBrowser(server), username, { id: makeId(), code })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
})

test('a wrong code, one that is a day old, and one of a withdrawn tablet are no good', async () => {
  const { username } = await person('officer')
  const old = await newTablet({ codeUntil: server.clock.now })
  const withdrawn = await newTablet()
  await province.own('tablet', { withdrawn: 'mistake' }, withdrawn.record as RecordId)
  for (const code of ['never-said-by-anybody', old.code, withdrawn.code, ''.padEnd(200, 'x')])
    expect((await signIn(openBrowser(server), username, { id: makeId(), code })).code).toBe('wrong-enrolment-code')
})

test('somebody with a guarded role comes in where they are admitted, and the code is there for whoever is', async () => {
  const [boss, officer] = [await person('supervisor'), await person('officer')]
  const { code } = await newTablet()
  const device = makeId<DeviceId>()
  const refused = await signIn(openBrowser(server), boss.username, { id: device, code })
  expect([refused.status, refused.code]).toEqual([403, 'not-admitted'])
  const hello = await signIn(openBrowser(server), officer.username, { id: device, code })
  expect(hello.status).toBe(200)
  const own = [{ id: device }, hello.body.device.credential] as const
  expect((await signIn(openBrowser(server), boss.username, ...own)).code).toBe('not-admitted')
  const { code: other } = await newTablet({ admits: [boss.staff] })
  expect((await signIn(openBrowser(server), boss.username, { id: makeId(), code: other })).status).toBe(200)
})

test('whom a tablet no longer admits is out there at once, by route and by sync, and elsewhere not', async () => {
  const boss = await person('supervisor')
  const { code, record } = await newTablet({ admits: [boss.staff] })
  const browser = openBrowser(server)
  const hello = await signIn(browser, boss.username, { id: makeId(), code })
  browser.person = boss.staff
  expect((await browser.get('/api/export/activity.csv')).status).toBe(200)
  await province.own('tablet', { admits: { [boss.staff]: { on: false } } }, record as RecordId)
  expect((await browser.get('/api/export/activity.csv')).code).toBe('not-signed-in')
  const { public: x, proof } = { public: 'A'.repeat(43), proof: 'A'.repeat(86) }
  expect((await browser.post('/api/keys', { public: x, proof, lastN: 0 })).code).toBe('not-signed-in')
  const read = await exchangeOver(browser, { device: hello.body.device, person: boss.staff })
  expect(read.body).toMatchObject({ records: [], cursor: null })
  expect((await boss.browser.get('/api/export/activity.csv')).status).toBe(200)
})

test('whoever is given a guarded role on a tablet that does not admit them is out there', async () => {
  const officer = await person('officer')
  const { code } = await newTablet()
  const browser = openBrowser(server)
  await signIn(browser, officer.username, { id: makeId(), code })
  expect((await browser.get('/api/session')).status).toBe(200)
  await province.own('staff', { roles: on('supervisor') }, officer.staff as RecordId)
  expect((await browser.get('/api/session')).code).toBe('not-signed-in')
})

test.each(['officer', 'supervisor', 'administrator'] as const)(
  'a tablet of one place shows %s no other: not by sync, history or export',
  async (role) => {
    const at = async (place: string) => province.own('activity', activityFields(place))
    const [here, there] = [await at(school), await at(temple)]
    const who = await person(role)
    const { code } = await newTablet({ places: [school], admits: [who.staff] })
    const browser = openBrowser(server)
    const hello = await signIn(browser, who.username, { id: makeId(), code })
    browser.person = who.staff
    expect(hello.body.standing.within).toEqual([school])
    const read = await exchangeOver(browser, { device: hello.body.device, person: who.staff })
    const ids = read.body.records.map(({ id }) => id as string)
    expect(ids).toContain(here)
    expect(ids).not.toContain(there)
    expect((await browser.get(`/api/records/${here}/history`)).status).toBe(200)
    expect((await browser.get(`/api/records/${there}/history`)).code).toBe('not-found')
    if (role === 'officer') return
    const table = (await browser.get('/api/export/activity.csv')).body as string
    expect([table.includes(here), table.includes(there)]).toEqual([true, false])
  },
)

test('an administrator on a tablet of one place sees that something of another is held, and not what', async () => {
  const [admin, officer] = [await person('administrator'), await person('officer')]
  const { code } = await newTablet({ places: [school], admits: [admin.staff] })
  const browser = openBrowser(server)
  await signIn(browser, admin.username, { id: makeId(), code })
  browser.person = admin.staff
  const { device } = (
    await signIn(openBrowser(server), officer.username, { id: makeId(), code: (await newTablet()).code })
  ).body
  const held = (n: number, place: string): Change => ({
    ...{ n, author: makeId<RecordId>() as string as StaffId, at: server.clock.now, seen: 0, kind: 'activity', v: 1 },
    ...{ record: makeId(), set: activityFields(place, { outcome: `ผลที่ ${place}` }) },
  })
  await exchangeOver(browser, { device, changes: [held(1, school), held(2, temple)] })
  const text = JSON.stringify((await browser.get('/api/held')).body)
  expect(text).toContain(`ผลที่ ${school}`)
  expect(text).not.toContain(`ผลที่ ${temple}`)
})

test('what leaves the tablet’s places leaves the tablet', async () => {
  const activity = await province.own('activity', activityFields(temple))
  const officer = await person('officer')
  const { code, record } = await newTablet({ places: [school, temple] })
  const browser = openBrowser(server)
  const { device } = (await signIn(browser, officer.username, { id: makeId(), code })).body
  const first = await exchangeOver(browser, { device, person: officer.staff })
  expect(first.body.records.map(({ id }) => id as string)).toContain(activity)
  await province.own('tablet', { places: { [temple]: { on: false } } }, record as RecordId)
  const next = await exchangeOver(browser, { device, person: officer.staff, header: { cursor: first.body.cursor } })
  expect(next.body.gone).toContain(activity)
})

test('one browser is one tablet: colleagues of the one it was are not signed in on the one it becomes', async () => {
  const [kanda, malee] = [await person('officer'), await person('officer')]
  const [first, second] = [await newTablet(), await newTablet({ places: [school] })]
  const browser = openBrowser(server)
  await signIn(browser, kanda.username, { id: makeId(), code: first.code })
  const moved = await signIn(browser, malee.username, { id: makeId(), code: second.code })
  expect(moved.body.session.people).toEqual([malee.staff])
})

test('a browser that erased its storage is the same tablet again by its cookie, but for one that was revoked', async () => {
  const { username } = await person('officer')
  const { code, record } = await newTablet({ places: [school] })
  const browser = openBrowser(server)
  const device = makeId<DeviceId>()
  await signIn(browser, username, { id: device, code })
  const again = await signIn(browser, username)
  expect([again.status, again.body.standing?.within]).toEqual([200, [school]])
  const { devices } = (await province.admin.get('/api/devices')).body
  expect(devices.filter((one: { tablet: string }) => one.tablet === record)).toHaveLength(2)
  // revoked in one guise is revoked in all
  await province.admin.post(`/api/devices/${device}/revoke`)
  expect((await browser.get('/api/session')).code).toBe('not-signed-in')
  expect((await signIn(browser, username)).code).toBe('not-enrolled')
})

test('a slip counts for the device and the credential that it names, and under this province’s key', async () => {
  const { username } = await person('officer')
  const { code } = await newTablet({ places: [school] })
  const device = makeId<DeviceId>()
  const { slip, credential } = (await signIn(openBrowser(server), username, { id: device, code })).body.device
  const store = server.house.store()
  const forgotten = () => store.transaction(({ db }) => db.deleteFrom('devices').where('id', '=', device).execute())
  const back = (more: object, secret = credential) =>
    signIn(openBrowser(server), username, { id: device, slip, ...more }, secret)
  await store.transaction(async ({ db }) => {
    const sessions = db.selectFrom('sessions').select('id').where('device', '=', device)
    await db.deleteFrom('session_people').where('session', 'in', sessions).execute()
  })
  await forgotten()
  expect((await back({ id: makeId() })).code).toBe('not-enrolled')
  expect((await back({}, randomBytes(32).toString('base64url'))).code).toBe('not-enrolled')
  expect((await back({ slip: { ...slip, text: slip.text.replace(school, temple) } })).code).toBe('not-enrolled')
  expect((await back({ slip: { ...slip, key: makeId() } })).code).toBe('not-enrolled')
  const hello = await back({})
  expect([hello.status, hello.body.standing.within]).toEqual([200, [school]])
})

test('a restored server that lost the tablet’s record writes down what the slip says, and admits nobody by it', async () => {
  const [boss, officer] = [await person('supervisor'), await person('officer')]
  const { receiptKey, province: here } = (await server.house.open())!
  const [device, credential, lost] = [makeId<DeviceId>(), randomBytes(32).toString('base64url'), makeId()]
  const name = 'แท็บเล็ตที่ลืม'
  const text = slipText({
    province: here.id,
    device,
    credential: hashOfSecret(credential),
    tablet: lost,
    within: [school],
    name,
  })
  const slip = { text, key: receiptKey.id, signature: signText(receiptKey, text) }
  const back = (username: string) => signIn(openBrowser(server), username, { id: device, slip }, credential)
  expect((await back(boss.username)).code).toBe('not-admitted')
  const hello = await back(officer.username)
  expect([hello.status, hello.body.standing.within]).toEqual([200, [school]])
  expect((await back(boss.username)).code).toBe('not-admitted')
  expect((await province.admin.get('/api/devices')).body.devices).toContainEqual(
    expect.objectContaining({ id: device, tablet: lost, name }),
  )
})

test('a tablet of before goes on for whoever works on it, admits nobody, and becomes one by a code', async () => {
  const [boss, officer] = [await person('supervisor'), await person('officer')]
  const { code } = await newTablet()
  const device = makeId<DeviceId>()
  const { credential } = (await signIn(openBrowser(server), officer.username, { id: device, code })).body.device
  const store = server.house.store()
  await store.transaction(({ db }) =>
    db.updateTable('devices').set({ tablet: null, last_n: 1 }).where('id', '=', device).execute(),
  )
  const comes = (username: string, more: object = {}) =>
    signIn(openBrowser(server), username, { id: device, ...more }, credential)
  expect((await comes(officer.username)).status).toBe(200)
  expect((await comes(boss.username)).code).toBe('not-admitted')
  const { code: word, record } = await newTablet({ admits: [boss.staff] })
  expect((await comes(boss.username, { code: word })).status).toBe(200)
  const { devices } = (await province.admin.get('/api/devices')).body
  expect(devices.find((one: { id: string }) => one.id === device).tablet).toBe(record)
})

test('what was written beyond the tablet is held and told, and goes on at the administrator’s word', async () => {
  const officer = await person('officer')
  const { code, record } = await newTablet({ places: [school] })
  const browser = openBrowser(server)
  const { device } = (await signIn(browser, officer.username, { id: makeId(), code })).body
  const change: Change = {
    n: 1,
    author: officer.staff as StaffId,
    at: server.clock.now,
    seen: 0,
    kind: 'activity',
    v: 1,
    record: makeId(),
    set: activityFields(temple),
  }
  const sent = await exchangeOver(browser, { device, changes: [change] })
  expect(sent.body.results).toMatchObject([{ n: 1, code: 'place-not-of-this-tablet' }])
  await province.own('tablet', { places: on(temple) }, record as RecordId)
  // the server's own word lets nothing go by itself: the next sign-in there does
  await signIn(openBrowser(server), officer.username, { id: device.id }, device.credential)
  expect((await exchangeOver(browser, { device, changes: [change] })).body.results).toEqual([])
})

test('an officer who becomes a supervisor with a password that can be guessed chooses a stronger one first', async () => {
  const weak = 'ฟ้าหลังฝน2569'
  const officer = await person('officer')
  const changed = await officer.browser.post('/api/password', { current: password, next: weak })
  expect(changed.status).toBe(204)
  await province.own('staff', { roles: on('supervisor') }, officer.staff as RecordId)
  const { code } = await newTablet({ admits: [officer.staff] })
  const browser = openBrowser(server)
  const body = { username: officer.username, password: weak, device: { id: makeId(), code } }
  const hello = await browser.ask('POST', '/api/sign-in', { body })
  expect(hello.body.mustChange).toBe(true)
  browser.person = officer.staff
  const next = (to: string) => browser.post('/api/password', { current: weak, next: to })
  expect((await next('ใจดีสู้เสือ25')).body.failure).toEqual({
    code: 'password-too-weak',
    field: 'next',
    detail: 'guarded',
  })
  expect((await next('carve slush ninth blimp abdomen')).status).toBe(204)
  expect((await browser.get('/api/export/activity.csv')).status).toBe(200)
})

const captureOf = (author: string, n: number, place: string): Change => ({
  ...{ n, author: author as StaffId, at: server.clock.now, seen: 0, kind: 'activity', v: 1 },
  ...{ record: makeId(), set: activityFields(place) },
})

test.each(['by a copy', 'by itself'])('a tablet that becomes another one %s takes nobody along', async (how) => {
  const [kanda, malee] = [await person('officer'), await person('officer')]
  const [first, second] = [await newTablet({ places: [school] }), await newTablet()]
  const browser = openBrowser(server)
  const id = makeId<DeviceId>()
  const { device } = (await signIn(browser, kanda.username, { id, code: first.code })).body
  const claim =
    how === 'by itself' ? { id } : { id: makeId<DeviceId>(), follows: { id, credential: device.credential } }
  const shown = how === 'by itself' ? device.credential : undefined
  const moved = await signIn(browser, malee.username, { ...claim, code: second.code }, shown)
  expect([moved.status, moved.body.session.people]).toEqual([200, [malee.staff]])
  const own = { id: claim.id as string, credential: moved.body.device.credential ?? device.credential }
  const sent = await exchangeOver(openBrowser(server), { device: own, changes: [captureOf(kanda.staff, 1, temple)] })
  expect(sent.body.results).toMatchObject([{ code: 'not-signed-in-here' }])
})

test('a code sets no credential of a device that it is not of, and counts no second time once something was sent', async () => {
  const [kanda, malee] = [await person('officer'), await person('officer')]
  const [first, second] = [await newTablet({ places: [school] }), await newTablet()]
  const id = makeId<DeviceId>()
  const { credential } = (await signIn(openBrowser(server), kanda.username, { id, code: first.code })).body.device
  expect((await signIn(openBrowser(server), malee.username, { id, code: second.code })).code).toBe('unknown-device')
  await exchangeOver(openBrowser(server), { device: { id, credential }, changes: [captureOf(kanda.staff, 1, school)] })
  expect((await signIn(openBrowser(server), kanda.username, { id, code: first.code }, credential)).code).toBe(
    'wrong-enrolment-code',
  )
})

test('whoever has signed out stays out: no later word of the tablet, and no copy of it, brings them back', async () => {
  const [kanda, malee] = [await person('officer'), await person('officer')]
  const { code } = await newTablet()
  const browser = openBrowser(server)
  const id = makeId<DeviceId>()
  const { device } = (await signIn(browser, kanda.username, { id, code })).body
  browser.person = kanda.staff
  await browser.post('/api/sign-out', { person: kanda.staff, lastN: 0 })
  const left = { left: [[kanda.staff, 1_000_000]] }
  const again = await exchangeOver(browser, { device, header: left, changes: [captureOf(kanda.staff, 1, school)] })
  expect(again.body.results).toMatchObject([{ code: 'not-signed-in-here' }])
  const follows = { id, credential: device.credential }
  const copy = (await signIn(openBrowser(server), malee.username, { id: makeId(), follows })).body.device
  const asCopy = await exchangeOver(browser, { device: copy, changes: [captureOf(kanda.staff, 1, school)] })
  expect(asCopy.body.results).toMatchObject([{ code: 'not-signed-in-here' }])
})

test('a tablet of before is revoked with its copies', async () => {
  const { username } = await person('officer')
  const { code } = await newTablet()
  const [id, copy] = [makeId<DeviceId>(), makeId<DeviceId>()]
  const { credential } = (await signIn(openBrowser(server), username, { id, code })).body.device
  const store = server.house.store()
  await store.transaction(({ db }) => db.updateTable('devices').set({ tablet: null }).where('id', '=', id).execute())
  const browser = openBrowser(server)
  expect((await signIn(browser, username, { id: copy, follows: { id, credential } })).status).toBe(200)
  await province.admin.post(`/api/devices/${id}/revoke`)
  expect((await browser.get('/api/session')).code).toBe('not-signed-in')
})

test('a guarded role that comes while somebody is signed in asks for a stronger password at once', async () => {
  const officer = await person('officer')
  await officer.browser.post('/api/password', { current: password, next: 'ฟ้าหลังฝน2569' })
  await province.own('staff', { roles: on('supervisor') }, officer.staff as RecordId)
  expect((await officer.browser.get('/api/export/activity.csv')).code).toBe('password-must-change')
})

test('what waits for its parent stands nowhere that its tablet is not for', async () => {
  const officer = await person('officer')
  const [narrow, wide] = [await newTablet({ places: [school] }), await newTablet()]
  const comes = async (code: string) =>
    (await signIn(openBrowser(server), officer.username, { id: makeId(), code })).body.device
  const [at, elsewhere] = [await comes(narrow.code), await comes(wide.code)]
  const [session, pupil] = [makeId(), await province.own('person', { place: temple, givenName: 'ใบบุญสมมติ' })]
  const record = attendanceId(session, pupil as RecordId)
  const child = { ...captureOf(officer.staff, 1, school), kind: 'attendance', record, set: { session, person: pupil } }
  expect((await exchangeOver(openBrowser(server), { device: at, changes: [child] })).body.results).toEqual([])
  const parent = { ...captureOf(officer.staff, 1, temple), kind: 'training-session', record: session }
  const set = { place: temple, heldOn: '2026-11-02' }
  await exchangeOver(openBrowser(server), { device: elsewhere, changes: [{ ...parent, set }] })
  const row = await server.house
    .store()
    .db.selectFrom('records')
    .select('scope')
    .where('id', '=', record)
    .executeTakeFirst()
  expect(row?.scope).toBe(`?${officer.staff}`)
})

test('an administrator takes in what wants a proof, and nothing else, nor beyond the tablet on which they work', async () => {
  const [admin, officer, boss] = [await person('administrator'), await person('officer'), await person('supervisor')]
  const { code } = await newTablet({ places: [school], admits: [admin.staff] })
  const browser = openBrowser(server)
  await signIn(browser, admin.username, { id: makeId(), code })
  browser.person = admin.staff
  const other = await person('officer')
  const { device } = (
    await signIn(openBrowser(server), other.username, { id: makeId(), code: (await newTablet()).code })
  ).body
  const lines = [
    captureOf(officer.staff, 1, school),
    captureOf(officer.staff, 2, temple),
    captureOf(makeId() as string, 3, school),
    captureOf(boss.staff, 4, school),
  ]
  await exchangeOver(openBrowser(server), { device, changes: lines })
  await province.own('staff', { active: false }, boss.staff as RecordId)
  const { body } = await browser.post(`/api/held/${device.id}/take-in`, { ns: [1, 2, 3, 4] })
  expect(body.taken).toEqual([1])
  expect(body.refused).toMatchObject([
    { n: 2, code: 'place-not-of-this-tablet' },
    { n: 3, code: 'not-permitted' },
    { n: 4, code: 'not-permitted' },
  ])
})

test('what was cut off is not let go under another name of the tablet', async () => {
  const [kanda, malee] = [await person('officer'), await person('officer')]
  const { code } = await newTablet()
  const id = makeId<DeviceId>()
  const { credential } = (await signIn(openBrowser(server), kanda.username, { id, code })).body.device
  await province.admin.post(`/api/accounts/${kanda.staff}/disable`)
  const line = captureOf(kanda.staff, 1, school)
  const first = await exchangeOver(openBrowser(server), { device: { id, credential }, changes: [line] })
  expect(first.body.results).toMatchObject([{ code: 'cut-off' }])
  await province.admin.post(`/api/accounts/${kanda.staff}/enable`)
  const claim = { id: makeId<DeviceId>(), follows: { id, credential } }
  const copy = (await signIn(openBrowser(server), malee.username, claim)).body.device
  await signIn(openBrowser(server), kanda.username, { id: copy.id }, copy.credential)
  const again = await exchangeOver(openBrowser(server), { device: copy, changes: [line] })
  expect(again.body.results).toMatchObject([{ code: 'cut-off' }])
})
