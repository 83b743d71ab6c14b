import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { derivedId, type RecordId } from '#domain/kernel/id.ts'
import { follow, idsOf, signIn, untilSent, waitingOf } from '#test/support/app.ts'
import { chromiumPath } from '#test/support/browser.ts'
import { signInAs } from '#test/support/client.ts'
import { beginIntake, consentAndSeal, makeFirstKey, type Story, tell } from '#test/support/complaint-screens.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'

const passphrase = 'ชะอม มะกอก สะเดา ผักหวาน ดอกแค'
/** Every one of them is about torture (`tell`). */
const story = (what: string, contact = ''): Story => ({
  name: 'ผู้ร้องสมมติ',
  contact,
  what,
  where: 'ตลาดสมมติ',
  respondent: '',
  wish: '',
})
/** A hint may never come, and then a page asks once a minute. */
const arrives = { timeout: 100_000 }

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

/** Takes a complaint, and waits until a member's browser has it; answers its id and the number on its slip. */
const take = async (told: Story): Promise<{ id: RecordId; number: string }> => {
  const before = await idsOf(malee, 'complaint')
  await beginIntake(tablet)
  await tell(tablet, told)
  const number = await consentAndSeal(tablet)
  await untilSent(tablet)
  const fresh = async () => (await idsOf(malee, 'complaint')).find((id) => !before.includes(id))
  await expect.poll(fresh, arrives).toBeTruthy()
  return { id: (await fresh()) as RecordId, number }
}
const clearScreen = () => tablet.click('.slip-screen__dock .btn--big')

const openCase = async (page: Page, complaint: string) => {
  await follow(page, `/desk/${complaint}`)
  await page.waitForSelector('#case-state')
}
const stateOn = (page: Page) => page.inputValue('#case-state')
const save = (page: Page) => page.click('form:has(#case-state) button[type=submit]')
const decide = async (page: Page, state: string) => {
  await page.selectOption('#case-state', state)
  await save(page)
  await page.waitForSelector('.toasts :text("บันทึกแล้ว")')
}
const badge = (page: Page) => page.locator('.rail a[href="/desk"] .place__badge [aria-hidden]')
const openEnvelope = async (page: Page) => {
  await page.click('.desk-complaint .btn:has-text("เปิดซอง")')
  await page.waitForSelector('.told')
}

beforeAll(async () => {
  province = await startDeskProvince()
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
  ;[tablet, malee, somsri] = await Promise.all([signedIn('officer'), signedIn('malee'), signedIn('somsri')])
  await makeFirstKey(malee, passphrase)
  await tablet.reload()
  await follow(malee, '/')
})
afterAll(async () => {
  await browser.close()
  await province.end()
})

let first: RecordId

describe('what waits for the desk', () => {
  it('stands on the rail and on Today as it comes, with nobody loading anything again', async () => {
    expect(await badge(malee).count()).toBe(0)
    ;({ id: first } = await take(story('เรื่องที่หนึ่ง')))
    for (const page of [malee, somsri]) {
      await follow(page, '/')
      await page.waitForSelector('.today :text("1 เรื่องยังไม่มีใครเริ่ม")', arrives)
      expect(await badge(page).textContent()).toBe('1')
    }
  })

  it('is told to nobody else', async () => {
    await clearScreen()
    await follow(tablet, '/')
    await tablet.waitForSelector('.today')
    expect(await tablet.textContent('.today')).not.toContain('ยังไม่มีใครเริ่ม')
    expect(await tablet.locator('.rail .place__badge').count()).toBe(0)
  })
})

