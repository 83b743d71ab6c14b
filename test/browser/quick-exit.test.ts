import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { showsNobody } from '#src/app/shows-nobody.ts'
import { firstIdOf, follow, signIn, unlockTablet, untilAway, untilOffline } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { findInText } from '#test/support/leak-scanner.ts'
import { filledPath, routePatterns } from '#test/support/routes.ts'
import { type Sample, startSample } from '#test/support/sample.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

/** Which role sees the screens of a place; the officer sees the others. */
const viewerOf: Readonly<Record<string, 'supervisor' | 'administrator'>> = {
  '/desk': 'supervisor',
  '/review': 'supervisor',
  '/admin': 'administrator',
}

let sample: Sample
const opened: BrowserContext[] = []
const profiles: string[] = []
beforeAll(async () => {
  sample = await startSample()
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  for (const one of profiles.splice(0)) await forgetBrowser(one)
})
afterAll(() => sample.end())

const enter = async (role: keyof Sample['usernames']): Promise<Page> => {
  const profile = mkdtempSync(join(tmpdir(), 'bowon-exit-'))
  profiles.push(profile)
  const browser = await openBrowser(profile)
  opened.push(browser)
  const page = browser.pages()[0]!
  await signIn(page, sample.server, sample.usernames[role], sample.password)
  await untilOffline(page)
  // it may have been loaded once more, to be controlled: whoever signs is locked then
  await page.waitForSelector('.today, #unlock-password')
  if (await page.locator('#unlock-password').isVisible()) await unlockTablet(page, sample.password)
  return page
}

const settled = async (page: Page) => {
  await page.locator('main h1, main h2').first().waitFor()
  await page.evaluate(() => document.fonts.ready)
}

/** What is wrong with the way out as the window stands: null when a finger on its middle would press it. */
const wayOut = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const button = document.querySelector('.quick-exit button')
    if (!button) return 'none'
    const { left, top, right, bottom, width, height } = button.getBoundingClientRect()
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return 'out of view'
    if (width < 48 || height < 48) return `${width} by ${height}`
    const under = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return button.contains(under) ? null : `under ${under?.className}`
  })

/** What can be pressed or read behind the way out, before anything is scrolled. */
const behind = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const out = document.querySelector('.quick-exit button')!.getBoundingClientRect()
    const texts = [...document.querySelectorAll('main :is(h1, h2, p, span, a, button, input, label, dt, dd, li)')]
    return texts
      .filter((one) => one.checkVisibility() && [...one.childNodes].some(({ nodeType }) => nodeType === 3))
      .filter((one) => {
        const range = document.createRange()
        range.selectNodeContents(one)
        return [...range.getClientRects()].some(
          (box) =>
            box.width > 1 &&
            box.right > out.left &&
            box.left < out.right &&
            box.bottom > out.top &&
            box.top < out.bottom,
        )
      })
      .map((one) => `${one.tagName} ${one.className}`)
  })

const toTheEnd = (page: Page) =>
  page.evaluate(async () => {
    for (const one of [document.scrollingElement!, ...document.querySelectorAll('main, main *')])
      if (one.scrollHeight > one.clientHeight) one.scrollTop = one.scrollHeight
    await new Promise((resolve) => requestAnimationFrame(resolve))
  })

const namesOfAll = (): readonly string[] =>
  sample
    .records()
    .flatMap(({ kind, values }) => (kind === 'person' ? [values.familyName] : kind === 'staff' ? [values.name] : []))
    .filter((one): one is string => typeof one === 'string' && one.length > 3)

