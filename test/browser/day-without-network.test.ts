import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordId } from '#domain/kernel/id.ts'
import { fillActivity, saveActivity } from '#test/support/activity-form.ts'
import { idsOf, signIn, untilOffline, untilSent, visitUnlocked, waitingOf } from '#test/support/app.ts'
import { killBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, type Client, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

const school = 'โรงเรียนบ้านห้วยสมมติ'
const passphrase = 'ภูเขา แม่น้ำ สะพาน ดอกไม้ เมฆขาว'
const told = 'ถ้อยคำลับสมมติเรื่องที่ดินท้ายหมู่บ้าน'
const outcome = '=ชาวบ้านตกลงตั้งกรรมการ 7 คน'
const question = 'ขอยืนยันจำนวนผู้หญิงอีกครั้ง'
const reply = 'นับใหม่แล้ว ถูกต้องตามใบลงชื่อ'

/** A class list as a school exports it: Windows-874, Thai digits in places. */
const classList = (): Buffer => {
  const lines = Array.from({ length: 40 }, (_, index) => {
    const seat = index + 1
    return `${seat},${10_000 + seat},${seat % 2 ? 'ด.ช.' : 'ด.ญ.'},นักเรียน${'กขคงจ'[index % 5]}${seat},สกุลสมมติ${seat},ป.5`
  })
  const text = `เลขที่,เลขประจำตัวนักเรียน,คำนำหน้า,ชื่อ,นามสกุล,ชั้น\r\n${lines.join('\r\n')}\r\n`
  return Buffer.from(
    [...text].map((sign) => (sign.charCodeAt(0) < 128 ? sign.charCodeAt(0) : sign.charCodeAt(0) - 0x0e01 + 0xa1)),
  )
}

let server: RunningServer
let admin: Client
let place: RecordId
const tablet = mkdtempSync(join(tmpdir(), 'bowon-tablet-'))
const laptop = mkdtempSync(join(tmpdir(), 'bowon-laptop-'))
const list = join(tablet, 'class-list.csv')

beforeAll(async () => {
  server = await startServer()
  admin = await beginWith(server)
  place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: school, type: 'school', district: '5003' } })
  const places = [place]
  await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer', 'trainer'], places })
  await addStaff(server, admin, { name: 'มาลี สมมติ', username: 'malee', roles: ['officer'], places })
  await addStaff(server, admin, {
    name: 'วิรัช สมมติ',
    username: 'wirat',
    roles: ['supervisor', 'desk'],
    wholeProvince: true,
  })
  writeFileSync(list, classList())
})
afterAll(async () => {
  await killBrowser(tablet)
  await killBrowser(laptop)
  await server.stop()
  server.forget()
  for (const folder of [tablet, laptop]) rmSync(folder, { recursive: true, force: true })
})

const open = async (
  profile: string,
  path: string,
  offline: boolean,
): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await openBrowser(profile)
  await context.setOffline(offline)
  const page = context.pages()[0]!
  await page.setViewportSize({ width: 820, height: 1180 })
  await page.goto(`${server.url}${path}`)
  return { context, page }
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

const makeDeskKey = async (page: Page) => {
  await visitUnlocked(page, `${server.url}/desk/keys`, testPassword)
  await page.getByLabel('วลีผ่าน', { exact: true }).fill(passphrase)
  await page.getByLabel('พิมพ์วลีผ่านอีกครั้ง').fill(passphrase)
  await press(page, 'สร้างกุญแจ')
  await seen(page, 'กุญแจกู้คืน แสดงครั้งเดียว')
  const key = (await page.locator('.recovery__key').first().textContent())!
  await page.getByLabel('พิมพ์ 6 ตัวสุดท้ายของกุญแจ').fill(key.slice(-6))
  await press(page, 'จดแล้ว ใช้กุญแจนี้')
  await seen(page, /รายชื่อกุญแจ ฉบับที่ 1/)
}

/** The only place that a person has is chosen already, also on a page that was loaded afresh. */
const hasPlace = (page: Page) => page.getByRole('button', { name: `สถานที่: ${school}` }).waitFor()

