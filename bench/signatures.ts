// What signing costs on a tablet: the shipped store and keyring in real Chromium. Saves are slowed four times by Chromium's own means (CDP),
// which holds for the main thread alone; unlocking, whose Argon2id runs in a worker, is not slowed, and is taken again beside two busy
// processes. Signed and unsigned saves make pairs, of which each is the first in turn; what signing adds is the median of the differences within
// them, so that what else goes on here in that minute is in both.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { openStorePage, serveStorePage } from '#test/support/store-page.ts'
import { atShare } from './measure.ts'
import type { SignatureBench } from './signature-page/page.ts'

const runs = Number(process.env.RUNS ?? 60)
const singles = runs * 3
const batches = runs
const unlocks = Math.ceil(runs / 4)
const slowdown = 4
const many = 300
const warmUps = 3

type Bench = { readonly page: SignatureBench }
const site = await serveStorePage(undefined, [], new URL('./signature-page/', import.meta.url))
const profile = mkdtempSync(join(tmpdir(), 'bowon-signatures-'))
const page = await openStorePage(await openBrowser(profile), site)
page.setDefaultTimeout(0)

const save = (who: 'officer' | 'supervisor', count: number) =>
  page.evaluate(([one, so]) => (globalThis as unknown as Bench).page.save(one, so), [who, count] as const)
const unlock = () => page.evaluate(() => (globalThis as unknown as Bench).page.unlock())

interface Pair {
  readonly unsigned: Awaited<ReturnType<typeof save>>
  readonly signed: Awaited<ReturnType<typeof save>>
  readonly bare: number
}

/** Unsigned and signed, each first in turn, after a few of each that do not count. */
const inPairs = async (count: number, times: number): Promise<readonly Pair[]> => {
  const pairs: Pair[] = []
  for (let i = -warmUps; i < times; i++) {
    const first = i % 2 === 0 ? await save('officer', count) : null
    const signed = await save('supervisor', count)
    const unsigned = first ?? (await save('officer', count))
    const bare = await page.evaluate((so) => (globalThis as unknown as Bench).page.bare(so), count)
    if (i >= 0) pairs.push({ unsigned, signed, bare })
  }
  return pairs
}

const unlocked = async () => {
  const ms: number[] = []
  for (let i = -1; i < unlocks; i++) {
    const took = await unlock()
    if (i >= 0) ms.push(took)
  }
  return ms
}

const busy = (): ChildProcess => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })

const [load] = loadavg()
const alone = await unlocked()
const others = [busy(), busy()]
const besides = await unlocked()
for (const one of others) one.kill()
const cdp = await page.context().newCDPSession(page)
await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
const single = await inPairs(1, singles)
const together = await inPairs(many, batches)
const signedRows = await page.evaluate(() => (globalThis as unknown as Bench).page.signed())
const wanted = singles + warmUps + (batches + warmUps) * many
if (signedRows !== wanted) throw new Error(`${signedRows} signed, not ${wanted}`)
await page.context().close()
await forgetBrowser(profile)
await site.close()

const spread = (values: readonly number[]) =>
  `${atShare(values, 0.5).toFixed(1)} (${atShare(values, 0.25).toFixed(1)}–${atShare(values, 0.75).toFixed(1)})`
const row = (what: string, pairs: readonly Pair[], bound: number) => {
  const more = spread(pairs.map(({ unsigned, signed }) => signed.took - unsigned.took))
  return `| ${what} | ${pairs.length} | ${spread(pairs.map(({ unsigned }) => unsigned.took))} | ${spread(pairs.map(({ signed }) => signed.took))} | **${more}** | ${bound} | ${spread(pairs.map(({ signed }) => signed.signing))} | ${spread(pairs.map(({ bare }) => bare))} |`
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const text = `# What signing costs

The shipped store and keyring in real Chromium; ms, median (middle half). Saves at ${slowdown}× (main thread alone), signed and unsigned in pairs: until the store says *saved*; *more* is the median of the
differences within the pairs. Signing is from the first signature asked for to the last one given, which other work on the machine disturbs least (lines are looked at meanwhile); bare is as many signatures on the main thread and nothing else.
Unlocking is Argon2id 64 MiB × 3 in a worker, not slowed. ${cpus().length} × ${cpus()[0]!.model}, commit ${commit}; load ${load!.toFixed(1)} before it began.

| what | pairs | unsigned | signed | more | bound | of that signing | bare |
|---|---|---|---|---|---|---|---|
${row('one save', single, 5)}
${row(`${many} in one save`, together, 100)}

| unlocking | runs | ms | bound |
|---|---|---|---|
| alone | ${unlocks} | ${spread(alone)} | 1000 |
| beside two busy processes | ${unlocks} | ${spread(besides)} | – |
`
console.log(text)
if (process.env.QUOTE !== 'no') writeFileSync(new URL('./signatures.md', import.meta.url), text)
