import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { firefox } from 'playwright-core'
import { Builder, By, Key, until, type WebDriver } from 'selenium-webdriver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follow, idsOf, signIn, untilOffline, visitUnlocked } from '#test/support/app.ts'
import { type Sample, startSample } from '#test/support/sample.ts'
import { freePort } from '#test/support/whole-server.ts'

let sample: Sample
beforeAll(async () => {
  sample = await startSample()
})
afterAll(() => sample.end())

const allSafe = 'ทุกอย่างที่บันทึกในเครื่องนี้อยู่บนเซิร์ฟเวอร์แล้ว'

/** Over WebDriver BiDi: Debian's own build, not a patched one. */
const openFirefox = () =>
  firefox.launch({ channel: 'moz-firefox', executablePath: '/usr/bin/firefox-esr', headless: true })

describe('Firefox', () => {
  test('a supervisor is enrolled by the link, unlocks, and signs what the server takes', async () => {
    const browser = await openFirefox()
    try {
      const context = await browser.newContext({ locale: 'th-TH', timezoneId: 'Asia/Bangkok' })
      const page = await context.newPage()
      await signIn(page, sample.server, sample.usernames.supervisor, sample.password)
      await visitUnlocked(page, `${sample.server.url}/review`, sample.password)
      await page.locator('main a[href^="/review/"]:not([href="/review/export"])').first().click()
      const approve = page.getByRole('button', { name: /^อนุมัติ/ })
      await approve.waitFor()
      const at = page.url()
      await approve.click()
      // it goes on to the next one once this one is saved
      await page.waitForURL(({ href }) => href !== at)
      await follow(page, '/tablet')
      await page.getByText(allSafe).waitFor()
    } finally {
      await browser.close()
    }
  })

  test('signs in, and keeps what is written with no network over a reload', async () => {
    const browser = await openFirefox()
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
      await page.getByRole('heading', { name: 'บันทึกกิจกรรม' }).waitFor()
      await page.locator('label').filter({ hasText: 'บ้าน' }).first().click()
      await page.getByText('เก็บร่างแล้ว').waitFor()
      await page.reload()
      await page.locator('input[name="field-node"][value="home"]:checked').waitFor({ state: 'attached' })
    } finally {
      await browser.close()
    }
  })
})

/** A sample province of its own, because the server is stopped, and WebKitGTK's own browser on a screen that nobody sees. */
const inWebKit = async (work: (browser: WebDriver, own: Sample) => Promise<void>) => {
  const own = await startSample()
  const screen = await startScreen()
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1' },
    stdio: 'ignore',
  })
  let browser: WebDriver | undefined
  try {
    browser = await openWebKit(port)
    await work(browser, own)
  } finally {
    await browser?.quit().catch(() => undefined)
    await end(driver)
    await end(screen.process)
    await own.end()
  }
}

/** Opens the link of an administrator and signs in. */
const enrolIn = async (browser: WebDriver, { server, password }: Sample, username: string) => {
  await browser.get(`${server.url}/enrol#${await server.enrolmentCode()}`)
  await press(browser, By.css('main .btn--big'))
  await browser.wait(until.elementLocated(By.id('username')), 30_000)
  await browser.findElement(By.id('username')).sendKeys(username)
  await browser.findElement(By.id('password')).sendKeys(password, Key.ENTER)
  await browser.wait(until.elementLocated(By.css('.today')), 30_000)
}

const press = async (browser: WebDriver, what: By) => {
  const found = await browser.wait(until.elementLocated(what), 30_000)
  await browser.executeScript('arguments[0].click()', found)
}

describe('WebKit', () => {
  test('a supervisor is enrolled by the link, unlocks, and signs what the server takes', () =>
    inWebKit(async (browser, own) => {
      await enrolIn(browser, own, own.usernames.supervisor)
      await browser.get(`${own.server.url}/review`)
      const unlock = await browser.wait(until.elementLocated(By.id('unlock-password')), 30_000)
      await unlock.sendKeys(own.password, Key.ENTER)
      await press(browser, By.css('main a[href^="/review/"]:not([href="/review/export"])'))
      const approve = By.xpath("//button[starts-with(normalize-space(), 'อนุมัติ')]")
      await browser.wait(until.elementLocated(approve), 30_000)
      const at = await browser.getCurrentUrl()
      await press(browser, approve)
      await browser.wait(async () => (await browser.getCurrentUrl()) !== at, 30_000)
      await press(browser, By.css('nav a[href="/tablet"]'))
      await browser.wait(until.elementLocated(By.xpath(`//*[contains(text(), '${allSafe}')]`)), 30_000)
    }))

  test('signs in, and opens again at a deep link and at Today after the server is gone', () =>
    inWebKit(async (browser, own) => {
      await enrolIn(browser, own, own.usernames.officer)
      await browser.wait(until.elementLocated(By.css('.action-tiles')), 30_000)
      await browser.executeScript('return navigator.serviceWorker.ready.then(() => true)')
      await browser.get(own.server.url)
      await browser.wait(() => browser.executeScript('return navigator.serviceWorker.controller !== null'), 30_000)
      await own.server.stop()
      // at once, while the page reads and writes: WebKit would let its transactions sleep, and the next page wait
      await browser.get(`${own.server.url}/bwr/new`)
      await heading(browser, 'บันทึกกิจกรรม')
      await browser.get(`${own.server.url}/`)
      await browser.wait(until.elementLocated(By.css('.action-tiles')), 10_000)
    }))
})

const heading = (browser: WebDriver, name: string) =>
  browser.wait(until.elementLocated(By.xpath(`//h1[normalize-space()='${name}']`)), 10_000)

/** An X server without a screen; it finds a free number by itself. */
const startScreen = async () => {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [number] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer]
  return { process: child, display: `:${String(number).trim()}` }
}

const end = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

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