describe('a case that two members decide without a network', () => {
  it('shows both decisions, is settled with the keyboard, and says who decided what', async () => {
    for (const page of [malee, somsri]) {
      await openCase(page, first)
      await page.context().setOffline(true)
    }
    await decide(malee, 'screening')
    await decide(somsri, 'accepted')
    for (const page of [malee, somsri]) {
      await page.context().setOffline(false)
      await untilSent(page)
    }
    for (const page of [malee, somsri]) {
      await page.waitForSelector('.conflict', arrives)
      const choices = await page.locator('.conflict__choice').allTextContents()
      expect(choices.find((one) => one.includes('ตรวจคำร้อง'))).toContain('มาลี สมมติศูนย์')
      expect(choices.find((one) => one.includes('รับไว้ดำเนินการ'))).toContain('สมศรี สมมติศูนย์')
      expect(await badge(page).textContent()).toBe('1')
      // what the desk has to settle is nothing that a supervisor would find in the review
      expect(await page.locator('.rail a[href="/review"] .place__badge').count()).toBe(0)
    }
    await malee.focus('#case-state')
    for (let steps = 0; steps < 5; steps++) {
      await malee.keyboard.press('Shift+Tab')
      if ((await malee.locator(':focus').textContent())?.includes('รับไว้ดำเนินการ')) break
    }
    await malee.keyboard.press('Enter')
    await malee.waitForSelector('.conflict', { state: 'detached' })
    expect(await malee.locator(':focus').textContent()).toBe('การดำเนินการ')
    await untilSent(malee)

    await somsri.waitForSelector('.conflict', { ...arrives, state: 'detached' })
    for (const page of [malee, somsri]) {
      expect(await stateOn(page)).toBe('accepted')
      const steps = page.locator('.history__step')
      await expect.poll(() => steps.count(), arrives).toBe(4)
      const told = await steps.allTextContents()
      expect(told.filter((step) => step.includes('มาลี สมมติศูนย์') && step.includes('ตรวจคำร้อง'))).toHaveLength(1)
      expect(told.filter((step) => step.includes('สมศรี สมมติศูนย์') && step.includes('รับไว้ดำเนินการ'))).toHaveLength(1)
      // the one who settled it
      expect(told.filter((step) => step.includes('มาลี สมมติศูนย์') && step.includes('รับไว้ดำเนินการ'))).toHaveLength(1)
    }
  })

  it('does not lose what came in while a colleague was deciding', async () => {
    await malee.selectOption('#case-state', 'investigating')
    await decide(somsri, 'referred')
    await untilSent(somsri)
    // the history follows what has come, while the form still shows what is being decided
    await malee.waitForSelector('.history__step:has-text("ส่งต่อ")', arrives)
    expect(await stateOn(malee)).toBe('investigating')
    await save(malee)
    await malee.waitForSelector('.conflict__choice:has-text("ส่งต่อ")')
    await malee.waitForSelector('.conflict__choice:has-text("ตรวจสอบข้อเท็จจริง")')
    await malee.click('.conflict__choice:has-text("ส่งต่อ")')
    await malee.waitForSelector('.conflict', { state: 'detached' })
    await untilSent(malee)
  })

  it('is counted when its next day has passed', async () => {
    await follow(somsri, '/')
    await somsri.waitForSelector('.today')
    await malee.fill('#case-next', '1/11/2569')
    await malee.press('#case-next', 'Tab')
    await save(malee)
    await somsri.waitForSelector('.today :text("1 เรื่องเลยกำหนด")', arrives)
    expect(await badge(somsri).textContent()).toBe('1')
  })
})

