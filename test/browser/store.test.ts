import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetBrowser, killBrowser, openBrowser } from '#test/support/browser.ts'
import { openStorePage, type StoreSite, serveStorePage } from '#test/support/store-page.ts'

let site: StoreSite
let profile: string
beforeAll(async () => {
  site = await serveStorePage()
})
afterAll(() => site.close())
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'bowon-profile-'))
})
afterEach(async () => {
  await forgetBrowser(profile)
})

const open = async () => openStorePage(await openBrowser(profile), site)

describe('the store in Chromium, from a production build under Trusted Types', () => {
  test('what was saved is there after the browser was killed', async () => {
    const first = await open()
    expect(await first.evaluate(() => page.journalKind)).toBe('opfs')
    const saved = await first.evaluate(() => page.save(7))
    await killBrowser(profile)

    const second = await open()
    expect(await second.evaluate(() => page.all())).toEqual([{ id: saved.record, count: 7, safety: 'tablet' }])
    expect(await second.evaluate(() => page.recovered)).toBeNull()
  })

  test('an erased IndexedDB is rebuilt from the journal, and the person is told', async () => {
    const first = await open()
    const device = await first.evaluate(() => page.device)
    for (const count of [1, 2, 3]) await first.evaluate((one) => page.save(one), count)
    await first.evaluate(() => page.draft.keep('half a sentence'))
    await killBrowser(profile)
    await rm(join(profile, 'Default', 'IndexedDB'), { recursive: true })

    const second = await open()
    expect(await second.evaluate(() => page.recovered)).toEqual({ changes: 3 })
    expect(await second.evaluate(() => page.device)).toBe(device)
    expect((await second.evaluate(() => page.all())).map(({ count }) => count).sort()).toEqual([1, 2, 3])
    expect(await second.evaluate(() => page.waiting())).toEqual([1, 2, 3])
    expect(await second.evaluate(() => page.draft.load())).toBe('half a sentence')
    expect((await second.evaluate(() => page.save(4))).n).toBe(4)
  })

  test('two tabs count together and each sees what the other saved', async () => {
    const context = await openBrowser(profile)
    const [one, two] = [await openStorePage(context, site), await openStorePage(context, site)]
    const saves = [1, 2, 3, 4, 5].flatMap((count) => [
      one.evaluate((value) => page.save(value), count),
      two.evaluate((value) => page.save(value + 10), count),
    ])
    const numbers = (await Promise.all(saves)).map(({ n }) => n)
    expect([...numbers].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    for (const tab of [one, two]) await tab.waitForFunction(() => page.listed() === 10)
  })
})
