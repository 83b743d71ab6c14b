import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetBrowser, killBrowser, openBrowser } from '#test/support/browser.ts'
import { beginWith, signInAs, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { openStorePage, type StoreSite, serveStorePage } from '#test/support/store-page.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

let server: RunningServer
let site: StoreSite
let profile: string
beforeAll(async () => {
  server = await startServer()
  await beginWith(server)
  site = await serveStorePage(() => server.port)
})
afterAll(async () => {
  await site.close()
  await server.stop()
  server.forget()
})
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'bowon-exchange-'))
})
afterEach(async () => {
  await forgetBrowser(profile)
})

const signedIn = async () => {
  const page = await openStorePage(await openBrowser(profile), site)
  const told = [testPassword, await server.enrolmentCode()] as const
  expect(await page.evaluate((words) => globalThis.page.signIn('admin', ...words), told)).toBe(true)
  await page.evaluate(() => globalThis.page.begin())
  await page.waitForFunction(() => document.body.dataset.badge === 'safe')
  return page
}
const badgeIs = (state: string) => document.body.dataset.badge === state

describe('a real browser and a real server', () => {
  test('what is saved becomes safe by itself', async () => {
    const page = await signedIn()
    const saved = await page.evaluate(() => globalThis.page.save(7))
    await page.waitForFunction(badgeIs, 'safe')
    expect(await page.evaluate(() => globalThis.page.all())).toContainEqual({
      id: saved.record,
      count: 7,
      safety: 'safe',
    })
  })

  test('a hundred in one go are signed beside the page, and the server takes each', async () => {
    const page = await signedIn()
    const signedHere = await page.evaluate(async () => {
      let times = 0
      const { subtle } = crypto
      const sign = subtle.sign.bind(subtle)
      subtle.sign = (...of: Parameters<SubtleCrypto['sign']>) => {
        times++
        return sign(...of)
      }
      await globalThis.page.saveTogether(Array.from({ length: 100 }, (_, at) => 1000 + at))
      return times
    })
    expect(signedHere).toBe(0)
    await page.waitForFunction(badgeIs, 'safe')
    const all = await page.evaluate(() => globalThis.page.all())
    const safe = all.filter(({ count, safety }) => count !== undefined && count >= 1000 && safety === 'safe')
    expect(safe).toHaveLength(100)
  })

  test('while the server is killed work goes on, and all of it is sent when the server is back', async () => {
    const page = await signedIn()
    const { dataDir, port } = server
    await server.kill()
    const records: string[] = []
    for (const count of [1, 2, 3]) records.push((await page.evaluate((one) => globalThis.page.save(one), count)).record)
    await page.waitForFunction(badgeIs, 'tablet')
    await page.waitForFunction(() => document.body.dataset.failure === 'unavailable')
    server = await startServer({ dataDir, port })
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.waitForFunction(badgeIs, 'safe')
    const all = await page.evaluate(() => globalThis.page.all())
    for (const id of records) expect(all.find((one) => one.id === id)?.safety).toBe('safe')
  })

  test('a tablet whose IndexedDB was erased has everything again, its own and what others wrote', async () => {
    const page = await signedIn()
    const others = makeId()
    const set = { node: 'school', type: 'talk', place: makeId(), heldOn: '2026-11-23' }
    await (await signInAs(server, 'admin')).write({ kind: 'activity', record: others, set })
    await page.evaluate(() => dispatchEvent(new Event('online')))
    const ids = async (where: typeof page) =>
      (await where.evaluate(() => globalThis.page.all())).map(({ id }) => id).sort()
    const own = await page.evaluate(() => globalThis.page.save(9))
    const safe = async () =>
      (await page.evaluate(() => globalThis.page.all())).filter(({ safety }) => safety === 'safe').map(({ id }) => id)
    await expect.poll(safe).toEqual(expect.arrayContaining([others, own.record]))
    const before = await ids(page)
    await killBrowser(profile)
    await rm(join(profile, 'Default', 'IndexedDB'), { recursive: true })
    const again = await signedIn()
    await again.waitForFunction((count) => globalThis.page.listed() === count, before.length)
    expect(await ids(again)).toEqual(before)
  })
})
