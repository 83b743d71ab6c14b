// The first page of the inbox on a tablet with 10 thousand and 100 thousand records, with SIZES=…,1000000 also a million: real Chromium, the shipped store and index.
// The tablets lie side by side, each with a profile of its own, and are asked in turn.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { openStorePage, serveStorePage } from '#test/support/store-page.ts'
import type { InboxBench } from './inbox-page/page.ts'
import { atShare } from './measure.ts'

const sizes = (process.env.SIZES ?? '10000,100000').split(',').map(Number)
const rounds = Number(process.env.ROUNDS ?? 40)
const lines = 60

/** Records that are sorted in by the shipped code, to see what that takes; the large tablets are filled with its result. */
const sortedIn = Number(process.env.SORTED ?? 10_000)

interface Tablet {
  readonly size: number
  readonly profile: string
  readonly page: Page
  /** The first time after the browser has started. */
  readonly coldMs: number
  readonly ms: number[]
}

type Bench = { readonly page: InboxBench }
const first = (page: Page) => page.evaluate(() => (globalThis as unknown as Bench).page.first())

const newProfile = () => mkdtempSync(join(tmpdir(), 'bowon-inbox-'))
const site = await serveStorePage(undefined, [], new URL('./inbox-page/', import.meta.url))
const tablets: Tablet[] = []

/** Milliseconds for each record that is sorted in. */
const sortingOf = async (count: number): Promise<number> => {
  const profile = newProfile()
  const page = await openStorePage(await openBrowser(profile), site)
  await page.evaluate((wanted) => (globalThis as unknown as Bench).page.fill(wanted, false), count)
  const ms = await page.evaluate(() => (globalThis as unknown as Bench).page.sort())
  await page.context().close()
  await forgetBrowser(profile)
  return ms / count
}

const sorting = await sortingOf(sortedIn)
try {
  for (const size of sizes) {
    const profile = newProfile()
    const filling = await openStorePage(await openBrowser(profile), site)
    filling.setDefaultTimeout(0)
    const count = await filling.evaluate((wanted) => (globalThis as unknown as Bench).page.fill(wanted, true), size)
    await filling.context().close()
    const page = await openStorePage(await openBrowser(profile), site)
    tablets.push({ size: count, profile, page, coldMs: await first(page), ms: [] })
    console.error(`${count} records`)
  }
  for (let round = -3; round < rounds; round++) {
    for (const { page, ms } of tablets) {
      const took = await first(page)
      if (round >= 0) ms.push(took)
    }
  }
} finally {
  for (const { page, profile } of tablets) {
    await page.context().close()
    await forgetBrowser(profile)
  }
  await site.close()
}

const perLine = (ms: number) => ((ms / lines) * 1000).toFixed(0)
const rows = tablets.map(
  ({ size, coldMs, ms }) =>
    `| ${size.toLocaleString('en')} | ${perLine(atShare(ms, 0.5))} (${perLine(atShare(ms, 0.25))}–${perLine(atShare(ms, 0.75))}) | ${atShare(ms, 0.5).toFixed(1)} | ${coldMs.toFixed(0)} |`,
)
const ratio = atShare(tablets.at(-1)!.ms, 0.5) / atShare(tablets[0]!.ms, 0.5)
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const text = `# The first page of the inbox

${lines} lines of what waits, with the counts of every part, each record read from IndexedDB and decoded; median of ${rounds} (middle half). Real Chromium, the shipped store; one in ten records is approved, one in
fifty was asked about and answered. The tablets lie side by side and are asked in turn; they are filled in bulk with what sorting would leave. Sorting ${sortedIn.toLocaleString('en')} records in takes ${sorting.toFixed(2)} ms for each. ${cpus().length} × ${cpus()[0]!.model}, commit ${commit}.

| records on the tablet | µs a line | ms the page | ms, first after a start |
|---|---|---|---|
${rows.join('\n')}
| **largest ÷ smallest** | **${ratio.toFixed(2)}** | | |
`
console.log(text)
if (!process.env.SIZES) writeFileSync(new URL('./inbox.md', import.meta.url), text)
