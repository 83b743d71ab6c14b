// `npm run screenshots`: every screen on sample data, sizes × themes × languages, into the ignored folder screenshots/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { follow, idsOf, signIn, untilSent } from '#test/support/app.ts'
import { openBrowser } from '#test/support/browser.ts'
import { startSample } from '#test/support/sample.ts'
import { locales, sizes, startAgain, themes, viewers } from '#test/support/screens.ts'

const folder = 'screenshots'
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)

const sample = await startSample()
let taken = 0
try {
  for (const { role, screens } of viewers) {
    const profile = mkdtempSync(join(tmpdir(), 'bowon-shots-'))
    const browser = await openBrowser(profile)
    const page = browser.pages()[0]!
    // colours that are still on their way from one theme to the other are in no picture
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await signIn(page, sample.server, sample.usernames[role], sample.password)
    await untilSent(page)
    while ((await idsOf(page, 'activity')).length === 0) await page.waitForTimeout(200)
    for (const locale of locales) {
      await page.evaluate((next) => localStorage.setItem('bowon.locale', next), locale)
      await startAgain(page, sample, role)
      for (const { name, path } of screens) {
        if (wanted.length > 0 && !wanted.includes(name)) continue
        const to = await path(page)
        if (to === null) continue
        await follow(page, to)
        await page.waitForURL(`**${to}`)
        await page.locator('h1:visible, h2:visible').first().waitFor()
        for (const theme of themes) {
          await page.evaluate((next) => {
            document.documentElement.dataset.theme = next
          }, theme)
          for (const size of sizes) {
            await page.setViewportSize(size)
            await page.evaluate(() => document.fonts.ready)
            await page.screenshot({ path: join(folder, `${name}-${size.width}x${size.height}-${theme}-${locale}.png`) })
            taken++
          }
        }
      }
    }
    await browser.close()
    rmSync(profile, { recursive: true, force: true })
  }
} finally {
  await sample.end()
}
console.log(`${taken} pictures in ${folder}/`)
