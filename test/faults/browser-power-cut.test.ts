import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { chanceOf } from '#test/simulation/chance.ts'
import { forgetBrowser, killBrowser, openBrowser, processesOf } from '#test/support/browser.ts'
import { printFigure, seed } from '#test/support/figure.ts'
import { type LoopDisk, makeDisk, whyNoDisk } from '#test/support/loop-disk.ts'
import { openStorePage, type StoreSite, serveStorePage } from '#test/support/store-page.ts'

// The power of a tablet is cut (fault 9): the profile lies on a disk of its own; under sustained saves the browser is stopped, the device
// below the file system is copied as it is at that moment, and Chromium opens the copy. What only lies in the page cache is not in it.

/** Power cuts; the soak raises this to 20. */
const cuts = Number(process.env.BROWSER_POWER_CUTS ?? 1)
const backends = ['--disable-features=IdbSqliteBackingStore', '--enable-features=IdbSqliteBackingStore']
const reason = whyNoDisk()
const chance = chanceOf(seed)

const disks: LoopDisk[] = []
let site: StoreSite
const profileOn = (disk: LoopDisk) => join(disk.folder, 'profile')
afterEach(async () => {
  for (const disk of disks.splice(0)) {
    await forgetBrowser(profileOn(disk))
    disk.forget()
  }
  await site.close()
})

/** Saves without pause until so many were told, and answers the disk as it is then, with what had been told before. */
const cutPower = async (disk: LoopDisk, flag: string, saves: number, isLoadedAgain = false) => {
  const profile = profileOn(disk)
  const browser = await openBrowser(profile, { flags: [flag] })
  if (isLoadedAgain) await (await openStorePage(browser, site)).close()
  const page = await openStorePage(browser, site)
  const goal = site.told.length + saves
  page.evaluate((url) => globalThis.page.saveForEver(url), `${site.url}told`).catch(() => undefined)
  await expect.poll(() => site.told.length, { timeout: 60_000, interval: 1 }).toBeGreaterThan(goal)
  const told = [...site.told]
  for (const process_ of processesOf(profile)) process.kill(process_, 'SIGSTOP')
  const copy = disk.copy()
  disks.push(copy)
  await killBrowser(profile)
  disks.splice(disks.indexOf(disk), 1)
  disk.forget()
  return { copy, told }
}

/** The journal alone has to have everything. */
const eraseDatabase = (disk: LoopDisk) => rmSync(join(profileOn(disk), 'Default', 'IndexedDB'), { recursive: true })

const missingOn = async (disk: LoopDisk, flag: string, told: StoreSite['told']) => {
  const page = await openStorePage(await openBrowser(profileOn(disk), { flags: [flag] }), site)
  const found = new Map((await page.evaluate(() => globalThis.page.all())).map(({ id, count }) => [id, count]))
  await killBrowser(profileOn(disk))
  return told.filter(({ record, count }) => found.get(record) !== count)
}

/**
 * A tablet that has been used for as long as the system takes to flush by itself, half a minute. Before that the names of its journal's files
 * may not be on the disk, because browsers flush no names; until then IndexedDB, too, has what was told.
 */
const usedDisk = async (flag: string) => {
  const disk = makeDisk(256)
  mkdirSync(profileOn(disk))
  disks.push(disk)
  await missingOn(disk, flag, [])
  disk.settle()
  return disk
}

const onADisk = () => {
  test(
    `${cuts} power cuts of a tablet under load: every save that was told is there`,
    async () => {
      site = await serveStorePage()
      let saves = 0
      for (const [at, flag] of backends.entries()) {
        const mine = Math.ceil((cuts - at) / backends.length)
        if (mine <= 0) continue
        site.told.length = 0
        let disk = await usedDisk(flag)
        for (let cut = 0; cut < mine; cut++) {
          const { copy, told } = await cutPower(disk, flag, 5 + chance.below(200))
          if (cut % 2 === 1) eraseDatabase(copy)
          expect(await missingOn(copy, flag, told)).toEqual([])
          copy.settle()
          disk = copy
          saves += told.length
          site.told.splice(0, site.told.length, ...told)
        }
      }
      printFigure(`browser: ${cuts} power cuts, ${saves} saves told before them looked for, 0 lost`)
    },
    60_000 + cuts * 40_000,
  )

  test.each([
    ['', false],
    [', the page loaded again', true],
  ])(
    `${Math.ceil(cuts / 4)} power cuts of a tablet in its first minute, before the names of its files are on the disk%s`,
    async (_, isLoadedAgain) => {
      site = await serveStorePage()
      let saves = 0
      for (let cut = 0; cut < Math.ceil(cuts / 4); cut++) {
        const disk = makeDisk(256)
        mkdirSync(profileOn(disk))
        disks.push(disk)
        const flag = backends[cut % 2]!
        site.told.length = 0
        const { copy, told } = await cutPower(disk, flag, 5 + chance.below(200), isLoadedAgain)
        expect(await missingOn(copy, flag, told)).toEqual([])
        await forgetBrowser(profileOn(copy))
        disks.splice(disks.indexOf(copy), 1)
        copy.forget()
        saves += told.length
      }
      const what = `new tablets${isLoadedAgain ? ', the page loaded again' : ''}`
      printFigure(
        `browser: ${Math.ceil(cuts / 4)} power cuts of ${what}, ${saves} saves told before them looked for, 0 lost`,
      )
    },
    60_000 + cuts * 10_000,
  )

  test('a journal that is not flushed is found out', async () => {
    const unflushed = (code: string) => code.replaceAll(/\bfile\.flush\(\)/g, 'undefined')
    const transform = (code: string, id: string) => (id.endsWith('src/store/segments.ts') ? unflushed(code) : null)
    site = await serveStorePage(undefined, [{ name: 'without flushing', transform }])
    const disk = await usedDisk(backends[0]!)
    const { copy, told } = await cutPower(disk, backends[0]!, 20)
    eraseDatabase(copy)
    expect((await missingOn(copy, backends[0]!, told)).length).toBeGreaterThan(0)
  }, 100_000)
}

if (reason === null) describe('only what was flushed survives on a tablet', onADisk)
else
  test(`the power of a disk cannot be cut here: ${reason}`, () => {
    expect(process.env.BROWSER_POWER_CUTS, 'the soak needs a machine where it can').toBeUndefined()
  })