describe('a complaint of torture', () => {
  it('is not brought to mediation, and not before anybody has read what it is about', async () => {
    await untilSent(malee)
    await malee.selectOption('#case-state', 'mediating')
    await save(malee)
    await malee.waitForSelector('#case-state-error:has-text("เปิดซองให้ครบก่อน")')
    await openEnvelope(malee)
    await malee.selectOption('#case-state', 'mediating')
    await save(malee)
    await malee.waitForSelector('#case-state-error:has-text("ห้ามไกล่เกลี่ย")')
    expect(await waitingOf(malee)).toBe(0)
    await openCase(somsri, first)
    expect(await stateOn(somsri)).toBe('referred')
  })

  it('does not end without a reason, which is sealed to the desk', async () => {
    await malee.selectOption('#case-state', 'closed')
    await save(malee)
    await malee.waitForSelector('#case-reason-error')
    expect(await waitingOf(malee)).toBe(0)
    await malee.fill('#case-reason', 'ส่งให้อัยการแล้ว ตามเลขหนังสือสมมติ')
    await save(malee)
    await malee.waitForSelector('.notes li:has-text("เหตุผล: ยุติเรื่อง"):has-text("ส่งให้อัยการแล้ว")')
    await untilSent(malee)
    await expect.poll(() => stateOn(somsri), arrives).toBe('closed')
    // she has no key: that there is a reason she sees, what it says she does not
    await somsri.waitForSelector('.notes li:has-text("เหตุผล: ยุติเรื่อง")')
    expect(await somsri.textContent('.notes')).not.toContain('อัยการ')
  })

  it('that an older program brought to mediation is marked in the list and on its page', async () => {
    const { id } = await take(story('เรื่องที่สอง', 'โทรหลังหกโมงเย็น'))
    const older = await signInAs(province.server, 'malee', province.password)
    await older.write({ kind: 'case', record: derivedId('case', id), set: { complaint: id, state: 'mediating' } })
    await follow(malee, '/desk')
    await malee.waitForSelector('.row:has-text("ซองปิดผนึก"):has-text("ไกล่เกลี่ย")', arrives)
    expect(await malee.locator('.desk-mark--need').count()).toBe(0)
    await malee.click('.desk-panel .btn:has-text("เปิดซอง")')
    await malee.click('.row:has(.desk-mark--need:has-text("ห้ามไกล่เกลี่ย"))')
    await malee.waitForSelector('.notice--need:has-text("เรื่องนี้ถูกตั้งเป็นไกล่เกลี่ย ซึ่งห้ามทำ")')
    await decide(malee, 'investigating')
    await malee.waitForSelector('.notice--need:has-text("ซึ่งห้ามทำ")', { state: 'detached' })
    await untilSent(malee)

    // the older program again, which has not seen that: mediation is no way to settle it
    await older.write({ kind: 'case', record: derivedId('case', id), set: { state: 'mediating' } })
    const mediation = malee.locator('.conflict__choice:has-text("ไกล่เกลี่ย")').first()
    await mediation.waitFor(arrives)
    expect(await mediation.textContent()).toContain('ห้ามไกล่เกลี่ย')
    await mediation.press('Enter')
    await malee.waitForSelector('.toasts :text("ห้ามไกล่เกลี่ย")')
    expect(await waitingOf(malee)).toBe(0)
    await malee.click('.conflict__choice:has-text("ตรวจสอบข้อเท็จจริง")')
    await malee.waitForSelector('.conflict', { state: 'detached' })
    await untilSent(malee)
  })
})

describe('the slip', () => {
  it('bears a number of four signs, and says whom to ask and how they answer', async () => {
    const said = await tablet.textContent('.slip')
    expect(said).toContain('ตอบทางติดต่อที่ให้ไว้เท่านั้น')
    expect(said).not.toContain('ร้องเรียน')
    expect(await tablet.textContent('.slip-ask')).toContain('มาลี สมมติศูนย์')
    await tablet.waitForSelector('.slip-ask a[href="tel:191"]')
    await clearScreen()
    const { number } = await take(story('เรื่องที่สามซึ่งหาเจอ'))
    expect(number).toMatch(/^[A-HJKMNP-Z2-9]{4}$/)
    expect(await tablet.textContent('.slip')).toContain('ไม่ได้ให้ทางติดต่อไว้')

    await follow(malee, '/desk')
    await malee.fill('#desk-search', number.toLowerCase())
    await malee.waitForSelector(':text("ไม่มีเรื่องที่ตรง")')
    await malee.click('.desk-panel .btn:has-text("เปิดซอง")')
    await malee.click('.list .row')
    expect(await malee.textContent('.told')).toContain('เรื่องที่สามซึ่งหาเจอ')
    expect(await malee.textContent('.told__facts')).toContain(number)
  })
})
