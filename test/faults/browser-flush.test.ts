import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, forgetBrowser, killBrowser, openBrowser } from '#test/support/browser.ts'
import { openStorePage, type StoreSite, serveStorePage } from '#test/support/store-page.ts'

// A kill cannot show a missing flush, because the page cache survives it. The order of system calls can.

let site: StoreSite
let profile: string
beforeAll(async () => {
  site = await serveStorePage()
  profile = await mkdtemp(join(tmpdir(), 'bowon-flush-'))
})
afterAll(async () => {
  await forgetBrowser(profile)
  await site.close()
})

/** A command that runs Chromium and writes down its writes, flushes and what it sends. */
const tracedChromium = async (trace: string): Promise<string> => {
  const path = join(profile, 'traced-chromium')
  const calls = 'pwrite64,fdatasync,fsync,sendto,sendmsg,write,writev'
  await writeFile(path, `#!/bin/sh\nexec strace -f -y -s 200 -e trace=${calls} -o '${trace}' ${chromiumPath} "$@"\n`)
  await chmod(path, 0o755)
  return path
}

interface Moments {
  /** Line of the trace at which each step began or, for the flush, ended. */
  readonly appended: number
  readonly flushed: number
  readonly told: number
}

/** When the entry of a change was written, when that file's flush had returned, and when the page told of it. */
const momentsOf = (trace: readonly string[], n: number): Moments => {
  const entry = `{\\\\\\"n\\\\\\":${n},`
  const appended = trace.findIndex((line) => line.includes('pwrite64(') && line.includes(entry))
  const file = /pwrite64\((\d+<[^>]+>)/.exec(trace[appended] ?? '')?.[1] ?? 'no file'
  const begun = trace.findIndex((line, at) => at > appended && line.includes(`fdatasync(${file}`))
  const thread = trace[begun]?.split(' ')[0]
  const isEnd = (line: string, at: number) =>
    (at === begun && line.endsWith('= 0')) ||
    (at > begun && line.startsWith(`${thread} `) && /fdatasync resumed.*= 0/.test(line))
  return {
    appended,
    flushed: trace.findIndex(isEnd),
    told: trace.findIndex((line) => line.includes(`POST /told?n=${n}&`)),
  }
}

describe('the flush comes before "saved" (law 2)', () => {
  test('the journal entry is written, then flushed, and only then does the page say saved', async () => {
    const file = join(profile, 'trace')
    const page = await openStorePage(await openBrowser(profile, { runs: await tracedChromium(file) }), site)
    const numbers: number[] = []
    for (const count of [1, 2, 3, 4, 5]) {
      const save = ([url, value]: [string, number]) => globalThis.page.saveAndTell(url, value)
      numbers.push(await page.evaluate(save, [`${site.url}told`, count] as [string, number]))
    }
    await killBrowser(profile)
    const trace = (await readFile(file, 'utf8')).split('\n')
    for (const n of numbers) {
      const { appended, flushed, told } = momentsOf(trace, n)
      expect(appended).toBeGreaterThan(0)
      expect(flushed).toBeGreaterThan(appended)
      expect(told).toBeGreaterThan(flushed)
    }
  })
})
