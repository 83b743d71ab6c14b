import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import { type Role, roles } from '#domain/roles.ts'
import { view } from '#domain/view.ts'
import { type Doubt, keepDoubt } from '#server/log/doubt.ts'
import { routesOf } from '#server/service.ts'
import type { TestKey } from '#test/support/signing.ts'
import {
  type Browser,
  beginProvince,
  makeId,
  openBrowser,
  startServer,
  type TestProvince,
  type TestServer,
} from './support.ts'
import { exchangeOver } from './sync-client.ts'

/** Who may use each route, written down a second time: a new route must be added here before this passes. */
const everybodySignedIn = roles
const mayUse: Readonly<Record<string, 'anybody' | readonly Role[]>> = {
  'get /api/health': 'anybody',
  'get /api/province': 'anybody',
  'post /api/setup': 'anybody',
  'post /api/sign-in': 'anybody',
  // proven by the device's own credential, not by a person
  'post /api/sync': 'anybody',
  // or any tablet, by its own credential
  'post /api/courier': everybodySignedIn,
  // of the tablet that the browser's own cookie names
  'get /api/kept': 'anybody',
  'post /api/sign-out': everybodySignedIn,
  'post /api/password': everybodySignedIn,
  // decided by the handler: whoever holds a guarded role, on a tablet, with a fresh password
  'post /api/keys': everybodySignedIn,
  // of the browser's own cookie; a key's signature decides
  'post /api/session/lock': everybodySignedIn,
  'post /api/session/challenge': 'anybody',
  'post /api/session/unlock': 'anybody',
  'get /api/session': everybodySignedIn,
  'get /api/sign-ins': everybodySignedIn,
  'post /api/sign-ins/end': everybodySignedIn,
  'get /api/events': everybodySignedIn,
  'get /api/backup-state': everybodySignedIn,
  'get /api/records/:id/history': everybodySignedIn,
  'get /api/desk': everybodySignedIn,
  'get /api/export/:kind.csv': ['supervisor', 'administrator'],
  'post /api/desk/keys': ['desk'],
  'post /api/desk/proposals/drop': ['desk'],
  'post /api/desk/exports': ['desk'],
  'post /api/desk/openings': ['desk'],
  // a tablet tells of a list that it has not taken, whoever works on it
  'post /api/desk/refused': everybodySignedIn,
  'get /api/accounts': ['administrator'],
  'post /api/accounts': ['administrator'],
  'post /api/accounts/:staff/reset': ['administrator'],
  'post /api/accounts/:staff/disable': ['administrator'],
  'post /api/accounts/:staff/enable': ['administrator'],
  'get /api/devices': ['administrator'],
  'post /api/devices/:id': ['administrator'],
  'post /api/devices/:id/revoke': ['administrator'],
  'get /api/held': ['administrator'],
  'post /api/held/:device/:n/drop': ['administrator'],
  'post /api/held/:device/take-in': ['administrator'],
  'get /api/access-log': ['administrator'],
  'get /api/rights-news': ['administrator'],
  'get /api/access-review': ['administrator'],
  'post /api/access-review': ['administrator'],
  'post /api/access-review/end': ['administrator'],
  'post /api/keys/:id/cut': ['administrator'],
  'post /api/rights-news': ['administrator'],
}

/** What is open to whoever has not yet changed the password that they were given. */
const whileMustChange = [
  'post /api/sign-out',
  'post /api/password',
  'get /api/session',
  // what others have sealed, and nothing in the name of who carries it
  'post /api/courier',
]

/** What is open to an administrator while nobody knows whom a log that went back has let go. */
const whileInDoubt = ['get /api/access-review', 'post /api/access-review']
/** And what is shut then to whoever holds a guarded role, though everybody who signs in may use it. */
const shutInDoubt = ['post /api/password', 'post /api/sign-ins/end', 'get /api/records/:id/history', 'get /api/desk']