describe('the way out at once', () => {
  it.each(['officer', 'supervisor', 'administrator'] as const)(
    'is in view on every screen of the %s but those that show nobody, and stays when they are scrolled',
    async (role) => {
      const page = await enter(role)
      const patterns = routePatterns().filter(({ place }) => (viewerOf[place] ?? 'officer') === role)
      const ids = new Map(sample.records().map(({ id, kind }) => [kind, id]))
      const paths = [...new Set(patterns.map((one) => filledPath(one, (kind) => ids.get(kind)!)))]
      const others = role === 'officer' ? ['/switch', '/sign-in', '/no-such-page'] : []
      expect(paths.length).toBeGreaterThan(3)
      const names = namesOfAll()
      if (role === 'supervisor') {
        await page.reload()
        await page.waitForSelector('#unlock-password')
        // in front of the lock there is a name too
        expect(await wayOut(page)).toBeNull()
        await unlockTablet(page, sample.password)
      }
      await firstIdOf(page, 'question')
      const faults: string[] = []
      for (const path of [...paths, ...others]) {
        await follow(page, path)
        await page.waitForURL(`**${path}`)
        await settled(page)
        const declared = showsNobody(path)
        for (const size of sizes) {
          await page.setViewportSize(size)
          const at = `${path} at ${size.width}`
          if (declared) {
            if ((await wayOut(page)) !== 'none') faults.push(`${at}: declared, and yet there`)
            for (const { word } of findInText((await page.textContent('main')) ?? '', names))
              faults.push(`${at}: ${word}`)
            continue
          }
          await page.evaluate(() => scrollTo(0, 0))
          for (const one of await behind(page)) faults.push(`${at}: covers ${one}`)
          for (const when of ['first', 'scrolled']) {
            const fault = await wayOut(page)
            if (fault) faults.push(`${at} ${when}: ${fault}`)
            await toTheEnd(page)
          }
        }
      }
      expect(faults).toEqual([])
    },
  )

  it('is one touch away while something lies over the screen', async () => {
    const page = await enter('officer')
    await page.setViewportSize(sizes[1])
    await follow(page, '/tablet')
    await page.click('main .btn--quiet:has(.icon)')
    await page.waitForSelector('dialog[open]')
    // no key that somebody presses on the dialog leaves by mistake
    expect(await page.evaluate(() => document.activeElement?.closest('.quick-exit') ?? null)).toBeNull()
    await page.locator('dialog[open] .quick-exit button').click()
    await untilAway(page)
  })
})

/** The addresses that this tab can step to, as the browser itself lists them. */
const steps = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { navigation } = globalThis as unknown as { navigation: { entries(): { url: string | null }[] } }
    // of another page than this one it says no address
    return navigation.entries().map(({ url }) => (url === null ? '' : new URL(url).pathname))
  })

const isAway = async (page: Page) => {
  await untilAway(page)
  expect(await page.title()).toBe('บวร')
  expect(await page.locator('#app').count()).toBe(0)
}

describe('whoever has left at once', () => {
  it('finds nothing by stepping back or forward, and no step of what was open', async () => {
    const page = await enter('officer')
    for (const path of ['/training', '/bwr', '/complaint']) await follow(page, path)
    await page.click('#content .btn--big')
    await page.waitForSelector('.intake')
    // a step that lies ahead
    await follow(page, '/bwr')
    await page.waitForSelector('.intake', { state: 'detached' })
    await page.goBack()
    await page.waitForSelector('.intake-facts')
    await page.click('.quick-exit button')
    await isAway(page)
    expect(new Set(await steps(page))).toEqual(new Set(['/away.html']))
    await page.goBack()
    await isAway(page)
    await page.goForward()
    await isAway(page)
    expect(await page.goForward()).toBeNull()
    await page.reload()
    await isAway(page)
  })

  it('finds nothing by stepping back in a browser that lets no page see its steps', async () => {
    const page = await enter('officer')
    await page.evaluate(() => Reflect.deleteProperty(globalThis, 'navigation'))
    for (const path of ['/training', '/bwr', '/complaint']) await follow(page, path)
    await page.click('.quick-exit button')
    await isAway(page)
    for (let step = 0; step < 3; step++) {
      await page.goBack()
      await isAway(page)
    }
  })

  it('finds nothing in what the tab had opened before the app was loaded anew', async () => {
    const page = await enter('officer')
    const person = (await firstIdOf(page, 'person'))!
    await page.goto(`${sample.server.url}/training/people/${person}`)
    await settled(page)
    await page.goto(`${sample.server.url}/complaint`)
    await page.waitForSelector('.intake-facts')
    await page.click('.quick-exit button')
    await isAway(page)
    const before = (await steps(page)).length
    expect(before).toBeGreaterThan(2)
    for (let step = 1; step < before; step++) {
      await page.goBack()
      await isAway(page)
    }
  })

  it('opens the app anew from there, and is back where a day begins', async () => {
    const page = await enter('officer')
    await follow(page, '/complaint')
    await page.click('.quick-exit button')
    await isAway(page)
    await page.click('a')
    await page.waitForSelector('.today')
    await follow(page, '/training')
    await page.waitForURL('**/training')
    await page.goBack()
    await page.waitForSelector('.today')
    await page.reload()
    await page.waitForSelector('.today')
  })
})
