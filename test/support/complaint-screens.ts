import type { Page } from 'playwright-core'
import { follow } from './app.ts'

/** What somebody tells, question by question. */
export interface Story {
  readonly name: string
  readonly contact: string
  readonly what: string
  readonly where: string
  readonly respondent: string
  readonly wish: string
}

/** All that somebody invented tells: sentences that stand nowhere else. */
export const inventedStory: Story = {
  name: 'กันยารัตน์ เรื่องสมมติ',
  contact: '0899-Zyxwv-771',
  what: 'กระซิบใต้ต้นฉำฉาว่าถูกข่มขู่',
  where: 'ท่าน้ำบ้านหนองสมมติ',
  respondent: 'ผู้ใหญ่นิรนามแห่งเรื่องแต่ง',
  wish: 'ขอให้หยุดตามทุกเช้าค่ำ',
}

const next = (page: Page) => page.click('.intake button[type=submit]')

const fillKey = async (page: Page, passphrase: string): Promise<void> => {
  await follow(page, '/desk/keys')
  await page.fill('#key-phrase', passphrase)
  await page.fill('#key-phrase-again', passphrase)
  await page.click('form button[type=submit]')
}

/** Makes a key where the desk has one; waits until its fingerprint is shown. */
export const makeOwnKey = async (page: Page, passphrase: string): Promise<void> => {
  await fillKey(page, passphrase)
  await page.waitForSelector('.notice .fingerprint:not(:empty)')
}

/** Makes the first key of the desk; answers the key on paper. */
export const makeFirstKey = async (page: Page, passphrase: string): Promise<string> => {
  await fillKey(page, passphrase)
  const recovery = (await page.textContent('.recovery__key'))!.replace(/\s/g, '')
  await page.fill('#recovery-confirm', recovery.slice(-6))
  await page.click('form button[type=submit]')
  await page.waitForSelector('.members')
  return recovery
}

export const unlock = async (page: Page, passphrase: string): Promise<void> => {
  await page.fill('#desk-passphrase', passphrase)
  await page.click('.desk-panel button[type=submit]')
  await page.waitForSelector('#desk-passphrase', { state: 'detached' })
}

/** Begins an intake, once the tablet has the desk's key. */
export const beginIntake = async (page: Page): Promise<void> => {
  await follow(page, '/complaint')
  await page.click('#content .btn--big')
  await page.waitForSelector('.intake')
}

/** Answers every question up to the consent. */
export const tell = async (page: Page, story: Story): Promise<void> => {
  await page.check('input[value=unsafe]', { force: true })
  await next(page)
  await page.waitForSelector('.notice-text')
  await next(page)
  await page.check('input[value=confidential]', { force: true })
  await page.fill('#intake-name', story.name)
  await page.fill('#intake-contact', story.contact)
  await next(page)
  await page.fill('#intake-what', story.what)
  await next(page)
  await page.fill('#intake-where', story.where)
  await page.fill('#intake-respondent', story.respondent)
  await next(page)
  await page.check('input[value=TORTURE]', { force: true })
  await next(page)
  await page.fill('#intake-wish', story.wish)
}

/** Gives both consents and seals; answers the number on the slip. */
export const consentAndSeal = async (page: Page): Promise<string> => {
  await next(page)
  await page.check('#intake-consent-send', { force: true })
  await page.check('#intake-consent-sensitive', { force: true })
  await next(page)
  await page.waitForSelector('.slip')
  const groups = await page.locator('.slip__number .nb').allTextContents()
  return groups.join('')
}

/** Waits until the tablet says that the last answers lie sealed on it. */
export const untilKept = (page: Page): Promise<unknown> => page.waitForSelector('.intake__kept .icon')
