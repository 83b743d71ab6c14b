import { existsSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logActivity } from '#test/support/activity-form.ts'
import { fillSignIn, firstIdOf, follow, openEnrolled, signIn, untilOffline, untilSent } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

let server: RunningServer
const tablet = mkdtempSync(join(tmpdir(), 'bowon-erased-'))
beforeAll(async () => {
  server = await startServer()
  const admin = await beginWith(server)
  const place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } })
  await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places: [place] })
})
afterAll(async () => {
  await forgetBrowser(tablet)
  await server.stop()
  server.forget()
})

test('everything of a tablet is erased: it says how much was never sent, and what the server still has comes back', async () => {
  const context = await openBrowser(tablet)
  const page = context.pages()[0]!
  await signIn(page, server, 'kanda', testPassword)
  await untilOffline(page)
  expect(await firstIdOf(page, 'place')).not.toBeNull()
  await logActivity(page, server)
  await untilSent(page)
  await context.setOffline(true)
  await logActivity(page, server)
  await logActivity(page, server)

  await page.goto(`${server.url}/tablet`)
  await page.getByText('บันทึกอื่น 2 รายการ').waitFor()
  await page.getByText(/รอมาตั้งแต่/).waitFor()
  await page.getByText('หน้าต่างนี้เป็นผู้ส่ง').waitFor()
  await page.waitForFunction(() => document.visibilityState === 'visible')
  // the number of saves is told to the cookie a moment after the last one
  await expect
    .poll(
      async () => (await context.cookies(`${server.url}/api/kept`)).find(({ name }) => name === 'bowon-saved')?.value,
    )
    .toBe('3')
  await context.close()

  for (const store of ['IndexedDB', 'File System', 'Local Storage', 'WebStorage', 'Service Worker']) {
    await rm(join(tablet, 'Default', store), { recursive: true, force: true })
  }
  expect(existsSync(join(tablet, 'Default'))).toBe(true)
  const again = await openBrowser(tablet)
  const fresh = again.pages()[0]!
  await fresh.goto(server.url)
  await fresh.getByText('เบราว์เซอร์ลบข้อมูลของเครื่องนี้ทั้งหมด').waitFor()
  await fresh.getByText(/เซิร์ฟเวอร์ยังมี 1 รายการ/).waitFor()
  await fresh.getByText(/หายไป 2 รายการ/).waitFor()
  // its cookie says which tablet this browser was: it needs no new code
  await fillSignIn(fresh, 'kanda', testPassword)
  await fresh.goto(`${server.url}/bwr`)
  await expect.poll(() => fresh.locator('a[href^="/bwr/"]').filter({ hasText: 'คาบเรียนสิทธิ' }).count()).toBe(1)
  await fresh.goto(`${server.url}/tablet`)
  await fresh.getByRole('button', { name: 'อ่านแล้ว' }).click()
  await fresh.getByText('เบราว์เซอร์ลบข้อมูลของเครื่องนี้ทั้งหมด').waitFor({ state: 'hidden' })
  await again.close()
})

test('nobody is told that everything was erased by a question that is answered once they have signed in', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'bowon-fresh-'))
  const context = await openBrowser(profile)
  try {
    const page = context.pages()[0]!
    let letGo = () => {}
    const signedIn = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route('**/api/kept', async (route) => {
      await signedIn
      await route.continue()
    })
    const asked = page.waitForRequest('**/api/kept')
    const answered = page.waitForResponse('**/api/kept', { timeout: 60_000 })
    await openEnrolled(page, server)
    // whoever has signed in before it asks makes it needless
    await asked
    await fillSignIn(page, 'kanda', testPassword)
    letGo()
    // the server knows by now which tablet this browser is
    expect((await (await answered).json()).device).not.toBeNull()
    await follow(page, '/tablet')
    await page.getByText('หน้าต่างนี้เป็นผู้ส่ง').waitFor()
    expect(await page.getByText('เบราว์เซอร์ลบข้อมูลของเครื่องนี้ทั้งหมด').count()).toBe(0)
  } finally {
    await context.close()
    await forgetBrowser(profile)
  }
})
