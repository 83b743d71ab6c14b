import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstIdOf, follow, signIn } from '#test/support/app.ts'
import { openBrowser } from '#test/support/browser.ts'
import { type Sample, startSample } from '#test/support/sample.ts'
import { locales, sizes, startAgain, themes, viewers } from '#test/support/screens.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let sample: Sample
beforeAll(async () => {
  sample = await startSample()
})
afterAll(() => sample.end())

/** What lies outside of the window or is cut off in its box, by selector. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth
    const nameOf = (one: Element) => `${one.tagName.toLowerCase()}.${[...one.classList].join('.')}`
    // a row of tabs that is swiped is no overflow, as long as the row itself lies inside
    const scrollsSideways = (one: Element): boolean => {
      for (let at = one.parentElement; at; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return at.getBoundingClientRect().right <= wide + 1
      }
      return false
    }
    const found: string[] = []
    if (document.documentElement.scrollWidth > wide)
      found.push(`page ${document.documentElement.scrollWidth} > ${wide}`)
    for (const one of document.querySelectorAll('body *')) {
      if (one.closest('svg, dialog:not([open]), .visually-hidden, [hidden], .toasts')) continue
      const box = one.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) continue
      if (box.right > wide + 1 && !scrollsSideways(one))
        found.push(`${nameOf(one)} ends at ${Math.round(box.right)} of ${wide}`)
      const { overflowX, textOverflow } = getComputedStyle(one)
      if (overflowX === 'hidden' && textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1) {
        found.push(`${nameOf(one)} cuts ${one.scrollWidth - one.clientWidth} px`)
      }
    }
    return found.slice(0, 5)
  })

const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: typeof import('axe-core') }).axe
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 2)
          .map((node) => `${node.target} ${node.failureSummary ?? ''}`)
          .join(' | ')}`,
    )
  })
}

const settled = async (page: Page) => {
  await page.locator('h1:visible, h2:visible').first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  // what turns for as long as a tablet reads or sends has no end to wait for
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Number.POSITIVE_INFINITY),
  )
}

test('the page that one leaves to runs and styles itself alone', async () => {
  const [away, app] = await Promise.all(
    ['away.html', ''].map(async (path) => (await fetch(`${sample.server.url}/${path}`)).text()),
  )
  const sheets = (html: string | undefined) =>
    [...(html ?? '').matchAll(/href="([^"]+\.css)"/g)].map(([, name]) => name)
  expect(away).not.toContain('<script')
  expect(sheets(away)).toHaveLength(1)
  expect(sheets(app)).not.toContain(sheets(away)[0])
})

describe.each(viewers)('every screen of the $role', ({ role, screens }) => {
  let browser: BrowserContext
  let page: Page
  const profile = mkdtempSync(join(tmpdir(), 'bowon-looks-'))
  beforeAll(async () => {
    browser = await openBrowser(profile)
    page = browser.pages()[0]!
    await signIn(page, sample.server, sample.usernames[role], sample.password)
    // the last kind that a screen looks at
    await firstIdOf(page, role === 'observer' ? 'curriculum' : 'question')
  })
  afterAll(async () => {
    await browser.close()
    rmSync(profile, { recursive: true, force: true })
  })

  test.each(locales)('in %s, both themes, four sizes: nothing for axe, nothing overflows', async (locale) => {
    await page.evaluate((next) => localStorage.setItem('bowon.locale', next), locale)
    await startAgain(page, sample, role)
    const faults: string[] = []
    for (const { name, path } of screens) {
      const to = await path(page)
      if (to === null) {
        faults.push(`${name}: the sample has nothing to show`)
        continue
      }
      await page.setViewportSize(sizes[0])
      await follow(page, to)
      await page.waitForURL(`**${to}`)
      await settled(page)
      if ((await page.locator('#unlock-password').count()) > 0) faults.push(`${name}: locked`)
      for (const theme of themes) {
        await page.evaluate((next) => {
          document.documentElement.dataset.theme = next
        }, theme)
        await settled(page)
        for (const found of await violations(page)) faults.push(`${name} ${theme}: ${found}`)
      }
      for (const size of sizes) {
        await page.setViewportSize(size)
        for (const found of await overflowing(page)) faults.push(`${name} at ${size.width}: ${found}`)
      }
    }
    expect(faults).toEqual([])
  })
})