const openSession = async (page: Page) => {
  await hasPlace(page)
  await page.getByLabel('เริ่ม', { exact: true }).fill('09.00')
  await page.getByLabel('เลิก', { exact: true }).fill('12.00')
  await press(page, 'บันทึกรอบ')
  await page.waitForURL(/\/training\/(?!new)[^/]+/)
  await expect.poll(() => idsOf(page, 'training-session')).toHaveLength(1)
}

const importRoster = async (page: Page, session: string) => {
  await page.goto(`${server.url}/training/${session}/roster`)
  await page.locator('input[type=file]').setInputFiles(list)
  await seen(page, /Windows-874/)
  await press(page, /เพิ่ม 40 คน/)
  await seen(page, /เพิ่ม 40 คนแล้ว/)
}

const checkIn = async (page: Page, session: string, people: number) => {
  await page.goto(`${server.url}/training/${session}/check-in`)
  const rows = page.locator('.check-row')
  await rows.nth(39).waitFor()
  for (let row = 0; row < people; row++) await rows.nth(row).click()
  await seen(page, new RegExp(`^ยังไม่มา ${40 - people} คน$`))
  await seen(page, 'ทุกครั้งที่แตะ เก็บในเครื่องแล้ว')
}

const logActivity = async (page: Page, women: number, outcome: string) => {
  await page.goto(`${server.url}/bwr/new`)
  await hasPlace(page)
  await fillActivity(page, { women, outcome })
  await saveActivity(page)
}

const takeComplaint = async (page: Page) => {
  await page.goto(`${server.url}/complaint`)
  await press(page, 'เริ่มรับเรื่อง')
  await page.getByText('ปลอดภัยดี').click()
  await press(page, 'ข้อต่อไป')
  await press(page, 'อ่านให้ฟังแล้ว')
  await page.getByText('ไม่บอกชื่อ', { exact: true }).click()
  await press(page, 'ข้อต่อไป')
  await page.locator('#intake-what').fill(told)
  for (const heading of ['เกิดที่ไหน เมื่อไร ใครทำ', 'ใกล้เคียงกับเรื่องไหนที่สุด', 'ผู้ร้องอยากให้เกิดอะไรขึ้น', 'ผู้ร้องยินยอมให้ส่งไหม']) {
    await press(page, 'ข้อต่อไป')
    await page.getByRole('heading', { name: heading }).waitFor()
  }
  await page.locator('#intake-consent-send').check({ force: true })
  await page.locator('#intake-consent-sensitive').check({ force: true })
  await press(page, 'ปิดผนึกและส่ง')
  await seen(page, 'ปิดผนึกแล้ว')
  await press(page, /ล้างหน้าจอ/)
}

const switchTo = async (page: Page, name: string) => {
  await page.goto(`${server.url}/switch`)
  await press(page, new RegExp(name))
  await page.waitForSelector('.action-tiles')
}

