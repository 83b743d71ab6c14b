import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeviceId } from '#domain/kernel/id.ts'
import { activityFields } from '#test/support/province.ts'
import { beginProvince, makeId, openBrowser, startServer, type TestProvince, type TestServer } from './support.ts'

let server: TestServer
let province: TestProvince
beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
})
afterAll(() => server.end())

const listen = async (ending: AbortController, cookie = province.admin.cookie) => {
  const headers = { Cookie: cookie }
  const response = await fetch(`${server.url}/api/events`, { headers, signal: ending.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const until = async (pattern: RegExp) => {
    while (!pattern.test(heard)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`ended after ${JSON.stringify(heard)}`)
      heard += value
    }
    return pattern.exec(heard)!
  }
  return { response, until, rest: () => reader.read() }
}
const headNow = async () => {
  const row = await server.house.store().db.selectFrom('provinces').select('seq').executeTakeFirstOrThrow()
  return row.seq
}

test('whoever is signed in hears that the head has moved, whoever moved it, and nothing else', async () => {
  const ending = new AbortController()
  const { response, until } = await listen(ending)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  await until(/retry: \d+\n\n/)
  const place = await province.place('โรงเรียนสมมติ')
  await province.own('activity', activityFields(place))
  const head = await headNow()
  await until(new RegExp(`^data: ${head}\n\n`, 'm'))
  ending.abort()
})

test('one browser holds so many streams, and each that ends makes room', async () => {
  const { browser } = await province.hire(['officer'], [], { id: makeId<DeviceId>() as string, name: 'แท็บเล็ต' })
  const endings = Array.from({ length: 12 }, () => new AbortController())
  for (const ending of endings) await (await listen(ending, browser.cookie)).until(/retry/)
  const refused = await browser.get('/api/events')
  expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([429, 'too-many-attempts', '60'])
  endings[0]!.abort()
  await expect
    .poll(async () => {
      // the server hears of it with its next word
      await province.place('วัดสมมติ')
      const ending = new AbortController()
      const { response } = await listen(ending, browser.cookie)
      ending.abort()
      return response.status
    })
    .toBe(200)
  for (const ending of endings) ending.abort()
})

test('a stranger hears nothing', async () => {
  expect((await openBrowser(server).get('/api/events')).code).toBe('not-signed-in')
})

test('whoever is shut out hears nothing more, and colleagues elsewhere do', async () => {
  const device = { id: makeId<DeviceId>() as string, name: 'แท็บเล็ต' }
  const officer = await province.hire(['officer'], [], device)
  const there = await listen(new AbortController(), officer.browser.cookie)
  await there.until(/retry/)
  const staying = new AbortController()
  const here = await listen(staying)
  await here.until(/retry/)
  await province.admin.post(`/api/devices/${device.id}/revoke`)
  server.clock.now += 30_000
  await province.place('วัดสมมติ')
  await here.until(new RegExp(`^data: ${await headNow()}\n\n`, 'm'))
  await expect(there.until(/^data: /m)).rejects.toThrow(/ended/)
  staying.abort()
})

test('a server that ends does not wait for its listeners', async () => {
  const { until, rest } = await listen(new AbortController())
  await until(/retry/)
  server.house.heads.close()
  let last = await rest()
  while (!last.done) last = await rest()
  expect(last.done).toBe(true)
})
