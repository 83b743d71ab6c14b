import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeLine } from '#domain/change.ts'
import type { DeviceId, StaffId } from '#domain/kernel/id.ts'
import { fillActivity, saveActivity } from '#test/support/activity-form.ts'
import { follow, idsOf, signIn, unlockTablet, untilOffline, untilSent, waitingOf } from '#test/support/app.ts'
import { openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, type Client, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

// A working day on a shared tablet: what a supervisor signs, and what a colleague cannot do in her name.

const school = 'โรงเรียนบ้านป่าสมมติ'
const wrongPassword = 'รหัสผ่านไม่ถูกต้อง ตรวจตัวสะกดแล้วลองใหม่'
const profile = mkdtempSync(join(tmpdir(), 'bowon-signed-'))
const lostProfile = mkdtempSync(join(tmpdir(), 'bowon-lost-'))
const idleProfile = mkdtempSync(join(tmpdir(), 'bowon-idle-'))
let server: RunningServer
let admin: Client
let supervisor: StaffId
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await startServer()
  admin = await beginWith(server)
  const place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: school, type: 'school', district: '5003' } })
  await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places: [place] })
  const member = { name: 'วิมล สมมติ', username: 'wimon', roles: ['supervisor'] as const, wholeProvince: true }
  supervisor = await addStaff(server, admin, member)
  context = await openBrowser(profile)
  page = context.pages()[0]!
  await page.setViewportSize({ width: 820, height: 1180 })
})
afterAll(async () => {
  await context.close()
  await server.stop()
  server.forget()
  for (const one of [profile, lostProfile, idleProfile]) rmSync(one, { recursive: true, force: true })
})

const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()

/** What the tablet proves itself with: whoever has the tablet in hand can read it. */
const tabletOf = () =>
  page.evaluate(
    () =>
      new Promise<{ device: DeviceId; credential: string }>((resolve, reject) => {
        const asked = indexedDB.open('bowon')
        asked.onerror = () => reject(asked.error)
        asked.onsuccess = () => {
          const row = asked.result.transaction('meta').objectStore('meta').get('identity')
          row.onsuccess = () => {
            asked.result.close()
            resolve(JSON.parse(new TextDecoder().decode((row.result as { value: Uint8Array }).value)))
          }
        }
      }),
  )

test('a supervisor approves without a network once she has unlocked; the officer after her cannot act in her name', async () => {
  // the officer logs what a supervisor will look at; then she signs in on the same tablet, once with a network
  await signIn(page, server, 'kanda', testPassword)
  await expect.poll(() => idsOf(page, 'place')).toHaveLength(1)
  await page.goto(`${server.url}/bwr/new`)
  await page.getByRole('button', { name: `สถานที่: ${school}` }).waitFor()
  await fillActivity(page, { women: 12, outcome: 'ตั้งกรรมการแล้ว' })
  await saveActivity(page)
  await untilSent(page)
  const [activity] = await idsOf(page, 'activity')
  await follow(page, '/switch')
  await press('คนอื่น')
  await page.fill('#username', 'wimon')
  await page.fill('#password', testPassword)
  await page.click('button[type=submit]')
  await page.waitForSelector('.today')
  await untilOffline(page)
  if (await page.locator('#unlock-password').isVisible()) await unlockTablet(page, testPassword)

  // the network goes, and the page is loaded again: it is locked, and nothing of hers is shown
  await context.setOffline(true)
  await page.goto(`${server.url}/review/${activity}`)
  await page.waitForSelector('#unlock-password')
  expect(await page.getByText('ตั้งกรรมการแล้ว').count()).toBe(0)
  await page.fill('#unlock-password', 'ไม่ใช่รหัสนี้แน่นอน')
  await page.click('button[type=submit]')
  await seen(/รหัสผ่านไม่ตรง/)
  await unlockTablet(page, testPassword)
  await press(/^อนุมัติ/)
  await seen(/อนุมัติแล้ว/)
  await expect.poll(() => waitingOf(page)).toBe(1)

  // she hands the tablet over; the officer finds no way to her screens
  await follow(page, '/switch')
  await press(/กานดา สมมติ/)
  await page.waitForSelector('.today')
  await follow(page, '/review')
  await page.waitForFunction(() => !document.querySelector('.inbox, .review-list'))
  expect(await page.getByRole('button', { name: /^อนุมัติ/ }).count()).toBe(0)

  // the network returns: what she signed is safe, and the console gets the officer nowhere
  await context.setOffline(false)
  await untilSent(page)
  const { device, credential } = await tabletOf()
  const set = { about: activity!, verdict: 'revoked', seen: 1 }
  const forged = changeLine({
    ...{ n: 900_000, author: supervisor, at: Date.now(), seen: 0, kind: 'decision', v: 1 },
    ...{ record: makeId(), set },
  })
  const said = await page.evaluate(
    async ({ body, authorization, person }) => {
      const headers = { 'Bowon-Request': '1', 'Content-Type': 'text/plain', Authorization: authorization }
      const pushed = await fetch('/api/sync', { method: 'POST', headers, body })
      const borrowed = await fetch('/api/export/activity.csv', { headers: { 'Bowon-Person': person } })
      return { results: (await pushed.json()).results, borrowed: borrowed.status }
    },
    {
      body: [JSON.stringify({ protocol: 1, device, now: Date.now() }), forged].join('\n'),
      authorization: `Device ${device}.${credential}`,
      person: supervisor as string,
    },
  )
  expect(said).toEqual({ results: [{ n: 900_000, code: 'needs-the-person' }], borrowed: 401 })
  const history = await (await admin.get('/api/held')).json()
  expect(history.held.map(({ n }: { n: number }) => n)).toEqual([900_000])
})

