import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetBrowser, indexedDbBackends, killBrowser, openBrowser } from '#test/support/browser.ts'
import { openStorePage, type StoreSite, serveStorePage } from '#test/support/store-page.ts'

/** Kills in all; the soak asks for more. */
const kills = Number(process.env.BOWON_KILLS ?? 20)
const each = Math.ceil(kills / indexedDbBackends.length / 2)
/** Saves that are let through before each kill, so that no two kills hit the same moment. */
const savesBefore = (kill: number) => 5 + ((kill * 37) % 60)

let site: StoreSite
let profile: string
beforeAll(async () => {
  site = await serveStorePage()
})
afterAll(() => site.close())
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'bowon-kill-'))
  site.told.length = 0
})
afterEach(async () => {
  await forgetBrowser(profile)
})

const missing = (found: readonly { id: string; count: number | undefined }[], told = site.told) => {
  const counts = new Map(found.map(({ id, count }) => [id, count]))
  return told.filter(({ record, count }) => counts.get(record) !== count)
}

const open = async (flags: readonly string[]) => openStorePage(await openBrowser(profile, { flags }), site)

/** Opens the browser, looks at what is there, saves without pause, and kills it in the middle. */
const saveAndKill = async (flags: readonly string[], saves: number) => {
  const page = await open(flags)
  const before = await page.evaluate(() => globalThis.page.all())
  const goal = site.told.length + saves
  page.evaluate((url) => globalThis.page.saveForEver(url), `${site.url}told`).catch(() => undefined)
  await expect.poll(() => site.told.length, { timeout: 30_000, interval: 1 }).toBeGreaterThan(goal)
  await killBrowser(profile)
  return before
}

const noNumberTwice = () => expect(new Set(site.told.map(({ n }) => n)).size).toBe(site.told.length)

describe.each(indexedDbBackends)(
  `the browser is killed in the middle of saving, IndexedDB on $backend (faults 1, 2, 3, 22)`,
  ({ backend, flags }) => {
    test('every save that was told is there', { timeout: each * 30_000 }, async () => {
      for (let kill = 0; kill < each; kill++) await saveAndKill(flags, savesBefore(kill))
      const page = await open(flags)
      const all = await page.evaluate(() => globalThis.page.all())
      expect(missing(all)).toEqual([])
      expect(new Set(await page.evaluate(() => globalThis.page.waiting())).size).toBe(all.length)
      noNumberTwice()
      console.log(`${backend}: ${each} kills, ${site.told.length} saves told, ${all.length} found`)
    })

    test('and also when IndexedDB is erased each time', { timeout: each * 30_000 }, async () => {
      for (let kill = 0; kill < each; kill++) {
        const told = [...site.told]
        expect(missing(await saveAndKill(flags, savesBefore(kill)), told)).toEqual([])
        await rm(join(profile, 'Default', 'IndexedDB'), { recursive: true })
      }
      expect(missing(await (await open(flags)).evaluate(() => globalThis.page.all()))).toEqual([])
      noNumberTwice()
      console.log(`${backend}: ${each} kills with IndexedDB erased, ${site.told.length} saves told`)
    })
  },
)
