import { hashRaw } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecordState } from '#domain/merge.ts'
import { recordKinds } from '#domain/records/index.ts'
import { view } from '#domain/view.ts'
import { fillSample } from '#server/operations/sample.ts'
import { openParts } from '#src/desk/open-parts.ts'
import { nextList } from '#src/vault/desk-keys.ts'
import { open } from '#src/vault/seal.ts'
import { unwrap } from '#src/vault/wrap.ts'
import { openBrowser, setUpCodeOf, startServer, type TestServer } from './support.ts'

let server: TestServer
let sample: { signIns: { username: string; password: string }[]; deskPassphrase: string }
beforeAll(async () => {
  server = await startServer()
  const made = await openBrowser(server).post('/api/setup', { code: setUpCodeOf(server), mode: 'sample' })
  sample = made.body
})
afterAll(() => server.end())

const signedIn = async (username: string) => {
  const browser = openBrowser(server)
  const { password } = sample.signIns[0]!
  const hello = await browser.post('/api/sign-in', { username, password })
  expect(hello.status).toBe(200)
  return { browser, hello: hello.body }
}
const recordsOf = async (kind: string) => {
  const rows = await server.house.store().db.selectFrom('records').select('body').where('kind', '=', kind).execute()
  return rows.map(({ body }) => JSON.parse(body) as RecordState)
}

test('the invented province has something of every kind, and nothing of it is held or unproven', async () => {
  const { db } = server.house.store()
  for (const { kind } of recordKinds) expect((await recordsOf(kind)).length, kind).toBeGreaterThan(0)
  expect(await db.selectFrom('held').selectAll().execute()).toEqual([])
  const unproven = await db
    .selectFrom('changes')
    .innerJoin('records', 'records.id', 'changes.record')
    .select('kind')
    .where('proven', '=', 0)
    .execute()
  expect([...new Set(unproven.map(({ kind }) => kind))].filter((kind) => kind !== 'complaint')).toEqual([])
  expect(await db.selectFrom('records').select('id').where('scope', 'like', '?%').execute()).toEqual([])
})

test('a supervisor meets every state of review', async () => {
  const { browser } = await signedIn('supervisor')
  const text = (await browser.get('/api/export/activity.csv?withdrawn=1')).body as string
  for (const state of ['ใหม่', 'อนุมัติแล้ว', 'ส่งกลับ', 'ตอบแล้ว', 'มีค่าขัดกัน', 'แก้หลังอนุมัติ', 'ถอนแล้ว']) {
    expect(text, state).toContain(`,${state},`)
  }
})

test('the desk unlocks its key with the passphrase in the browser, and opens every complaint', async () => {
  const { browser, hello } = await signedIn('supervisor')
  const { mine } = (await browser.get('/api/desk')).body
  const derive = async ({
    passphrase,
    salt,
    memoryKiB,
    iterations,
  }: {
    passphrase: string
    salt: Uint8Array
    memoryKiB: number
    iterations: number
  }) =>
    new Uint8Array(
      await hashRaw(passphrase, { salt, memoryCost: memoryKiB, timeCost: iterations, parallelism: 1, outputLen: 32 }),
    )
  const identity = await unwrap(mine[0].wrapped, sample.deskPassphrase, derive)
  if (!identity.ok) throw new Error(identity.failure)
  const complaints = await recordsOf('complaint')
  expect(complaints).toHaveLength(7)
  const cases = (await recordsOf('case')).map((one) => view(one))
  expect(cases.filter(({ conflicts }) => Object.keys(conflicts).length > 0)).toHaveLength(1)
  for (const complaint of complaints) {
    const parts = (view(complaint).values as { parts: Record<string, { envelope: string }> }).parts
    const opened = await openParts(open, complaint.id, parts, identity.value)
    expect(opened.map(({ state }) => state)).toEqual(['open'])
  }
  expect((await unwrap(mine[0].wrapped, 'not the passphrase', derive)).ok).toBe(false)
  const { list } = hello.deskLists.at(-1)
  const next = await nextList(list, { keys: list.keys }, [identity.value])
  // the other supervisor has not signed it
  expect((await browser.post('/api/desk/keys', next)).body).toEqual({ published: false })
})

test('asked again it tells the same sign-ins and makes nothing anew', async () => {
  expect(await fillSample(server.house.store(), server.house)).toEqual(sample)
})