describe('a day without network', () => {
  test('from a killed browser to an approved record, nothing is lost and everybody finds what they need', async () => {
    // the desk has a key before anybody takes a complaint
    const desk = await open(laptop, '/', false)
    await signIn(desk.page, server, 'wirat', testPassword)
    await makeDeskKey(desk.page)

    // two officers share a tablet; it meets the network once
    let { context, page } = await open(tablet, '/', false)
    await signIn(page, server, 'malee', testPassword)
    await page.goto(`${server.url}/switch`)
    await press(page, 'คนอื่น')
    await page.fill('#username', 'kanda')
    await page.fill('#password', testPassword)
    await page.click('button[type=submit]')
    await page.waitForSelector('.action-tiles')
    await expect.poll(() => idsOf(page, 'place')).toContain(place)
    await untilOffline(page)
    await context.close()

    // the network goes, the browser is killed, and opened at a deep link
    ;({ context, page } = await open(tablet, '/', true))
    await page.waitForSelector('.action-tiles')
    await killBrowser(tablet)
    ;({ context, page } = await open(tablet, '/training/new', true))
    await openSession(page)
    const [session] = await idsOf(page, 'training-session')
    await importRoster(page, session!)
    expect(await idsOf(page, 'person')).toHaveLength(40)
    await checkIn(page, session!, 35)
    // a session, 40 people, their places on the roster, 35 marks
    await expect.poll(() => waitingOf(page)).toBe(1 + 40 + 40 + 35)
    await logActivity(page, 21, outcome)
    await takeComplaint(page)
    await switchTo(page, 'มาลี สมมติ')
    await logActivity(page, 4, 'นักเรียนทำแผนของห้อง')
    await killBrowser(tablet)

    // killed right after the last "saved": everything is there
    ;({ context, page } = await open(tablet, `/training/${session}/check-in`, true))
    await page.locator('.check-row').nth(39).waitFor()
    await seen(page, /^ยังไม่มา 5 คน$/)
    expect(await idsOf(page, 'activity')).toHaveLength(2)
    expect(await idsOf(page, 'complaint')).toHaveLength(1)
    expect(await idsOf(page, 'person')).toHaveLength(40)

    // the network returns: everything becomes safe by itself
    await context.setOffline(false)
    await untilSent(page)
    await page.goto(`${server.url}/tablet`)
    await seen(page, 'ทุกอย่างที่บันทึกในเครื่องนี้อยู่บนเซิร์ฟเวอร์แล้ว')

    // the supervisor opens the complaint, and returns kanda's activity with a question
    await visitUnlocked(desk.page, `${server.url}/desk`, testPassword)
    await desk.page.getByLabel('วลีผ่าน').fill(passphrase)
    await press(desk.page, 'ปลดล็อก')
    await expect.poll(() => idsOf(desk.page, 'complaint'), { timeout: 30_000 }).toHaveLength(1)
    const [complaint] = await idsOf(desk.page, 'complaint')
    await desk.page.locator(`a[href="/desk/${complaint}"]`).click()
    await press(desk.page, 'เปิดซอง')
    await seen(desk.page, told)

    const first = await idsOf(page, 'activity')
    await expect.poll(async () => (await idsOf(desk.page, 'activity')).length).toBe(2)
    const kandas = await activityOf(first, outcome)
    await visitUnlocked(desk.page, `${server.url}/review/${kandas}`, testPassword)
    await desk.page.getByLabel(/คำถามถึงผู้บันทึก/).fill(question)
    await press(desk.page, /ส่งกลับพร้อมคำถาม/)
    await seen(desk.page, /คำถามถึง กานดา สมมติ แล้ว/)
    await untilSent(desk.page)

    // the officer finds the task and answers
    await switchTo(page, 'กานดา สมมติ')
    await expect.poll(() => idsOf(page, 'question'), { timeout: 60_000 }).toHaveLength(1)
    await follow(page, new RegExp(question))
    await page.getByLabel(/คำตอบของคุณ/).fill(reply)
    await press(page, 'ส่งคำตอบ')
    await seen(page, /บันทึกคำตอบแล้ว/)
    await untilSent(page)

    // the supervisor reads it and approves
    await visitUnlocked(desk.page, `${server.url}/review/${kandas}`, testPassword)
    await seen(desk.page, reply)
    await press(desk.page, /^อนุมัติ/)
    await seen(desk.page, /อนุมัติแล้ว/)
    await untilSent(desk.page)

    // the file for Excel holds what was typed, but for the apostrophe against formulas
    const bytes = await (await admin.get('/api/export/activity.csv')).arrayBuffer()
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    expect(csv.startsWith('\ufeff')).toBe(true)
    expect(csv).toContain(`'${outcome}`)
    expect(csv).toContain('นักเรียนทำแผนของห้อง')
    expect(csv).toContain(school)
    await desk.context.close()
    await context.close()
  })
})

const activityOf = async (ids: readonly string[], result: string): Promise<string> => {
  for (const id of ids) {
    const history = await (await admin.get(`/api/records/${id}/history`)).text()
    if (history.includes(result)) return id
  }
  throw new Error('no such activity on the server')
}
