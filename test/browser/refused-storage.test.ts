import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { type Sample, startSample } from '#test/support/sample.ts'

let sample: Sample
const tablet = mkdtempSync(join(tmpdir(), 'bowon-refused-'))
beforeAll(async () => {
  sample = await startSample()
})
afterAll(async () => {
  await forgetBrowser(tablet)
  await sample.end()
})

const notPromised = 'เบราว์เซอร์ยังไม่รับรองว่าจะไม่ลบเอง'
const promised = /เมกะไบต์\s*เบราว์เซอร์รับรองว่าจะไม่ลบเอง/
const refused = /เบราว์เซอร์ยังไม่ให้ ติดตั้งแอปลงหน้าจอโฮมแล้วลองใหม่/
const ask = (page: Page) => page.getByRole('button', { name: 'ขอให้รับรอง' })

test('the tablet’s page says that the browser refuses to keep what lies here, what helps, and when it promises after all', async () => {
  const context = await openBrowser(tablet)
  const page = context.pages()[0]!
  await signIn(page, sample.server, sample.usernames.officer, sample.password)
  await page.goto(`${sample.server.url}/tablet`)
  await page.getByText(notPromised).waitFor()
  await ask(page).click()
  await page.getByText(refused).waitFor()
  // the browser itself refused
  expect(await page.evaluate(() => navigator.storage.persisted())).toBe(false)
  expect(await page.getByText(promised).count()).toBe(0)

  const cdp = await context.newCDPSession(page)
  await cdp.send('Browser.setPermission', {
    permission: { name: 'persistent-storage' },
    setting: 'granted',
    origin: sample.server.url,
  })
  await ask(page).click()
  await page.getByText(promised).waitFor()
  expect(await page.getByText(notPromised).count()).toBe(0)
  await context.close()
})
