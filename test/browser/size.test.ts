import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#test/support/app.ts'
import { openBrowser } from '#test/support/browser.ts'
import { type Sample, startSample } from '#test/support/sample.ts'

/** Bytes of gzipped JavaScript, workers and dictionary included, until Today answers a tap. */
const allowed = 92_800

let sample: Sample
const profile = mkdtempSync(join(tmpdir(), 'bowon-size-'))
beforeAll(async () => {
  sample = await startSample()
})
afterAll(async () => {
  await sample.end()
  rmSync(profile, { recursive: true, force: true })
})

test('Today answers a tap after at most 92.8 kB of JavaScript', async () => {
  const browser = await openBrowser(profile)
  const page = browser.pages()[0]!
  await signIn(page, sample.server, sample.usernames.officer, sample.password)
  // as on a first visit: no service worker, no cache
  await page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
  })
  const cdp = await browser.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  // taps in the same turn in which the way there is drawn, and looks at what had come when the place is marked as current
  await page.addInitScript(() => {
    const tapped = new MutationObserver(() => {
      const way = document.querySelector<HTMLAnchorElement>('nav a[href="/tablet"]')
      if (!way || !document.querySelector('.action-tiles')) return
      tapped.disconnect()
      way.click()
      const look = () => {
        if (location.pathname !== '/tablet') return requestAnimationFrame(look)
        const came = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
        return Object.assign(globalThis, { cameBeforeTheAnswer: came.filter((path) => path.endsWith('.js')) })
      }
      look()
    })
    tapped.observe(document, { childList: true, subtree: true })
  })
  await page.goto(sample.server.url, { waitUntil: 'commit' })
  const scripts = await page.waitForFunction(
    () => (globalThis as { cameBeforeTheAnswer?: string[] }).cameBeforeTheAnswer,
  )
  const sizes = ((await scripts.jsonValue()) ?? []).map((path) => ({
    path,
    bytes: statSync(join('dist', `${path}.gz`)).size,
  }))
  const sum = sizes.reduce((all, { bytes }) => all + bytes, 0)
  console.log(
    `${sum} bytes in ${sizes.length} scripts: ${sizes.map(({ path, bytes }) => `${path} ${bytes}`).join(', ')}`,
  )
  expect(sizes.some(({ path }) => path.includes('worker'))).toBe(true)
  expect(sum).toBeLessThanOrEqual(allowed)
  await browser.close()
})
