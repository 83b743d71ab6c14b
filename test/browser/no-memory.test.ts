import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follow, signIn } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { makeFirstKey, unlock } from '#test/support/complaint-screens.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'

const passphrase = 'ชะอม มะกอก สะเดา ผักหวาน ดอกแค'
const noMemory = /หน่วยความจำไม่พอ ปิดแท็บอื่นแล้วลองใหม่/
const wrong = /วลีผ่านไม่ตรง/

/** WebAssembly gets at most 32 MiB in this browser; Argon2 needs 64. */
const poor = { flags: ['--js-flags=--wasm-max-mem-pages=512'] }

let province: DeskProvince
const laptop = mkdtempSync(join(tmpdir(), 'bowon-memory-'))
beforeAll(async () => {
  province = await startDeskProvince()
})
afterAll(async () => {
  await forgetBrowser(laptop)
  await province.end()
})

const open = async (path: string, how = {}): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await openBrowser(laptop, how)
  const page = context.pages()[0]!
  await page.goto(`${province.server.url}${path}`)
  return { context, page }
}

describe('no memory for Argon2', () => {
  test('a key is not made, and that is said', async () => {
    const { context, page } = await open('/', poor)
    await signIn(page, province.server, 'malee', province.password)
    await follow(page, '/desk/keys')
    await page.fill('#key-phrase', passphrase)
    await page.fill('#key-phrase-again', passphrase)
    await page.click('form button[type=submit]')
    await page.getByText(noMemory).waitFor()
    expect(await page.locator('.recovery__key').count()).toBe(0)
    await context.close()
  })

  test('a right passphrase is not called wrong, however often, stays in its field, and opens once there is memory', async () => {
    const rich = await open('/')
    await rich.page.waitForSelector('.action-tiles')
    await makeFirstKey(rich.page, passphrase)
    await rich.context.close()

    const { context, page } = await open('/desk', poor)
    await page.fill('#desk-passphrase', passphrase)
    for (let time = 0; time < 3; time++) {
      await page.click('.desk-panel button[type=submit]')
      await page.locator('#desk-passphrase-error').getByText(noMemory).waitFor()
      expect(await page.getByText(wrong).count()).toBe(0)
      expect(await page.inputValue('#desk-passphrase')).toBe(passphrase)
    }
    await context.close()

    const again = await open('/desk')
    await unlock(again.page, passphrase)
    await again.page.getByText('ยังไม่มีเรื่องเข้ามา').waitFor()
    await again.context.close()
  })
})
