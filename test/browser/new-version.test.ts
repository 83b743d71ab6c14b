import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fillActivity, saveActivity, womenField } from '#test/support/activity-form.ts'
import { firstIdOf, follow, idsOf, signIn, untilOffline } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { type Build, makeBuild } from '#test/support/builds.ts'
import { type Shipping, startShipping } from '#test/support/shipping.ts'

const offer = 'มีแอปรุ่นใหม่'
const busy = 'บันทึกหรือปิดแบบฟอร์มก่อน แล้วจึงเปลี่ยนรุ่น'
const broken = 'หน้านี้เปิดไม่สำเร็จ'

let old: Build
let next: Build
let shipping: Shipping
let tablet: string
let context: BrowserContext
let page: Page

beforeAll(() => {
  old = makeBuild('old')
  next = makeBuild('next')
})
afterAll(() => {
  for (const build of [old, next]) build.forget()
})

beforeEach(async () => {
  shipping = await startShipping(old)
  tablet = mkdtempSync(join(tmpdir(), 'bowon-version-'))
  context = await openBrowser(tablet)
  page = context.pages()[0]!
  const { username, password } = shipping.officer
  await signIn(page, shipping.server, username, password)
  // a form that opens without it has no place to begin with
  expect(await firstIdOf(page, 'place')).not.toBeNull()
})
afterEach(async () => {
  await context.close()
  await forgetBrowser(tablet)
  await shipping.end()
})

/** The version that a page runs. */
const version = (of: Page) => of.evaluate(() => document.querySelector('meta[name=build]')?.getAttribute('content'))

/** What the browser does by itself at a navigation and once a day: asks whether there is another service worker. Answers what became of it. */
const lookForNext = (on: Page): Promise<string> =>
  on.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!
    await registration.update()
    const { installing } = registration
    if (!installing) return registration.waiting ? 'installed' : 'none'
    return new Promise<string>((resolve) => {
      const look = () => {
        if (['installed', 'activated', 'redundant'].includes(installing.state)) resolve(installing.state)
      }
      installing.addEventListener('statechange', look)
      look()
    })
  })

/** A mark that goes when the page is loaded again. */
const mark = (on: Page) => on.evaluate(() => Object.assign(globalThis, { sameLoad: true }))
const isSameLoad = (on: Page) => on.evaluate(() => 'sameLoad' in globalThis)
/** From now on the page is older than a minute, by its own clock: what Workbox takes for somebody else's news then. */
const age = (on: Page) =>
  on.evaluate(() => {
    const real = performance.now.bind(performance)
    performance.now = () => real() + 3_600_000
  })

const fillHalf = async (on: Page, women: number) => {
  await follow(on, '/bwr/new')
  await fillActivity(on, { women })
}
const save = async (on: Page) => {
  await saveActivity(on)
  await expect.poll(() => idsOf(on, 'activity')).toHaveLength(1)
}
const take = (on: Page) => on.getByRole('button', { name: 'ใช้รุ่นใหม่' }).click()
const untilVersion = (on: Page, name: string) =>
  on.waitForSelector(`meta[name=build][content=${name}]`, { state: 'attached' })

describe('a new version arrives while a form is half filled', () => {
  test('it asks, and what was typed is saved before it takes over', async () => {
    await untilOffline(page)
    await fillHalf(page, 21)
    await mark(page)
    await age(page)
    shipping.ship(next)
    expect(await lookForNext(page)).toBe('installed')
    await page.getByText(busy).waitFor()
    expect(await page.getByRole('button', { name: 'ใช้รุ่นใหม่' }).count()).toBe(0)
    expect(await isSameLoad(page)).toBe(true)
    expect(await womenField(page).inputValue()).toBe('21')
    await save(page)
    expect(await version(page)).toBe('old')
    await take(page)
    await untilVersion(page, 'next')
    expect(await idsOf(page, 'activity')).toHaveLength(1)
  })

  test('also when another tab lets it take over', async () => {
    await untilOffline(page)
    await fillHalf(page, 22)
    await mark(page)
    const other = await context.newPage()
    await other.goto(shipping.server.url)
    await other.waitForSelector('.action-tiles')
    shipping.ship(next)
    expect(await lookForNext(other)).toBe('installed')
    await take(other)
    await untilVersion(other, 'next')
    await page.getByText(busy).waitFor()
    expect(await isSameLoad(page)).toBe(true)
    expect(await womenField(page).inputValue()).toBe('22')
    await save(page)
    await take(page)
    await untilVersion(page, 'next')
    expect(await idsOf(page, 'activity')).toHaveLength(1)
  })

  test('a page that has been open for long finds it by itself when somebody takes the tablet up', async () => {
    await untilOffline(page)
    const takeUp = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    shipping.ship(next)
    await takeUp()
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.installing)).toBe(null)
    await age(page)
    await takeUp()
    await page.getByText(offer).waitFor()
    await take(page)
    await untilVersion(page, 'next')
  })

  test('one that came after it, before anybody took it, is the one that is taken', async () => {
    await untilOffline(page)
    await age(page)
    shipping.ship(next)
    expect(await lookForNext(page)).toBe('installed')
    await page.getByText(offer).waitFor()
    const later = makeBuild('later')
    shipping.ship(later)
    expect(await lookForNext(page)).toBe('installed')
    await take(page)
    await untilVersion(page, 'later')
    later.forget()
  })
})

