import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bundleText } from '#domain/bundle.ts'
import { type Change, changeLine } from '#domain/change.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import { retryHeld } from '#server/log/settle-held.ts'
import { seal } from '#src/vault/seal.ts'
import { on } from '#test/support/on.ts'
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

// An officer's tablet names the administrator as author (authority A1). Each way in, and what stands in the database afterwards.

let server: TestServer
let province: TestProvince
let school: RecordId
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
/** The officer makes themselves an administrator, in the administrator's name. */
const crown = (more: Partial<Change> = {}): Change =>
  change({
    author: province.adminId,
    kind: 'staff',
    record: officer.staff as RecordId,
    base: { epoch: 'x', seq: 1 },
    set: { roles: on('administrator') },
    ...more,
  })

const push = async (...changes: readonly Change[]) => {
  const { body } = await exchangeOver(openBrowser(server), { device, changes })
  return body.results
}
const rolesOf = async (staff: string) => {
  const { body } = await server.house
    .store()
    .db.selectFrom('records')
    .select('body')
    .where('id', '=', staff)
    .executeTakeFirstOrThrow()
  const writes = (JSON.parse(body) as { writes: { set: { roles?: object } }[] }).writes
  return writes.flatMap(({ set }) => Object.keys(set.roles ?? {}))
}

describe('a line in the name of somebody who never signed in on the tablet is held, and nothing of it counts', () => {
  test('when it is pushed', async () => {
    expect(await push(crown())).toMatchObject([{ n: 1, code: 'needs-the-person' }])
    expect(await rolesOf(officer.staff)).toEqual(['officer'])
  })

  test('when it is an ordinary capture', async () => {
    const colleague = await province.hire(['officer'], [school])
    expect(await push(change({ author: colleague.staff as StaffId }))).toMatchObject([{ code: 'not-signed-in-here' }])
  })

  test('when a courier brings it', async () => {
    const { courierKey } = officer.hello
    const text = bundleText({
      province: province.provinceId,
      device: device.id,
      credential: device.credential,
      lines: [changeLine(crown())],
    })
    const sealed = await seal(text, [courierKey.public])
    const answer = await province.admin.post('/api/courier', sealed, { 'Content-Type': 'text/plain' })
    expect(answer.body).toMatchObject({ accepted: 0, held: 1 })
    expect(await rolesOf(officer.staff)).toEqual(['officer'])
  })

  test('when it is to mend or to drop what somebody else had held', async () => {
    const mine = change({ set: {} })
    expect(await push(mine)).toMatchObject([{ n: 1, code: 'missing-field' }])
    const drop = change({ author: province.adminId, record: mine.record, replaces: 1, set: {} })
    const mend = change({ author: province.adminId, record: mine.record, replaces: 1 })
    expect(await push(drop, mend)).toMatchObject([
      { n: 2, code: 'not-the-author' },
      { n: 3, code: 'not-the-author' },
    ])
  })

  test('when it is sent again, and when everything held is judged once more', async () => {
    const forged = crown()
    await push(forged)
    expect(await push(forged)).toMatchObject([{ n: 1, code: 'needs-the-person' }])
    const at = { province: province.provinceId, device: device.id, now: server.clock.now }
    expect(await server.house.store().transaction((tx) => retryHeld(tx, at))).toBe(0)
    expect(await rolesOf(officer.staff)).toEqual(['officer'])
  })
})

test('a capture goes on by itself once its author signs in on the tablet', async () => {
  const colleague = await province.hire(['officer'], [school])
  const theirs = change({ author: colleague.staff as StaffId })
  await push(theirs)
  const { status } = await openBrowser(server).post('/api/sign-in', {
    username: colleague.username,
    password,
    device: { id: device.id, name: 'แท็บเล็ต' },
    credential: device.credential,
  })
  expect(status).toBe(200)
  expect(await push(theirs)).toEqual([])
})

test('nobody mends or drops what a colleague on the same tablet wrote, nor with another record', async () => {
  const colleague = await province.hire(['officer'], [school])
  await openBrowser(server).post('/api/sign-in', {
    username: colleague.username,
    password,
    device: { id: device.id, name: 'แท็บเล็ต' },
    credential: device.credential,
  })
  const mine = change({ set: {} })
  await push(mine)
  const theirDrop = change({ author: colleague.staff as StaffId, record: mine.record, replaces: 1, set: {} })
  const elsewhere = change({ replaces: 1 })
  expect(await push(theirDrop, elsewhere)).toMatchObject([
    { n: 2, code: 'not-the-author' },
    { n: 3, code: 'kind-mismatch' },
  ])
})
