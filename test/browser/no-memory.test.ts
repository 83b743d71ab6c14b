import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEnrolled } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'

const noMemory = /หน่วยความจำไม่พอ ปิดแท็บอื่นแล้วลองใหม่/

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

const tryToUnlock = async (page: Page) => {
  await page.fill('#unlock-password', province.password)
  await page.click('form button[type=submit]')
}

describe('no memory for Argon2', () => {
  test('nobody who signs gets in without their key, and that is said however often', async () => {
    const { context, page } = await open('/', poor)
    await openEnrolled(page, province.server)
    await page.fill('#username', 'malee')
    await page.fill('#password', province.password)
    await page.click('button[type=submit]')
    await page.waitForSelector('#unlock-password')
    for (let time = 0; time < 3; time++) {
      await tryToUnlock(page)
      await page.getByText(noMemory).waitFor()
      await expect.poll(() => page.inputValue('#unlock-password')).toBe('')
    }
    await context.close()
  })

  test('a right password is not called wrong, and opens once there is memory', async () => {
    const rich = await open('/')
    await tryToUnlock(rich.page)
    await rich.page.waitForSelector('.action-tiles')
    await rich.context.close()

    const { context, page } = await open('/', poor)
    await tryToUnlock(page)
    await page.getByText(noMemory).waitFor()
    await context.close()

    const again = await open('/')
    await tryToUnlock(again.page)
    await again.page.waitForSelector('.action-tiles')
    await again.context.close()
  })
})
