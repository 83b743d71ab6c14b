import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { follow, signIn, unlockTablet, untilSent } from '#test/support/app.ts'
import { chromiumPath } from '#test/support/browser.ts'
import { beginIntake, consentAndSeal, makeFirstKey, type Story, tell, unlock } from '#test/support/complaint-screens.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'

const passphrases = { malee: 'ชะอม มะกอก สะเดา ผักหวาน ดอกแค', somsri: 'บวบ ฟักทอง ตำลึง น้ำเต้า แตงไทย' }
const story = (what: string): Story => ({
  name: 'ผู้ร้องสมมติ',
  contact: '',
  what,
  where: 'ตลาดสมมติ',
  respondent: '',
  wish: '',
})

let province: DeskProvince
let browser: Browser
let tablet: Page
let malee: Page
let somsri: Page

const signedIn = async (username: string) => {
  const context = await browser.newContext({ locale: 'th-TH', timezoneId: 'Asia/Bangkok' })
  const page = await context.newPage()
  await signIn(page, province.server, username, province.password)
  return page
}
/** Takes a complaint, and waits until the server has it. */
const take = async (what: string) => {
  await beginIntake(tablet)
  await tell(tablet, story(what))
  const number = await consentAndSeal(tablet)
  await untilSent(tablet)
  await tablet.click('.dock .btn--big')
  return number
}
/** Opens the one complaint that is on top of the inbox; what the page says then. */
const openTop = async (page: Page): Promise<string> => {
  await follow(page, '/desk')
  await page.click('.list .row')
  const closed = page.locator('.desk-complaint .btn:has-text("เปิดซอง")')
  await page.waitForSelector('.desk-complaint .btn:has-text("เปิดซอง"), .told, .desk-complaint .notice')
  if (await closed.isVisible()) await closed.click()
  await page.waitForSelector('.told, .desk-complaint .notice:has-text("กุญแจของคุณเปิดซองนี้ไม่ได้")')
  return (await page.textContent('.desk-complaint')) ?? ''
}

beforeAll(async () => {
  province = await startDeskProvince()
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
  ;[tablet, malee, somsri] = await Promise.all([signedIn('officer'), signedIn('malee'), signedIn('somsri')])
})
afterAll(async () => {
  await browser.close()
  await province.end()
})

describe('the keys of the desk', () => {
  it('before there is one, intake is closed, says why, and shows whom to call', async () => {
    await follow(tablet, '/complaint')
    await tablet.waitForSelector('.notice:has-text("ยังเปิดรับเรื่องไม่ได้")')
    await tablet.waitForSelector('.calls a[href="tel:191"]')
    expect(await tablet.locator('.btn--big').count()).toBe(0)
  })

  it('the first one opens intake on a tablet that had been waiting', async () => {
    await makeFirstKey(malee, passphrases.malee)
    await tablet.reload()
    await take('เรื่องก่อนสมศรีเข้าศูนย์')
    expect(await openTop(malee)).toContain('เรื่องก่อนสมศรีเข้าศูนย์')
  })

  it('a colleague makes her own, is compared by fingerprint and admitted', async () => {
    await follow(somsri, '/desk/keys')
    await somsri.fill('#key-phrase', passphrases.somsri)
    await somsri.fill('#key-phrase-again', passphrases.somsri)
    await somsri.click('form button[type=submit]')
    await somsri.waitForSelector('.notice .fingerprint')
    const hers = await somsri.locator('.notice .fingerprint').textContent()
    await malee.reload()
    await unlockTablet(malee, province.password)
    await follow(malee, '/desk/keys')
    await unlock(malee, passphrases.malee)
    expect(await malee.locator('.member--waiting .fingerprint').textContent()).toBe(hers)
    await malee.click('.member--waiting .btn')
    await malee.waitForSelector('h2:has-text("ฉบับที่ 2")')
    expect(await malee.locator('.member--waiting').count()).toBe(0)
  })

  it('she cannot open what was sealed before, until a colleague seals it again for the whole desk', async () => {
    await somsri.reload()
    await unlockTablet(somsri, province.password)
    await follow(somsri, '/desk')
    await unlock(somsri, passphrases.somsri)
    await somsri.waitForSelector('.list .row')
    expect(await openTop(somsri)).not.toContain('เรื่องก่อนสมศรีเข้าศูนย์')

    await openTop(malee)
    await malee.click('.btn:has-text("ปิดผนึกใหม่ให้ทุกคนในศูนย์")')
    await malee.getByText('ปิดผนึกใหม่แล้ว').waitFor()
    await untilSent(malee)
    // on a page that has tried the older envelope; a hint may never come, and then it asks once a minute
    await expect.poll(() => openTop(somsri), { timeout: 100_000 }).toContain('เรื่องก่อนสมศรีเข้าศูนย์')
  })

  it('what is sealed after that opens for both of them', async () => {
    await tablet.reload()
    await tablet.waitForSelector('.intake-facts:has-text("2 คน")')
    const number = await take('เรื่องหลังสมศรีเข้าศูนย์')
    for (const page of [malee, somsri]) {
      await follow(page, '/desk/keys')
      await follow(page, '/desk')
      await page.waitForSelector('.list li:nth-child(2)')
      await page.click('.desk-panel .btn:has-text("เปิดซอง")')
      await page.fill('#desk-search', number.slice(0, 8))
      await page.click('.list .row')
      expect(await page.textContent('.told')).toContain('เรื่องหลังสมศรีเข้าศูนย์')
    }
  })

  it('a wrong passphrase opens nothing and is said', async () => {
    await somsri.reload()
    await unlockTablet(somsri, province.password)
    await somsri.waitForSelector('#desk-passphrase')
    await somsri.fill('#desk-passphrase', passphrases.malee)
    await somsri.click('.desk-panel button[type=submit]')
    await somsri.waitForSelector('#desk-passphrase-error p')
    expect(await somsri.locator('.told').count()).toBe(0)
  })
})
