import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOfInstant } from '#domain/kernel/day.ts'
import { idsOf, signIn } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

const count = 500
const oldest = 'เวทีแรกเริ่มสมมติ'
const longAgo = 'รอบเมื่อสามปีก่อนสมมติ'

let server: RunningServer
let context: BrowserContext
let page: Page
const tablet = mkdtempSync(join(tmpdir(), 'bowon-long-lists-'))

beforeAll(async () => {
  server = await startServer()
  const admin = await beginWith(server)
  const place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } })
  const today = dayOfInstant(Date.now())
  const activities = Array.from({ length: count }, (_, index) => ({
    kind: 'activity',
    record: makeId(),
    set: {
      node: 'school',
      type: 'S1',
      place,
      heldOn: addDays(today, -index),
      from25Female: 4,
      ...(index === count - 1 && { outcome: oldest }),
    },
  }))
  const session = {
    kind: 'training-session',
    record: makeId(),
    set: { place, heldOn: addDays(today, -1100), startsAt: '09:00', title: longAgo, state: 'closed' },
  }
  expect((await admin.write(...activities)).results).toEqual([])
  expect((await admin.write(session)).results).toEqual([])
  await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places: [place] })
  context = await openBrowser(tablet)
  page = context.pages()[0]!
  await signIn(page, server, 'kanda', testPassword)
  for (const until = Date.now() + 60_000; (await idsOf(page, 'activity')).length < count && Date.now() < until; )
    await page.waitForTimeout(200)
})
afterAll(async () => {
  await context.close()
  await forgetBrowser(tablet)
  await server.stop()
  server.forget()
})

const rows = () => page.locator('a[href^="/bwr/"]').filter({ hasText: 'คาบเรียนสิทธิ' })
const nodeCounts = () => page.locator('.node-filter__count')

test('a log of years begins with the newest, counts only what it has read whole, and grows to its first activity', async () => {
  await page.goto(`${server.url}/bwr`)
  await rows().first().waitFor()
  expect(await nodeCounts().count()).toBe(0)
  expect(await rows().count()).toBeLessThan(count)

  const last = () => rows().last().scrollIntoViewIfNeeded()
  for (const until = Date.now() + 60_000; (await rows().count()) < count && Date.now() < until; ) {
    await last()
    await page.waitForTimeout(100)
  }
  expect(await rows().count()).toBe(count)
  expect(await nodeCounts().first().textContent()).toBe(String(count))
})

test('a search looks through all of it, and one that finds nothing says so', async () => {
  await page.goto(`${server.url}/bwr`)
  await rows().first().waitFor()
  await page.fill('#search', oldest)
  await expect.poll(() => rows().count()).toBe(1)
  await page.fill('#search', 'ไม่มีคำนี้ในบันทึกใดเลย')
  await page.getByText('ไม่พบกิจกรรมที่ตรงกับ').waitFor()
  await page.getByRole('button', { name: 'ดูทั้งหมด' }).click()
  await expect.poll(() => rows().count()).toBeGreaterThan(10)
})

test('a tablet whose only session is of years ago shows it', async () => {
  await page.goto(`${server.url}/training`)
  await page.getByText(longAgo).waitFor()
})
