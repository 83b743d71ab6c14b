import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeviceId } from '#domain/kernel/id.ts'
import { activityFields } from '#test/support/province.ts'
import { beginProvince, makeId, openBrowser, startServer, type TestProvince, type TestServer } from './support.ts'
import { exchangeOver } from './sync-client.ts'

let server: TestServer
let province: TestProvince
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
})
afterAll(() => server.end())

test('a browser whose storage was erased learns what the server has of its tablet, and how much is gone', async () => {
  const school = await province.place('โรงเรียนสมมติ')
  const claim = { id: makeId<DeviceId>() as string, name: 'แท็บเล็ต' }
  const { browser, staff, hello } = await province.hire(['officer'], [school], claim)
  const change = (n: number) => ({
    n,
    author: staff,
    at: 0,
    seen: 0,
    kind: 'activity',
    v: 1,
    record: makeId(),
    set: activityFields(school),
  })
  await exchangeOver(browser, { device: hello.device, changes: [change(1), change(2)] } as never)

  const ask = async (cookie: string) =>
    (await browser.get('/api/kept', { Cookie: `${browser.cookie}${cookie}` })).body as Record<string, unknown>
  expect(await ask('; bowon-saved=5')).toEqual({
    device: claim,
    changes: 2,
    lastAt: server.clock.now,
    lost: 3,
  })
  expect(await ask('')).toMatchObject({ lost: 0 })
  expect(await ask('; bowon-saved=many')).toMatchObject({ lost: 0 })
  expect((await openBrowser(server).get('/api/kept')).body).toEqual({ device: null })
})
