import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBrowser, password, setUpCodeOf, startServer, type TestServer } from './support.ts'

let server: TestServer
beforeEach(async () => {
  server = await startServer()
})
afterEach(() => server.end())

const province = (more: object = {}) => ({
  mode: 'province',
  province: { name: 'จังหวัดสมมติ' },
  administrator: { name: 'อารี สมมติระบบ', username: 'Aree', password },
  ...more,
})

test('an empty server says so, and refuses everything else', async () => {
  const browser = openBrowser(server)
  expect((await browser.get('/api/province')).body).toMatchObject({
    setUp: false,
    receiptKey: null,
    publicUrlUsable: true,
  })
  expect((await browser.get('/api/session')).code).toBe('not-set-up')
  expect((await browser.post('/api/sign-in', { username: 'aree', password })).code).toBe('not-set-up')
})

test('with the code from the console a province begins, and its administrator signs in', async () => {
  const browser = openBrowser(server)
  const made = await browser.post('/api/setup', { code: setUpCodeOf(server), ...province() })
  expect(made.status).toBe(201)
  const known = (await browser.get('/api/province')).body
  expect(known).toMatchObject({ setUp: true, name: 'จังหวัดสมมติ', sample: false })
  expect(known.receiptKeys).toEqual([known.receiptKey])
  const hello = await browser.post('/api/sign-in', { username: 'aree', password })
  expect(hello.body).toMatchObject({ person: made.body.staff, mustChange: false })
  expect(hello.body.standing).toEqual({
    staff: made.body.staff,
    roles: ['administrator', 'supervisor', 'desk'],
    places: ['*'],
  })
})

test('it begins with code lists, the districts and a curriculum', async () => {
  const browser = openBrowser(server)
  await browser.post('/api/setup', { code: setUpCodeOf(server), ...province() })
  await browser.post('/api/sign-in', { username: 'aree', password })
  const lists = (await browser.get('/api/export/code-list.csv')).body as string
  expect(lists).toContain('subdistrict')
  expect(lists.trim().split('\r\n')).toHaveLength(13 + 9)
  expect((await browser.get('/api/export/curriculum.csv')).body).toContain(',180,')
})

test('it is set up once', async () => {
  const browser = openBrowser(server)
  const code = setUpCodeOf(server)
  await browser.post('/api/setup', { code, ...province() })
  expect((await browser.post('/api/setup', { code, ...province() })).code).toBe('already-set-up')
})

test('two who set up at the same moment get one province', async () => {
  const code = setUpCodeOf(server)
  const both = await Promise.all([1, 2].map(() => openBrowser(server).post('/api/setup', { code, ...province() })))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('a wrong code opens nothing, and many do not void the right one', async () => {
  const browser = openBrowser(server)
  const code = setUpCodeOf(server)
  for (let i = 0; i < 11; i++) {
    expect((await browser.post('/api/setup', { code: 'AAAA-AAAA-AAAA', ...province() })).code).toBe('wrong-set-up-code')
  }
  expect((await browser.post('/api/setup', { code, ...province() })).status).toBe(201)
})

test('what is missing or too weak is named beside its field', async () => {
  const browser = openBrowser(server)
  const code = setUpCodeOf(server)
  const failure = async (more: object) => (await browser.post('/api/setup', { code, ...province(more) })).body.failure
  expect(await failure({ province: { name: '' } })).toEqual({ code: 'invalid-field', field: 'province.name' })
  expect(await failure({ administrator: undefined })).toEqual({ code: 'invalid-field', field: 'administrator.name' })
  expect(await failure({ administrator: { name: 'ก', username: 'x', password } })).toEqual({
    code: 'invalid-field',
    field: 'administrator.username',
  })
  expect(await failure({ administrator: { name: 'ก', username: 'aree', password: 'password12' } })).toEqual({
    code: 'password-too-weak',
    field: 'administrator.password',
  })
})

test('sample data is a province of its own; the real tables stay empty', async () => {
  const browser = openBrowser(server)
  const real = server.house.store()
  const made = await browser.post('/api/setup', { code: setUpCodeOf(server), mode: 'sample' })
  expect(made.status).toBe(201)
  expect((await browser.get('/api/province')).body).toMatchObject({ setUp: true, sample: true })
  for (const { username, password, roles } of made.body.signIns) {
    const hello = await openBrowser(server).post('/api/sign-in', { username, password })
    expect(hello.body.standing.roles, username).toEqual(roles)
  }
  expect(await real.db.selectFrom('provinces').select('id').execute()).toEqual([])
})
