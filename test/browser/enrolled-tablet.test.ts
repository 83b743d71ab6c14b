import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { fillSignIn, firstIdOf, follow, idsOf, signIn, untilSent, visitUnlocked } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, type Client, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

// An administrator enrols a tablet for one place and one supervisor; whoever opens the link there works within both.

const [school, temple] = [makeId(), makeId()]
const profiles = ['office', 'tablet', 'stranger'].map((name) => mkdtempSync(join(tmpdir(), `bowon-${name}-`)))
const [office, tablet, stranger] = profiles as [string, string, string]
let server: RunningServer
let admin: Client
beforeAll(async () => {
  server = await startServer()
  admin = await beginWith(server)
  await admin.write({ kind: 'place', record: school, set: { name: 'โรงเรียนทดสอบบุญ', type: 'school' } })
  await admin.write({ kind: 'place', record: temple, set: { name: 'วัดทดสอบบุญ', type: 'temple' } })
  const places = [school, temple] as readonly RecordId[]
  await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places })
  for (const [name, username] of [
    ['วิมล สมมติ', 'wimon'],
    ['ธนา สมมติ', 'thana'],
  ] as const)
    await addStaff(server, admin, { name, username, roles: ['supervisor'], wholeProvince: true })
})
afterAll(async () => {
  for (const profile of profiles) await forgetBrowser(profile)
  await server.stop()
  server.forget()
})

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

/** The administrator makes the tablet on her own one, and reads the link off the page. */
const makeTablet = async (context: BrowserContext, page: Page): Promise<{ link: string; words: string }> => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, server, 'admin', testPassword)
  await visitUnlocked(page, `${server.url}/admin/devices`, testPassword)
  expect(await firstIdOf(page, 'place')).not.toBeNull()
  await page.getByRole('link', { name: 'เพิ่มเครื่อง' }).click()
  await page.fill('#field-name', 'แท็บเล็ตโรงเรียน')
  await page.getByText('ยังไม่ได้เลือกสถานที่ เครื่องนี้จะบันทึกอะไรไม่ได้').waitFor()
  await press(page, 'เลือกสถานที่')
  await page.getByText('โรงเรียนทดสอบบุญ').click()
  await press(page, /^ใช้ 1 แห่งนี้/)
  await page.getByText('วิมล สมมติ').click()
  await press(page, 'บันทึก')
  await press(page, 'สร้างรหัส')
  await page.getByRole('img', { name: 'QR ลงทะเบียนเครื่อง' }).waitFor()
  const words = (await page.locator('.enrolment__words').textContent())!
  // not before it has reached the server does the code count
  await page.getByText('รหัสจะใช้ได้เมื่อข้อมูลเครื่องนี้ส่งถึงเซิร์ฟเวอร์แล้ว').waitFor({ state: 'hidden' })
  await press(page, 'คัดลอกลิงก์')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  return { link, words }
}

test('a tablet is enrolled by its link for one place and one supervisor, and for nobody and nothing else', async () => {
  const desk = await openBrowser(office)
  const { link, words } = await makeTablet(desk, desk.pages()[0]!)
  expect(words.split(' ')).toHaveLength(6)
  expect(link).toMatch(/\/enrol#[a-z-]+\.[\w-]{22}\.[\w-]{43}$/)

  const context = await openBrowser(tablet)
  const page = context.pages()[0]!
  await page.goto(link)
  // the code is gone from the address before anybody has read the page
  await expect.poll(() => page.url()).toBe(`${server.url}/enrol`)
  await press(page, 'ไปลงชื่อเข้าใช้')
  await page.fill('#username', 'thana')
  await page.fill('#password', testPassword)
  await press(page, 'เข้าใช้งาน')
  await page.getByText(/เครื่องนี้ไม่ได้กำหนดให้คุณเข้าใช้/).waitFor()
  await fillSignIn(page, 'kanda', testPassword)
  await expect.poll(() => idsOf(page, 'place')).toHaveLength(2)

  // she works at two places; this tablet is for one of them
  await follow(page, '/bwr/new')
  await press(page, 'สถานที่: โรงเรียนทดสอบบุญ')
  const choices = page.getByRole('dialog')
  await choices.getByText('โรงเรียนทดสอบบุญ').first().waitFor()
  expect(await choices.getByText('วัดทดสอบบุญ').count()).toBe(0)

  // the supervisor who is admitted signs in, and her line is taken
  await page.goto(`${server.url}/switch`)
  await press(page, 'คนอื่น')
  await fillSignIn(page, 'wimon', testPassword)
  await follow(page, '/tablet')
  await untilSent(page)
  await context.close()

  // the code has been used
  const other = await openBrowser(stranger)
  const late = other.pages()[0]!
  await late.goto(server.url)
  await late.fill('#username', 'kanda')
  await late.fill('#password', testPassword)
  await press(late, 'เข้าใช้งาน')
  await late.getByText(/เครื่องนี้ยังไม่ได้ลงทะเบียน/).waitFor()
  await late.fill('#code', words)
  await press(late, 'เข้าใช้งาน')
  await late.getByText(/รหัสลงทะเบียนไม่ถูกต้อง ใช้ไปแล้ว/).waitFor()
  await late.goto(`${server.url}/enrol#not.whole`)
  await late.getByText('ลิงก์นี้ไม่ครบ').waitFor()
  await other.close()

  // the administrator sees who is on it
  const list = desk.pages()[0]!
  await follow(list, '/admin/devices')
  await list.getByRole('link', { name: /แท็บเล็ตโรงเรียน.*กานดา สมมติ/ }).waitFor()
  await desk.close()
})