/** How each answers whom it lets through, when it is asked with an empty body about what does not exist; else a field is missing. */
const answersWith: Readonly<Record<string, number>> = {
  'get /api/health': 200,
  'get /api/province': 200,
  // no tablet's credential
  'post /api/sync': 401,
  'get /api/kept': 200,
  'get /api/session': 200,
  'get /api/sign-ins': 200,
  'post /api/sign-ins/end': 204,
  'post /api/session/lock': 204,
  'post /api/session/challenge': 200,
  'get /api/events': 200,
  'get /api/backup-state': 200,
  'get /api/records/:id/history': 404,
  'get /api/desk': 200,
  'get /api/export/:kind.csv': 200,
  'get /api/accounts': 200,
  'post /api/accounts/:staff/disable': 404,
  'post /api/accounts/:staff/enable': 404,
  'get /api/devices': 200,
  'post /api/devices/:id/revoke': 404,
  'get /api/held': 200,
  'post /api/held/:device/:n/drop': 404,
  'get /api/access-log': 200,
  'get /api/rights-news': 200,
  'get /api/access-review': 200,
  'post /api/access-review/end': 404,
  'post /api/keys/:id/cut': 404,
}

const routes = routesOf().map(({ method, path }) => ({ name: `${method} ${path}`, method: method.toUpperCase(), path }))
const address = (path: string) =>
  path
    .replace(':kind', 'activity')
    .replace(':n', '1')
    .replace(/:\w+/g, () => makeId())

let server: TestServer
let province: TestProvince
let here: string
let elsewhere: string
const people = new Map<
  Role | 'nobody',
  { browser: Browser; staff: StaffId; device: { id: string; credential: string }; key: TestKey | null }
>()
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  // streams end at once, so that their answer can be read
  server.house.heads.close()
  here = await province.place('โรงเรียนสมมติ')
  elsewhere = await province.place('โรงเรียนอื่นสมมติ')
  for (const role of roles) {
    const device = { id: makeId<DeviceId>() as string, name: role }
    const { browser, staff, hello, key } = await province.hire([role], [here], device)
    people.set(role, { browser, staff: staff as StaffId, device: hello.device, key })
  }
})
afterAll(() => server.end())

/** What became of a sign-in without a word of whoever signed in; an officer is heard on through what only guards. */
const states = {
  'is locked': {
    ends: (role: Role) => guarded.includes(role),
    come: (who: Hired) => who.browser.post('/api/session/lock', {}),
  },
  'is on a tablet that was revoked': {
    ends: () => true,
    come: ({ hello }: Hired) => province.admin.post(`/api/devices/${hello.device.id}/revoke`, {}),
  },
  'is on a tablet that no longer admits anybody': {
    ends: (role: Role) => guarded.includes(role),
    come: ({ hello }: Hired) => admitNobody(hello.device.id),
  },
  'has lost every role': {
    ends: () => true,
    come: ({ staff, hello }: Hired) => {
      const taken = Object.fromEntries((hello.standing.roles as Role[]).map((role) => [role, { on: false }]))
      return province.own('staff', { roles: taken }, staff as RecordId)
    },
  },
  'has an account that was disabled': {
    ends: () => true,
    come: ({ staff }: Hired) => province.admin.post(`/api/accounts/${staff}/disable`, {}),
  },
} as const
type Hired = Awaited<ReturnType<TestProvince['hire']>>
const guarded: readonly Role[] = ['supervisor', 'desk', 'administrator']
const become = new Map<string, Browser>()

const admitNobody = async (id: string) => {
  const store = server.house.store()
  const { tablet } = await store.db
    .selectFrom('devices')
    .select('tablet')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const row = await store.db.selectFrom('records').select('body').where('id', '=', tablet!).executeTakeFirstOrThrow()
  const { admits = {} } = view(JSON.parse(row.body)).values
  const nobody = Object.fromEntries(Object.keys(admits as object).map((staff) => [staff, { on: false }]))
  await province.own('tablet', { admits: nobody }, tablet as RecordId)
}

const somebodyWho = async (state: keyof typeof states, role: Role): Promise<Browser> => {
  const known = become.get(`${role} ${state}`)
  if (known) return known
  const who = await province.hire([role], [here], { id: makeId<DeviceId>(), name: state })
  await states[state].come(who)
  become.set(`${role} ${state}`, who.browser)
  return who.browser
}

test('every route says who may use it', () => {
  expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(mayUse).sort())
})

/** A refusal says its code, and nothing that anybody else has written. */
const refusal = (status: number, code: string) => ({ status, body: { failure: { code } } })
const notSignedIn = refusal(401, 'not-signed-in')
const notPermitted = refusal(403, 'not-permitted')

