import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firefox } from 'playwright-core'
import { Builder, By, Key, until, type WebDriver } from 'selenium-webdriver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idsOf, signIn, untilOffline } from '#test/support/app.ts'
import { type Sample, startSample } from '#test/support/sample.ts'
import { freePort } from '#test/support/whole-server.ts'

let sample: Sample
beforeAll(async () => {
  sample = await startSample()
})
afterAll(() => sample.end())

describe('Firefox', () => {
  test('signs in, reads, and opens again at a deep link with no network', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'bowon-firefox-'))
    // over WebDriver BiDi: Debian's own build, not a patched one
    const browser = await firefox.launch({
      channel: 'moz-firefox',
      executablePath: '/usr/bin/firefox-esr',
      headless: true,
    })
    try {
      const context = await browser.newContext({ locale: 'th-TH', timezoneId: 'Asia/Bangkok' })
      const page = await context.newPage()
      await signIn(page, sample.server, sample.usernames.officer, sample.password)
      await expect
        .poll(async () => (await idsOf(page, 'training-session')).length, { timeout: 30_000 })
        .toBeGreaterThan(0)
      await untilOffline(page)
      await context.setOffline(true)
      await page.goto(`${sample.server.url}/bwr/new`)
      await page.getByRole('heading', { name: 'บันทึกกิจกรรมบวร' }).waitFor()
    } finally {
      await browser.close()
      rmSync(profile, { recursive: true, force: true })
    }
  })
})

describe('WebKit', () => {
  test('signs in, keeps a journal, and draws Today again after the server is gone', async () => {
    const port = await freePort()
    const driver = spawn(
      'xvfb-run',
      ['-a', '-s', '-screen 0 1280x1024x24', 'WebKitWebDriver', `--port=${port}`, '--host=127.0.0.1'],
      { env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1' }, stdio: 'ignore', detached: true },
    )
    const own = await startSample()
    let browser: WebDriver | undefined
    try {
      browser = await openWebKit(port)
      await browser.get(own.server.url)
      await browser.wait(until.elementLocated(By.id('username')), 30_000)
      await browser.findElement(By.id('username')).sendKeys(own.usernames.officer)
      await browser.findElement(By.id('password')).sendKeys(own.password, Key.ENTER)
      await browser.wait(until.elementLocated(By.css('.action-tiles')), 30_000)
      await browser.wait(
        () =>
          browser!.executeScript(
            'return navigator.serviceWorker.controller !== null || caches.keys().then((keys) => keys.length > 0)',
          ),
        30_000,
      )
      await browser.get(own.server.url)
      await browser.wait(() => browser!.executeScript('return navigator.serviceWorker.controller !== null'), 30_000)
      await own.server.stop()
      await browser.get(`${own.server.url}/`)
      await browser.wait(until.elementLocated(By.css('.action-tiles')), 30_000)
    } finally {
      await browser?.quit().catch(() => undefined)
      process.kill(-driver.pid!, 'SIGTERM')
      own.server.forget()
    }
  })
})

const openWebKit = async (port: number): Promise<WebDriver> => {
  const options = {
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': {
      binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
      args: ['--automation'],
    },
  }
  for (let turn = 0; ; turn++) {
    try {
      return await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(options).build()
    } catch (cause) {
      if (turn === 20) throw cause
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}
