// The offline cold start with 10,000 records on the tablet, under 4× CPU slowdown: milliseconds from the navigation until Today is
// painted, in a fresh browser process. Chromium's own start-up (its new-tab page, its omnibox) works on the same two cores for about two
// seconds; the time is taken after it and, for comparison, in the middle of it. Prints a table; `bench/cold-start.md` keeps the last run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openEnrolled } from '#test/support/app.ts'
import { openBrowser } from '#test/support/browser.ts'
import { beginWith, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { startServer } from '#test/support/whole-server.ts'
import { countRecords } from './count-records.ts'

const records = 10_000
const batch = 500
const runs = 7
const settings = [
  { slowdown: 1, browser: 'running', pause: 2500 },
  { slowdown: 4, browser: 'running', pause: 2500 },
  { slowdown: 4, browser: 'just launched', pause: 0 },
]

const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
const dayBefore = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)

const fill = async (admin: Awaited<ReturnType<typeof beginWith>>) => {
  const place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนตัวอย่าง', type: 'school' } })
  for (let done = 0; done < records; done += batch) {
    const changes = Array.from({ length: batch }, (_, index) => ({
      kind: 'activity',
      set: {
        node: 'school',
        type: 'S1',
        place,
        heldOn: dayBefore((done + index) % 700),
        facilitator: 'ผู้ดูแล ตัวอย่าง',
        from15Female: (done + index) % 40,
        from15Male: (done + index) % 37,
        outcome: 'นักเรียนสรุปสิทธิของตนและทำแผนงานของห้อง '.repeat(4),
      },
    }))
    const answer = await admin.write(...changes)
    if (answer.results.length > 0) throw new Error(`held: ${JSON.stringify(answer.results[0])}`)
  }
  await admin.write({ kind: 'training-session', set: { place, heldOn: today, startsAt: '09:00', state: 'open' } })
}

/** Milliseconds from the navigation until Today is painted. */
const untilToday = async (page: Page, url: string, slowdown: number): Promise<number> => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.addInitScript(() => {
    const drawn = new MutationObserver(() => {
      if (!document.querySelector('.hero a')) return
      drawn.disconnect()
      // told by a message: a script of the test's own, run to ask, would be counted with the page
      requestAnimationFrame(() => setTimeout(() => console.debug('today', performance.now())))
    })
    drawn.observe(document, { childList: true, subtree: true })
  })
  const told = page.waitForEvent('console', (message) => message.text().startsWith('today '))
  await page.goto(url, { waitUntil: 'commit' })
  return Number((await told).text().split(' ')[1])
}

const server = await startServer()
const profile = mkdtempSync(join(tmpdir(), 'bowon-cold-'))
const rows: string[] = []
try {
  await fill(await beginWith(server))
  const first = await openBrowser(profile)
  const page = first.pages()[0]!
  await openEnrolled(page, server)
  await page.fill('#username', 'admin')
  await page.fill('#password', testPassword)
  await page.click('button[type=submit]')
  await page.waitForSelector('.hero a', { timeout: 120_000 })
  // a predicate that is a promise would be taken for true at once
  while ((await page.evaluate(countRecords)) < records) await page.waitForTimeout(500)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await page.waitForTimeout(3000)
  await first.close()

  for (const { slowdown, browser, pause } of settings) {
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const context = await openBrowser(profile)
      await context.setOffline(true)
      await context.pages()[0]!.waitForTimeout(pause)
      times.push(await untilToday(context.pages()[0]!, server.url, slowdown))
      await context.close()
    }
    times.sort((a, b) => a - b)
    const [least, median, most] = [times[0]!, times[Math.floor(runs / 2)]!, times.at(-1)!].map(Math.round)
    rows.push(`| ${slowdown}× | ${browser} | ${records} | ${median} | ${least}–${most} | ${runs} |`)
    console.log(
      `cold start offline at ${slowdown}× CPU, browser ${browser}: median ${median} ms (${least}–${most}, ${runs} runs)`,
    )
  }
} finally {
  await server.stop()
  server.forget()
  rmSync(profile, { recursive: true, force: true })
}
writeFileSync(
  'bench/cold-start.md',
  `# Offline cold start\nFrom the navigation until Today is painted, in a fresh browser process without network.\n\n| CPU slowdown | browser | records | median ms | range | runs |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`,
)
