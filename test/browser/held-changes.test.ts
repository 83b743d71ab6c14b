import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import { attendanceId, type RecordId } from '#domain/kernel/id.ts'
import { fillActivity, saveActivity } from '#test/support/activity-form.ts'
import { firstIdOf, follow, idsOf, signIn, untilOffline, untilSent } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, type Client, signInAs, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

// What the server holds back: the officer and the administrator read of which record it is, what it would alter there, and what is lost.

const school = 'โรงเรียนบ้านป่าสมมติ'
const day = '2026-06-16'
const profiles = ['officer', 'admin'].map((who) => mkdtempSync(join(tmpdir(), `bowon-held-${who}-`)))
const browsers: BrowserContext[] = []
let server: RunningServer
let admin: Client
let kanda: RecordId
let tablet: Page
let office: Page
const place = makeId()
const [session, child] = [makeId(), makeId()]

beforeAll(async () => {
  server = await startServer()
  admin = await beginWith(server)
  await admin.write(
    { kind: 'place', record: place, set: { name: school, type: 'school', district: '5003' } },
    { kind: 'training-session', record: session, set: { place, heldOn: day, title: 'สิทธิในห้องเรียน' } },
    { kind: 'person', record: child, set: { place, title: 'ด.ญ.', givenName: 'มะลิวัลย์', familyName: 'เรื่องสมมติ' } },
  )
  kanda = await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places: [place] })
  for (const profile of profiles) browsers.push(await openBrowser(profile))
  ;[tablet, office] = browsers.map((one) => one.pages()[0]!) as [Page, Page]
})
afterAll(async () => {
  for (const one of browsers) await one.close()
  for (const profile of profiles) await forgetBrowser(profile)
  await server.stop()
  server.forget()
})

/** Field, before and after, of every line of a notice. */
const rowsOf = (page: Page, notice: string) =>
  page
    .locator(`${notice} tbody tr`)
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent!.trim())),
    )

const lossText = async (page: Page): Promise<string> => {
  const dialog = page.locator('dialog[open] .modal__body')
  await dialog.getByText('นำกลับมาใช้ไม่ได้').waitFor()
  return (await dialog.textContent())!
}

test('a held change says whose record it is and what it would alter, to both in the same words', async () => {
  await signIn(tablet, server, 'kanda', testPassword)
  const other = await signInAs(server, 'kanda')
  await untilOffline(tablet)
  await expect.poll(() => idsOf(tablet, 'place')).toHaveLength(1)
  await tablet.goto(`${server.url}/bwr/new`)
  await fillActivity(tablet, { women: 12, outcome: 'ตั้งกรรมการห้าคน' })
  await saveActivity(tablet)
  await untilSent(tablet)
  const activity = (await firstIdOf(tablet, 'activity'))!

  // she corrects it without a network, while the school is no longer hers
  await browsers[0]!.setOffline(true)
  await follow(tablet, `/bwr/${activity}/edit`)
  await tablet.getByLabel(/ผลที่ได้/).fill('ตั้งกรรมการเจ็ดคน')
  await tablet.locator('.dock .btn--big').click()
  await tablet.waitForURL(({ pathname }) => !pathname.endsWith('/edit'))
  const elsewhere = makeId()
  await admin.write(
    { kind: 'place', record: elsewhere, set: { name: 'วัดสมมติธรรม', type: 'temple', district: '5003' } },
    { kind: 'staff', record: kanda, set: { places: { [place]: { on: false }, ...keyedSetOf([elsewhere]) } } },
  )
  const answer = await other.write({
    kind: 'attendance',
    record: attendanceId(session, child),
    set: { session, person: child, marks: {} },
  })
  expect(answer.results).toMatchObject([{ code: 'place-not-yours' }])
  await browsers[0]!.setOffline(false)

  await follow(tablet, '/tablet')
  const onTablet = '.notice:has-text("ตั้งกรรมการเจ็ดคน")'
  await tablet.waitForSelector(onTablet, { timeout: 60_000 })
  const altered = [['ผลที่ได้', 'ตั้งกรรมการห้าคน', 'ตั้งกรรมการเจ็ดคน']]
  expect(await rowsOf(tablet, onTablet)).toEqual(altered)
  const subject = await tablet.locator(`${onTablet} p.strong`).textContent()
  expect(subject).toContain('คาบเรียนสิทธิ')
  expect(subject).toContain(school)
  await tablet.locator(`${onTablet} .btn--quiet`).click()
  const lost = await lossText(tablet)
  expect(lost).toContain(school)

  await signIn(office, server, 'admin', testPassword)
  await firstIdOf(office, 'activity')
  await follow(office, '/admin/held')
  await office.waitForSelector(onTablet)
  await expect.poll(() => rowsOf(office, onTablet)).toEqual(altered)
  expect(await office.locator(`${onTablet} p.strong`).textContent()).toBe(subject)

  // a mark has no words of its own: who and which session name it
  const mark = office.locator('.notice:has-text("มะลิวัลย์")')
  await mark.waitFor()
  await expect
    .poll(async () => (await mark.locator('p.strong').textContent())!.split(' · '))
    .toEqual(['ด.ญ. มะลิวัลย์ เรื่องสมมติ', 'สิทธิในห้องเรียน', school, '16 มิถุนายน 2569'])
  await mark.locator('.btn--need').click()
  expect(await lossText(office)).toContain('จะไม่มีบันทึกนี้')
  await office.locator('dialog[open] .btn--line').click()

  await office.locator(`${onTablet} .btn--need`).click()
  expect(await lossText(office)).toBe(lost)
  await office.locator('dialog[open] .btn--danger').click()
  await office.waitForSelector(onTablet, { state: 'detached' })
})
