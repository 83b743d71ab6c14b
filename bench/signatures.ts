// What signing costs on a tablet: the shipped store and keyring in real Chromium. Saves are slowed four times by Chromium's own means (CDP),
// which holds for the main thread alone; unlocking, whose Argon2id runs in a worker, is not slowed, and is taken again beside two busy
// processes. Signed and unsigned saves alternate.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { openStorePage, serveStorePage } from '#test/support/store-page.ts'
import type { SignatureBench } from './signature-page/page.ts'

const runs = Number(process.env.RUNS ?? 60)
const batches = Math.ceil(runs / 4)
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

/** Unsigned and signed in turn, after a few of each that do not count. */
const sideBySide = async (count: number, times: number) => {
  const unsigned: number[] = []
  const signed: number[] = []
  const signing: number[] = []
  for (let i = -warmUps; i < times; i++) {
    const [a, b] = [await save('officer', count), await save('supervisor', count)]
    if (i < 0) continue
    unsigned.push(a.took)
    signed.push(b.took)
    signing.push(b.signing)
  }
  return { unsigned, signed, signing }
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
const single = await sideBySide(1, runs)
const together = await sideBySide(many, batches)
const signedRows = await page.evaluate(() => (globalThis as unknown as Bench).page.signed())
const wanted = runs + warmUps + (batches + warmUps) * many
if (signedRows !== wanted) throw new Error(`${signedRows} signed, not ${wanted}`)
await page.context().close()
await forgetBrowser(profile)
await site.close()

const at = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!
const spread = (values: readonly number[]) =>
  `${at(values, 0.5).toFixed(1)} (${at(values, 0.25).toFixed(1)}–${at(values, 0.75).toFixed(1)})`
const more = ({ unsigned, signed }: typeof single) => (at(signed, 0.5) - at(unsigned, 0.5)).toFixed(1)
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const text = `# What signing costs

The shipped store and keyring in real Chromium; ms, median (middle half). Saves at ${slowdown}× (main thread alone), signed and unsigned in turn: until the store says *saved*; signing is from the first
signature asked for to the last one given, which other work on the machine disturbs least. Unlocking is Argon2id
64 MiB × 3 in a worker, not slowed. ${cpus().length} × ${cpus()[0]!.model}, commit ${commit}; load ${load!.toFixed(1)} before it began.

| what | runs | unsigned | signed | more | of that signing | bound |
|---|---|---|---|---|---|---|
| one save | ${runs} | ${spread(single.unsigned)} | ${spread(single.signed)} | **${more(single)}** | **${spread(single.signing)}** | 5 |
| ${many} in one save | ${batches} | ${spread(together.unsigned)} | ${spread(together.signed)} | **${more(together)}** | **${spread(together.signing)}** | 100 |

| unlocking | runs | ms | bound |
|---|---|---|---|
| alone | ${unlocks} | ${spread(alone)} | 1000 |
| beside two busy processes | ${unlocks} | ${spread(besides)} | – |
`
console.log(text)
writeFileSync(new URL('./signatures.md', import.meta.url), text)
