// A fresh tablet reads 50,000 records: real Chromium, production build, real server. While it reads, a finger taps another tab every 250 ms.
// Taken: milliseconds from the tap to the next painted frame, the longest task of the main thread, and the whole time of reading. The
// slowdown is Chromium's own (CDP) and holds for the main thread alone: workers, IndexedDB and the server are not slowed.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openEnrolled, type Site } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, testPassword } from '#test/support/client.ts'
import { startServer } from '#test/support/whole-server.ts'
import { countRecords } from './count-records.ts'
import { writeManyRecords } from './many-records.ts'
import { atShare } from './measure.ts'

const records = Number(process.env.RECORDS ?? 50_000)
const runs = Number(process.env.RUNS ?? 3)
const slowdowns = (process.env.SLOWDOWNS ?? '1,4').split(',').map(Number)
const tapEvery = 250
/** How long the taps go on when everything has been read. */
const calmMs = 15_000
const tabs = ['/training', '/bwr', '/tablet', '/']

interface Tap {
  readonly to: string
  readonly ms: number
}
interface Seen {
  readonly taps: readonly Tap[]
  readonly tasks: readonly number[]
}

/** Runs in the page: notes every tap until the frame after it has been painted, and every task of the main thread above 50 ms. */
const watchPage = () => {
  const seen: { taps: Tap[]; tasks: number[] } = { taps: [], tasks: [] }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration)
  }).observe({ type: 'longtask' })
  addEventListener(
    'click',
    ({ target, timeStamp }) => {
      const to = (target as Element).closest('a')?.getAttribute('href') ?? '?'
      requestAnimationFrame(() => {
        const painted = new MessageChannel()
        painted.port1.onmessage = () => seen.taps.push({ to, ms: performance.now() - timeStamp })
        painted.port2.postMessage(null)
      })
    },
    { capture: true },
  )
}

/** Where each tab lies that can be seen, in CSS pixels. */
const middles = (page: Page) =>
  page.evaluate((wanted) => {
    const at: { x: number; y: number }[] = []
    for (const href of wanted) {
      const all = [...document.querySelectorAll(`nav a[href="${href}"]`)].map((link) => link.getBoundingClientRect())
      const box = all.find(({ width }) => width > 0)
      if (box) at.push({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
    }
    return at
  }, tabs)

interface Run extends Seen {
  /** The same taps, in milliseconds, once everything had been read: what the screens themselves cost. */
  readonly calm: readonly number[]
  readonly untilToday: number
  readonly untilRead: number
}

const runOnce = async (server: Site, slowdown: number): Promise<Run> => {
  const profile = mkdtempSync(join(tmpdir(), 'bowon-fresh-'))
  const context = await openBrowser(profile)
  try {
    const page = context.pages()[0]!
    await page.setViewportSize({ width: 820, height: 1180 })
    await page.addInitScript(watchPage)
    await openEnrolled(page, server)
    await page.fill('#username', 'officer')
    await page.fill('#password', testPassword)
    // Chromium's own start-up works on the same cores
    await page.waitForTimeout(2500)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    const begun = performance.now()
    await page.click('button[type=submit]')
    await page.waitForSelector('.hero a, .action-tiles', { timeout: 120_000 })
    const untilToday = performance.now() - begun
    const at = await middles(page)
    let taps = 0
    const finger = setInterval(() => {
      const point = { ...at[taps++ % at.length]!, button: 'left' as const, clickCount: 1 }
      for (const type of ['mousePressed', 'mouseReleased'] as const) {
        cdp.send('Input.dispatchMouseEvent', { type, ...point }).catch(() => clearInterval(finger))
      }
    }, tapEvery)
    while ((await page.evaluate(countRecords)) < records) await page.waitForTimeout(1000)
    const untilRead = performance.now() - begun
    const readSeen = () => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen)
    const seen = await readSeen()
    await page.waitForTimeout(calmMs)
    clearInterval(finger)
    const calm = (await readSeen()).taps.slice(seen.taps.length).map(({ ms }) => ms)
    return { ...seen, calm, untilToday, untilRead }
  } finally {
    await context.close()
    await forgetBrowser(profile)
  }
}

const server = await startServer()
const rows: string[] = []
try {
  const admin = await beginWith(server)
  await addStaff(server, admin, {
    name: 'เจ้าหน้าที่ ตัวอย่าง',
    username: 'officer',
    roles: ['officer'],
    wholeProvince: true,
  })
  await writeManyRecords(admin, records)
  for (const slowdown of slowdowns) {
    const all: Run[] = []
    for (let i = 0; i < runs; i++) {
      const run = await runOnce(server, slowdown)
      all.push(run)
      const ms = run.taps.map((tap) => tap.ms)
      const byTab = tabs.map((to) => {
        const of = run.taps.filter((tap) => tap.to === to).map((tap) => tap.ms)
        return `${to} ${atShare(of, 0.5).toFixed(0)}/${atShare(of, 0.95).toFixed(0)}/${Math.max(0, ...of).toFixed(0)}`
      })
      console.log(
        `${slowdown}× run ${i + 1}: ${ms.length} taps, median ${atShare(ms, 0.5).toFixed(0)} p95 ${atShare(ms, 0.95).toFixed(0)} longest ${Math.max(...ms).toFixed(0)} ms; ` +
          `calm p95 ${atShare(run.calm, 0.95).toFixed(0)} longest ${Math.max(...run.calm).toFixed(0)} ms; longest task ${Math.max(0, ...run.tasks).toFixed(0)} ms (${run.tasks.filter((task) => task > 200).length} above 200); ` +
          `Today ${run.untilToday.toFixed(0)} ms, all read ${(run.untilRead / 1000).toFixed(1)} s; median/p95/longest by tab: ${byTab.join(', ')}`,
      )
    }
    const of = (figure: (run: Run) => number, digits = 0) => {
      const values = all.map(figure)
      return `${atShare(values, 0.5).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`
    }
    const taps = (run: Run) => run.taps.map(({ ms }) => ms)
    rows.push(
      `| ${slowdown}× | ${of((run) => run.taps.length)} | ${of((run) => atShare(taps(run), 0.5))} | ${of((run) => atShare(taps(run), 0.95))} | ${of((run) => Math.max(...taps(run)))} | ${of((run) => Math.max(0, ...run.tasks))} | ${of((run) => run.untilRead / 1000, 1)} | ${of((run) => atShare(run.calm, 0.95))} |`,
    )
  }
} finally {
  await server.stop()
  server.forget()
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const text = `# A fresh tablet reads ${records} records

Real Chromium, the production build, a real server on the same ${cpus().length} × ${cpus()[0]!.model}; commit ${commit}, Node ${process.versions.node}. From the press on "sign in" until the last record lies
in IndexedDB; meanwhile a tap on another tab every ${tapEvery} ms, each measured until the next frame has been painted. Median of ${runs} runs (least–most). The slowdown
is that of the main thread alone: workers, the browser's IndexedDB and the server are not slowed.

| CPU slowdown | taps | median tap, ms | p95 tap, ms | longest tap, ms | longest task, ms | all read, s | p95 tap when all is read, ms |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
console.log(text)
if (!process.env.RUNS) writeFileSync(new URL('./fresh-tablet.md', import.meta.url), text)