describe.each(routes)('$name', ({ name, method, path }) => {
  const ask = async (browser: Browser) => {
    const { status, body } = await browser.ask(method, address(path), method === 'POST' ? { body: {} } : {})
    return { status, body }
  }
  const allowed = mayUse[name] ?? []
  const isOpen = allowed === 'anybody'
  const letThrough = { status: answersWith[name] ?? 422 }

  test('without signing in', async () => {
    const answer = await ask(openBrowser(server))
    if (isOpen) expect(answer).toMatchObject(letThrough)
    else expect(answer).toEqual(notSignedIn)
  })

  test.each(roles)('as %s', async (role) => {
    // whoever is locked out by it is not needed again
    const locks = name === 'post /api/session/lock'
    const { browser } = locks ? await province.hire([role], [here]) : people.get(role)!
    const answer = await ask(browser)
    if (isOpen || allowed.includes(role)) expect(answer).toMatchObject(letThrough)
    else expect(answer).toEqual(notPermitted)
  })

  test.each(['officer', 'administrator'] as const)('as %s who has to change the first password', async (role) => {
    const answer = await ask((await province.invite([role], [here])).browser)
    if (isOpen || whileMustChange.includes(name)) expect(answer).toMatchObject(letThrough)
    else expect(answer).toEqual(refusal(403, 'password-must-change'))
  })

  describe.each(Object.keys(states) as (keyof typeof states)[])('as somebody who %s', (state) => {
    test.each(['officer', ...guarded] as const)('%s', async (role) => {
      const answer = await ask(await somebodyWho(state, role))
      if (isOpen) expect(answer).toMatchObject(letThrough)
      else if (states[state].ends(role)) expect(answer).toEqual(notSignedIn)
      else if (allowed.includes(role)) expect(answer).toMatchObject(letThrough)
      else expect(answer).toEqual(notPermitted)
    })
  })

  // whoever is locked out by it is not needed again
  if (name !== 'post /api/session/lock')
    describe('on a server that was restored', () => {
      const keep = (doubt: Doubt | null) =>
        server.house.store().transaction(({ db }) => keepDoubt(db, province.provinceId, doubt))
      beforeAll(() => keep({ since: server.clock.now, cause: 'restored' }))
      afterAll(() => keep(null))
      const isOfSome = !isOpen && allowed !== everybodySignedIn
      test.each(['officer', ...guarded] as const)('as %s', async (role) => {
        const answer = await ask(people.get(role)!.browser)
        if (!isOpen && !allowed.includes(role)) expect(answer).toEqual(notPermitted)
        else if ((isOfSome && !whileInDoubt.includes(name)) || (guarded.includes(role) && shutInDoubt.includes(name)))
          expect(answer).toEqual(refusal(403, 'in-doubt'))
        else expect(answer).toMatchObject(letThrough)
      })
    })
})

describe('a record of another place', () => {
  const placeBound = roles.filter((role) => role !== 'administrator' && role !== 'observer')
  const activityAt = (place: string) =>
    province.own('activity', { node: 'school', type: 'S2', place, heldOn: '2026-11-23', outcome: `ผลที่ ${place}` })

  test.each(placeBound)('answers %s like one that does not exist', async (role) => {
    const { browser } = people.get(role)!
    const foreign = await browser.get(`/api/records/${await activityAt(elsewhere)}/history`)
    const missing = await browser.get(`/api/records/${makeId()}/history`)
    expect(foreign.status).toBe(404)
    expect(foreign.body).toEqual(missing.body)
    expect((await browser.get(`/api/records/${await activityAt(here)}/history`)).status).toBe(200)
  })

  test('is read by an administrator, who reads every place', async () => {
    const foreign = await activityAt(elsewhere)
    expect((await people.get('administrator')!.browser.get(`/api/records/${foreign}/history`)).status).toBe(200)
  })

  test('is in no export of a supervisor of other places', async () => {
    const [mine, foreign] = [await activityAt(here), await activityAt(elsewhere)]
    const exported = (await people.get('supervisor')!.browser.get('/api/export/activity.csv')).body as string
    expect(exported).toContain(mine)
    expect(exported).not.toContain(foreign)
  })

  test.each(placeBound)('is not sent to the tablet of %s', async (role) => {
    const [mine, foreign] = [await activityAt(here), await activityAt(elsewhere)]
    const { browser, staff, device } = people.get(role)!
    const ids: string[] = []
    let cursor: unknown = null
    for (let more = true; more; ) {
      const { body } = await exchangeOver(browser, { device, person: staff, header: { cursor } })
      ids.push(...body.records.map(({ id }) => id))
      cursor = body.cursor
      more = body.more
    }
    expect(ids).toContain(mine)
    expect(ids).not.toContain(foreign)
  })

  test.each(['officer', 'trainer', 'supervisor'] as const)('is not written by %s', async (role) => {
    const { browser, staff, device, key } = people.get(role)!
    const record = await activityAt(elsewhere)
    const n = 900 + roles.indexOf(role)
    const base = { epoch: 'unknown', seq: 0 }
    const change = { n, author: staff, at: 0, seen: 0, kind: 'activity', v: 1, record, base, set: { outcome: 'x' } }
    const { body } = await exchangeOver(browser, { device, changes: [change], key })
    expect(body.results).toEqual([expect.objectContaining({ n, code: 'place-not-yours' })])
  })
})

