import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { killBrowser, openBrowser } from '#test/support/browser.ts'
import { openStorePage, type StoreSite, serveStorePage } from '#test/support/store-page.ts'

/** Kills of each kind; the soak asks for more. */
const kills = Number(process.env.BOWON_KILLS ?? 10)
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
  await killBrowser(profile)
  await rm(profile, { recursive: true, force: true })
})

const missing = (found: readonly { id: string; count: number | undefined }[], told = site.told) => {
  const counts = new Map(found.map(({ id, count }) => [id, count]))
  return told.filter(({ record, count }) => counts.get(record) !== count)
}

/** Opens the browser, looks at what is there, saves without pause, and kills it in the middle. */
const saveAndKill = async (saves: number) => {
  const page = await openStorePage(await openBrowser(profile), site)
  const before = await page.evaluate(() => globalThis.page.all())
  const goal = site.told.length + saves
  page.evaluate((url) => globalThis.page.saveForEver(url), `${site.url}told`).catch(() => undefined)
  await expect.poll(() => site.told.length, { timeout: 30_000, interval: 1 }).toBeGreaterThan(goal)
  await killBrowser(profile)
  return before
}

const reopened = async () => {
  const page = await openStorePage(await openBrowser(profile), site)
  return {
    all: await page.evaluate(() => globalThis.page.all()),
    waiting: await page.evaluate(() => globalThis.page.waiting()),
  }
}

const noNumberTwice = () => expect(new Set(site.told.map(({ n }) => n)).size).toBe(site.told.length)

describe(`the browser is killed ${kills} times in the middle of saving (faults 1, 2, 3, 22)`, () => {
  test('every save that was told is there', { timeout: kills * 20_000 }, async () => {
    for (let kill = 0; kill < kills; kill++) await saveAndKill(savesBefore(kill))
    const { all, waiting } = await reopened()
    expect(missing(all)).toEqual([])
    expect(new Set(waiting).size).toBe(all.length)
    noNumberTwice()
    console.log(`${kills} kills, ${site.told.length} saves told, ${all.length} found`)
  })

  test('and also when IndexedDB is erased each time', { timeout: kills * 20_000 }, async () => {
    for (let kill = 0; kill < kills; kill++) {
      const told = [...site.told]
      expect(missing(await saveAndKill(savesBefore(kill)), told)).toEqual([])
      await rm(join(profile, 'Default', 'IndexedDB'), { recursive: true })
    }
    expect(missing((await reopened()).all)).toEqual([])
    noNumberTwice()
    console.log(`${kills} kills with IndexedDB erased, ${site.told.length} saves told`)
  })
})