test('a tablet that was revoked hands over what waited, says so, and is empty', async () => {
  const lost = await openBrowser(lostProfile)
  page = lost.pages()[0]!
  await signIn(page, server, 'kanda', testPassword)
  await expect.poll(() => idsOf(page, 'place')).toHaveLength(1)
  await untilOffline(page)
  const { device } = await tabletOf()
  await lost.setOffline(true)
  await page.goto(`${server.url}/bwr/new`)
  await page.getByRole('button', { name: `สถานที่: ${school}` }).waitFor()
  await fillActivity(page, { women: 3, outcome: 'บันทึกก่อนเครื่องถูกยกเลิก' })
  await saveActivity(page)
  await admin.post(`/api/devices/${device}/revoke`, {})
  await lost.setOffline(false)
  await page.waitForSelector('.notice:has-text("ผู้ดูแลระบบยกเลิกเครื่องนี้แล้ว")', { timeout: 120_000 })
  await seen(/ส่งมอบแล้ว 1 รายการ/)
  for (const kind of ['activity', 'place', 'staff']) expect(await idsOf(page, kind)).toEqual([])
  const { held } = await (await admin.get('/api/held')).json()
  expect(held.filter((one: { device: string }) => one.device === device)).toMatchObject([{ code: 'cut-off' }])
  await lost.close()
})

test('ten idle minutes lock a supervisor’s screens, and a touch in time does not', async () => {
  const own = await openBrowser(idleProfile)
  const idle = own.pages()[0]!
  await idle.clock.install()
  await signIn(idle, server, 'wimon', testPassword)
  await idle.clock.fastForward(9 * 60_000)
  await idle.mouse.click(5, 5)
  await idle.clock.fastForward(9 * 60_000)
  await idle.waitForSelector('.today')
  await idle.clock.fastForward(2 * 60_000)
  await idle.waitForSelector('#unlock-password')

  // with a network the server is asked about a password that this tablet does not know; the right one is heard there again
  await idle.fill('#unlock-password', 'ไม่ใช่รหัสนี้แน่นอน')
  await idle.click('button[type=submit]')
  await idle.getByText(wrongPassword).waitFor()
  const heard = idle.waitForResponse((answer) => answer.url().endsWith('/api/session/unlock') && answer.ok())
  await idle.fill('#unlock-password', testPassword)
  await idle.click('button[type=submit]')
  await heard
  await idle.waitForSelector('.today')
  await own.close()
})
