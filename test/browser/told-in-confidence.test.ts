import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { follow, signIn, untilOffline, untilSent } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import {
  beginIntake,
  consentAndSeal,
  makeFirstKey,
  inventedStory as story,
  tell,
} from '#test/support/complaint-screens.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'
import { openUnwatched, type UnwatchedPage } from '#test/support/unwatched.ts'

const passphrase = 'ชะอม มะกอก สะเดา ผักหวาน ดอกแค'
const note = 'บันทึกที่ยังไม่ได้ปิดผนึก'

let province: DeskProvince
const profiles = { officer: '', desk: '' }
const browsers: BrowserContext[] = []
let tablet: Page
let laptop: Page
beforeAll(async () => {
  province = await startDeskProvince()
  for (const who of ['officer', 'desk'] as const) {
    profiles[who] = mkdtempSync(join(tmpdir(), `bowon-told-${who}-`))
    browsers.push(await openBrowser(profiles[who]))
  }
  tablet = browsers[0]!.pages()[0]!
  laptop = browsers[1]!.pages()[0]!
  await signIn(laptop, province.server, 'malee', province.password)
  await makeFirstKey(laptop, passphrase)
  await signIn(tablet, province.server, 'officer', province.password)
  await untilOffline(tablet)
})
afterAll(async () => {
  for (const one of browsers) await one.close()
  for (const profile of Object.values(profiles)) await forgetBrowser(profile)
  await province.end()
})

/** Every text field on the page, with what stands in its tag of how a browser treats what is typed. */
const fieldsOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main :is(input:not([type=radio], [type=checkbox]), textarea)')].map(
      (field) =>
        `${field.id} ${['autocorrect', 'autocapitalize', 'spellcheck', 'autocomplete', 'writingsuggestions']
          .map((name) => `${name}=${field.getAttribute(name)}`)
          .join(' ')}`,
    ),
  )
const asPrivate = 'autocorrect=off autocapitalize=off spellcheck=false autocomplete=off writingsuggestions=false'

/** What a printer would be given to read. */
const printed = async (page: Page): Promise<string> => {
  await page.emulateMedia({ media: 'print' })
  // biome-ignore lint/performance/useDomNodeTextContent: only what is drawn counts
  const text = await page.evaluate(() => document.body.innerText)
  await page.emulateMedia({ media: 'screen' })
  return text
}

describe('what is told in confidence', () => {
  it('is typed into fields that the browser neither keeps, completes, corrects nor sends away', async () => {
    await beginIntake(tablet)
    const seen = new Set<string>()
    const look = async () => {
      for (const field of await fieldsOf(tablet)) seen.add(field)
    }
    for (let step = 0; step < 2; step++) await tablet.click('.intake button[type=submit]')
    await tablet.check('input[value=confidential]', { force: true })
    for (let step = 0; step < 5; step++) {
      await look()
      await tablet.click('.intake button[type=submit]')
    }
    expect([...seen].toSorted()).toEqual(
      ['contact', 'language', 'name', 'respondent', 'safeContact', 'what', 'when', 'where', 'wish'].map(
        (name) => `intake-${name} ${asPrivate}`,
      ),
    )
    await follow(tablet, '/training/new')
    await tablet.waitForSelector('main input[type=text]')
    expect((await fieldsOf(tablet)).filter((field) => field.includes('autocorrect=off'))).toEqual([])
  })

  it('says on its first screen what keyboards and the list of open apps may keep', async () => {
    await follow(tablet, '/complaint')
    await tablet.waitForSelector('.intake-facts')
    const facts = await tablet.textContent('.intake-facts')
    expect(facts).toContain('แป้นพิมพ์ของเครื่องอาจจำคำ')
    expect(facts).toContain('รายการแอปที่เปิดอยู่อาจมีภาพ')
  })

  it('is not printed: of a complaint only the slip is, and of the desk nothing', async () => {
    await beginIntake(tablet)
    await tell(tablet, story)
    expect(await printed(tablet)).toBe('')
    const number = await consentAndSeal(tablet)
    expect((await printed(tablet)).replaceAll(/\s/g, '')).toContain(number)
    await tablet.click('.dock .btn--big')
    await tablet.waitForSelector('.intake-facts')
    expect(await printed(tablet)).toBe('')
    await untilSent(tablet)

    await follow(laptop, '/desk')
    await laptop.waitForSelector('.list .row')
    expect(await printed(laptop)).toBe('')
    await laptop.click('.list .row')
    await laptop.waitForSelector('.desk-complaint')
    expect(await printed(laptop)).toBe('')
  })
})

/** Whether a picture of the page would show anything. */
const isDrawn = (page: UnwatchedPage) => page.evaluate(() => getComputedStyle(document.body).opacity === '1')

describe('while nobody looks', () => {
  it('the questions draw nothing, and go on where they were', async () => {
    await browsers.shift()!.close()
    const page = await openUnwatched(profiles.officer, `${province.server.url}/complaint`)
    await page.click('#content .btn--big')
    await page.waitFor('.intake')
    for (const question of ['notice', 'who', 'what']) {
      const before = await page.evaluate(() => document.querySelector('.question')?.textContent)
      await page.click('.intake button[type=submit]')
      await expect
        .poll(() => page.evaluate(() => document.querySelector('.question')?.textContent), { message: question })
        .not.toBe(before)
    }
    await page.fill('#intake-what', story.what)
    expect(await isDrawn(page)).toBe(true)
    await page.hide()
    expect(await isDrawn(page)).toBe(false)
    await page.look()
    expect(await isDrawn(page)).toBe(true)
    const field = () => {
      const { id, value } = document.activeElement as HTMLTextAreaElement
      return `${id} ${value}`
    }
    expect(await page.evaluate(field)).toBe(`intake-what ${story.what}`)

    // no other screen is emptied: a list of open apps may show what a day holds
    await page.evaluate(() => document.querySelector<HTMLElement>('.dock .btn--line')!.click())
    await page.click('a[href="/"]')
    await page.waitFor('.today')
    await page.hide()
    expect(await isDrawn(page)).toBe(true)
    await page.close()
  })

  it('the desk draws nothing, and keeps the note that is being written', async () => {
    await browsers.shift()!.close()
    const page = await openUnwatched(profiles.desk, `${province.server.url}/desk`)
    await page.fill('#unlock-password', province.password)
    await page.click('button[type=submit]')
    await page.fill('#desk-passphrase', passphrase)
    await page.click('.desk-panel button[type=submit]')
    await page.click('.list .row')
    await page.fill('#case-note', note)
    await page.hide()
    expect(await isDrawn(page)).toBe(false)
    await page.look()
    expect(await isDrawn(page)).toBe(true)
    expect(await page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#case-note')!.value)).toBe(note)
    await page.close()
  })
})