describe('an old page asks for a file that is gone', () => {
  const reload = () => page.getByRole('button', { name: 'โหลดหน้าใหม่' }).click()
  beforeEach(async () => {
    // as on a first visit whose service worker has not come yet: nothing of the version is kept anywhere
    const cdp = await context.newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
      for (const name of await caches.keys()) await caches.delete(name)
    })
    await page.reload()
    await page.waitForSelector('.action-tiles')
    await mark(page)
  })

  test.each([
    ['a screen', '/bwr', 'main a[href="/bwr/new"]'],
    ['the page that signs in', '/switch', 'button:has-text("คนอื่น")'],
  ])('%s says so, and one tap brings it', async (_, path, there) => {
    shipping.ship(next)
    await follow(page, path)
    await page.getByText(broken).waitFor()
    expect(await isSameLoad(page)).toBe(true)
    await reload()
    await page.waitForSelector(there)
    expect(new URL(page.url()).pathname).toBe(path)
  })

  test('a file that stays away makes no loop', async () => {
    const torn = makeBuild('torn')
    for (const asset of torn.assets('activity')) rmSync(join(torn.folder, asset))
    shipping.ship(torn)
    await follow(page, '/bwr')
    await page.getByText(broken).waitFor()
    let loads = 0
    page.on('load', () => {
      loads++
    })
    await reload()
    await untilVersion(page, 'torn')
    await page.getByText(broken).waitFor()
    await mark(page)
    await follow(page, '/')
    await page.waitForSelector('.action-tiles')
    expect(await isSameLoad(page)).toBe(true)
    expect(loads).toBe(1)

    shipping.ship(next)
    await page.goto(`${shipping.server.url}/bwr`)
    await page.waitForSelector('main a[href="/bwr/new"]')
    torn.forget()
  })
})

test('the download of a new version is cut: the old version goes on, without a network as well', async () => {
  await untilOffline(page)
  await mark(page)
  shipping.ship(next)
  const [last] = next.assets('training')
  shipping.cut(last!)
  expect(await lookForNext(page)).toBe('redundant')
  expect(shipping.asked(last!)).toBe(1)
  expect(await isSameLoad(page)).toBe(true)
  expect(await page.getByText(offer).count()).toBe(0)

  await context.setOffline(true)
  await page.reload()
  expect(await version(page)).toBe('old')
  await follow(page, '/training/new')
  await page.getByRole('button', { name: 'บันทึกรอบ' }).waitFor()
  await fillHalf(page, 23)
  await save(page)

  await context.setOffline(false)
  shipping.cut(null)
  await page.goto(shipping.server.url)
  await take(page)
  await untilVersion(page, 'next')
})

describe('a broken service worker is shipped', () => {
  let bad: Build
  beforeEach(() => {
    bad = makeBuild('bad')
  })
  afterEach(() => bad.forget())

  test('one that throws at once is not taken: the old version goes on, and the next check finds the mended one', async () => {
    await untilOffline(page)
    bad.rewrite('service-worker.js', (text) => `throw new Error('broken')\n${text}`)
    shipping.ship(bad)
    const checks = shipping.asked('/service-worker.js')
    await page.reload()
    // the page itself has asked by now, and was given the broken one
    await expect.poll(() => shipping.asked('/service-worker.js')).toBeGreaterThan(checks)
    await expect(lookForNext(page)).rejects.toThrow()
    expect(await page.getByText(offer).count()).toBe(0)
    await context.setOffline(true)
    await page.reload()
    await page.waitForSelector('.action-tiles')
    expect(await version(page)).toBe('old')
    await context.setOffline(false)

    shipping.ship(next)
    await page.reload()
    await take(page)
    await untilVersion(page, 'next')
  })

  test('one that answers nothing was taken: the next check heals it, and nothing that was saved is gone', async () => {
    await untilOffline(page)
    await fillHalf(page, 24)
    await save(page)
    const breaks = "addEventListener('fetch', (event) => event.respondWith(Promise.reject(new Error('broken'))))"
    bad.rewrite('service-worker.js', (text) => `${breaks}\n${text}`)
    shipping.ship(bad)
    expect(await lookForNext(page)).toBe('installed')
    const failed = page.waitForEvent('requestfailed', (request) => request.isNavigationRequest())
    await take(page)
    await failed

    // one visit more, which fails as well, and the browser looks for another service worker by itself
    shipping.ship(next)
    const checks = shipping.asked('/service-worker.js')
    await expect(page.goto(shipping.server.url)).rejects.toThrow()
    await expect.poll(() => shipping.asked('/service-worker.js')).toBeGreaterThan(checks)
    const visit = async () => {
      await page.goto(shipping.server.url).catch(() => undefined)
      return version(page).catch(() => null)
    }
    await expect.poll(visit, { interval: 1000 }).toBe('next')
    await page.waitForSelector('.action-tiles')
    expect(await idsOf(page, 'activity')).toHaveLength(1)
  })
})