describe('an observer', () => {
  const made = async () => {
    const meeting = await province.own('training-session', { place: here, heldOn: '2026-11-23' })
    const pupil = await province.own('person', { place: here, givenName: 'ใบบุญสมมติ' })
    return { meeting, pupil, colleague: people.get('officer')!.staff }
  }

  test('is answered about anything of a place or a colleague like about what does not exist', async () => {
    const { browser, staff } = people.get('observer')!
    const missing = await browser.get(`/api/records/${makeId()}/history`)
    for (const id of Object.values(await made())) {
      const answer = await browser.get(`/api/records/${id}/history`)
      expect([answer.status, answer.body]).toEqual([404, missing.body])
    }
    for (const id of [staff, here]) expect((await browser.get(`/api/records/${id}/history`)).status).toBe(200)
  })

  test('is sent places, lists, curricula and herself, also where she is given the whole province', async () => {
    await made()
    const device = { id: makeId<DeviceId>() as string, name: 'department' }
    const whole = await province.hire(['observer'], [], device)
    await province.own('staff', { wholeProvince: true }, whole.staff)
    const { body } = await exchangeOver(whole.browser, {
      device: whole.hello.device,
      person: whole.staff as StaffId,
      header: { cursor: null },
    })
    expect(body.more).toBe(false)
    const kinds = new Set(body.records.map(({ kind }) => kind))
    expect([...kinds].filter((kind) => !['place', 'code-list', 'curriculum', 'staff'].includes(kind))).toEqual([])
    expect(body.records.filter(({ kind }) => kind === 'staff').map(({ id }) => id)).toEqual([whole.staff])
  })

  test('learns nothing of who sits at the desk', async () => {
    const { browser } = people.get('observer')!
    expect((await browser.get('/api/desk')).body).toMatchObject({ number: 0, members: [], proposals: [] })
    expect((await browser.get('/api/session')).body).toMatchObject({ desk: null, deskLists: [] })
  })
})

test('what is no complaint is answered by the desk’s route like what does not exist, and nothing is noted of it', async () => {
  const { browser } = people.get('desk')!
  const missing = await browser.post('/api/desk/openings', { record: makeId() })
  const foreign = await province.own('person', { place: elsewhere, givenName: 'ใบบุญสมมติ' })
  const answer = await browser.post('/api/desk/openings', { record: foreign })
  expect([answer.status, answer.body]).toEqual([404, missing.body])
  const { body } = await people.get('administrator')!.browser.get('/api/access-log')
  expect(JSON.stringify(body)).not.toContain(foreign)
})

test('a sealed complaint is in reach of the desk alone', async () => {
  const complaint = await province.own('complaint', {
    desk: 'main',
    receivedOn: '2026-11-23',
    parts: { one: { on: true, envelope: 'c2VhbGVk', size: 6 } },
  })
  for (const role of roles) {
    const { browser } = people.get(role)!
    const { status } = await browser.get(`/api/records/${complaint}/history`)
    expect(status, role).toBe(role === 'desk' ? 200 : 404)
  }
})
