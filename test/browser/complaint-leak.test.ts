import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { follow, signIn, untilAway, untilSent } from '#test/support/app.ts'
import { indexedDbBackends, killBrowser, openBrowser } from '#test/support/browser.ts'
import {
  beginIntake,
  consentAndSeal,
  makeFirstKey,
  inventedStory as story,
  tell,
  unlock,
  untilKept,
} from '#test/support/complaint-screens.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'
import { findInText, findWords } from '#test/support/leak-scanner.ts'
import { openUnwatched } from '#test/support/unwatched.ts'

const passphrase = 'ชะอม มะกอก สะเดา ผักหวาน ดอกแค'
const interruptedWords = 'ประโยคที่ไฟดับกลางคัน'
const note = 'บันทึกว่าโทรกลับหาแล้วตอนสาย'
const reason = 'ยุติเพราะนัดกันใต้ถุนศาลาหลังเก่า'

/** The drafts on this tablet, as whoever seizes it would read them. */
const keptDrafts = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const drafts = await (await root.getDirectoryHandle('bowon')).getDirectoryHandle('drafts')
    let text = ''
    for await (const file of (drafts as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values())
      text += await (await file.getFile()).text()
    return text
  })

describe.each(indexedDbBackends)('what somebody tells in confidence, where IndexedDB is kept in $backend,', (kept) => {
  let province: DeskProvince
  const profiles = { officer: '', desk: '' }
  let officer: BrowserContext
  let desk: BrowserContext
  let tablet: Page
  let laptop: Page
  const secrets: string[] = [passphrase, interruptedWords, note, reason, ...Object.values(story)]

  beforeAll(async () => {
    province = await startDeskProvince()
    for (const who of ['officer', 'desk'] as const) profiles[who] = mkdtempSync(join(tmpdir(), `bowon-leak-${who}-`))
    officer = await openBrowser(profiles.officer, kept)
    desk = await openBrowser(profiles.desk, kept)
    tablet = officer.pages()[0]!
    laptop = desk.pages()[0]!
    await signIn(laptop, province.server, 'malee', province.password)
    secrets.push(await makeFirstKey(laptop, passphrase))
    await signIn(tablet, province.server, 'officer', province.password)
  })
  afterAll(async () => {
    await Promise.all([officer.close(), desk.close()])
    await province.end()
    for (const profile of Object.values(profiles)) rmSync(profile, { recursive: true, force: true })
  })

  it('is read by the desk, and lies nowhere else: not on the tablet, not at the desk, not on the server, not in its logs', async () => {
    await beginIntake(tablet)
    await tell(tablet, story)
    await untilKept(tablet)
    expect(findWords(profiles.officer, secrets)).toEqual([])
    // four signs alone are found anywhere: this is how they would lie
    secrets.push(`"number":"${await consentAndSeal(tablet)}"`)
    await untilSent(tablet)

    await follow(laptop, '/desk')
    await laptop.waitForSelector('.list .row')
    await laptop.click('.desk-panel .btn')
    await laptop.waitForSelector('.desk-urgent')
    await laptop.fill('#desk-search', story.where)
    await laptop.click('.list .row')
    expect(await laptop.textContent('.told__answers')).toContain(story.what)
    await laptop.fill('#case-note', note)
    await laptop.click('button:has-text("ปิดผนึกบันทึก")')
    await laptop.waitForSelector(`.notes:has-text("${note}")`)
    await laptop.selectOption('#case-state', 'closed')
    await laptop.fill('#case-reason', reason)
    await laptop.click('form:has(#case-state) button[type=submit]')
    await laptop.waitForSelector(`.notes:has-text("${reason}")`)
    await untilSent(laptop)

    // a search that finds nothing must be one that finds what is there
    const control = [province.ordinary]
    for (const profile of Object.values(profiles)) {
      expect(findWords(profile, control)).not.toEqual([])
      expect(findWords(profile, secrets)).toEqual([])
    }
    expect(findWords(province.server.dataDir, control)).not.toEqual([])
    expect(findWords(province.server.dataDir, secrets)).toEqual([])
    expect(province.server.log()).toContain('/api/desk/openings')
    expect(findInText(province.server.log(), secrets)).toEqual([])
  })

  it('is gone from the screen of the desk when it is locked', async () => {
    await laptop.click('[aria-label="ล็อก"]')
    await laptop.waitForSelector('#desk-passphrase')
    expect(await laptop.textContent('body')).not.toContain(story.what)
    expect(await laptop.textContent('body')).not.toContain(note)
    await unlock(laptop, passphrase)
    expect(await laptop.textContent('body')).not.toContain(story.what)
  })

  it('is sealed on the tablet when the battery dies in the middle, and the intake shows as interrupted', async () => {
    await tablet.click('.dock .btn--big')
    await beginIntake(tablet)
    await tablet.check('input[value=unsure]', { force: true })
    for (let step = 0; step < 3; step++) await tablet.click('.intake button[type=submit]')
    await tablet.fill('#intake-what', interruptedWords)
    await expect.poll(() => keptDrafts(tablet), { timeout: 10_000 }).toContain('"what"')
    await killBrowser(profiles.officer)
    expect(findWords(profiles.officer, secrets)).toEqual([])

    officer = await openBrowser(profiles.officer, kept)
    tablet = officer.pages()[0]!
    await tablet.goto(`${province.server.url}/complaint`)
    await tablet.waitForSelector('.ticked')
    expect(await tablet.locator('.ticked li').allTextContents()).toContain('เรื่องที่เกิด')
    expect(await tablet.textContent('body')).not.toContain(interruptedWords)
  })

  it('is left in one tap for a page without names, and nothing of it comes back with the back button', async () => {
    await tablet.click('.notice .btn--primary')
    await tablet.waitForSelector('.intake')
    for (let step = 0; step < 3; step++) await tablet.click('.intake button[type=submit]')
    await tablet.fill('#intake-what', story.what)
    await tablet.click('.quick-exit button')
    await untilAway(tablet)
    expect(await tablet.title()).toBe('บวร')
    await tablet.goBack()
    await untilAway(tablet)
    expect(await tablet.textContent('body')).not.toMatch(/รับเรื่อง|ซอง|ปิดผนึก/)
    expect(findWords(profiles.officer, secrets)).toEqual([])
  })

  it('is nowhere after the page was hidden in the middle, left at once and stepped back to, and no history tells of questions', async () => {
    await officer.close()
    const page = await openUnwatched(profiles.officer, `${province.server.url}/complaint`, kept.flags)
    await page.click('.notice .btn--primary')
    for (let step = 0; step < 3; step++) await page.click('.intake button[type=submit]')
    await page.fill('#intake-what', story.what)
    await page.hide()
    expect(findWords(profiles.officer, secrets)).toEqual([])
    await page.look()
    await page.click('.quick-exit button')
    await expect.poll(() => page.evaluate(() => location.pathname)).toBe('/away.html')
    await page.evaluate(() => history.back())
    await page.waitFor('main img')
    expect(await page.evaluate(() => location.pathname)).toBe('/away.html')
    await page.close()
    expect(findWords(profiles.officer, secrets)).toEqual([])
    expect(findWords(profiles.officer, [`${province.server.url}/complaint`])).not.toEqual([])
    expect(findWords(profiles.officer, ['/complaint/'])).toEqual([])
    officer = await openBrowser(profiles.officer, kept)
  })
})
