import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argon2id } from 'hash-wasm'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import { openStore } from '#server/db/connect.ts'
import { open } from '#src/vault/seal.ts'
import { unwrap } from '#src/vault/wrap.ts'
import { follow, signIn, unlockTablet, untilSent } from '#test/support/app.ts'
import { chromiumPath } from '#test/support/browser.ts'
import {
  beginIntake,
  consentAndSeal,
  makeFirstKey,
  makeOwnKey,
  type Story,
  tell,
  unlock,
} from '#test/support/complaint-screens.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'

const passphrases = {
  malee: 'ชะอม มะกอก สะเดา ผักหวาน ดอกแค',
  somsri: 'บวบ ฟักทอง ตำลึง น้ำเต้า แตงไทย',
  thana: 'กระถิน ขี้เหล็ก มะรุม โสน แคนา',
}
const told = {
  first: 'เรื่องก่อนสมศรีเข้าศูนย์',
  second: 'เรื่องหลังสมศรีเข้าศูนย์',
  note: 'บันทึกสมมติของศูนย์',
  last: 'เรื่องหลังมาลีออกจากศูนย์',
}
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
let thana: Page
/** The private halves of the keys on paper, as they were printed. */
const papers: string[] = []
/** What the newest sheet says is to be typed. */
let command = ''

const signedIn = async (username: string) => {
  const context = await browser.newContext({ locale: 'th-TH', timezoneId: 'Asia/Bangkok', acceptDownloads: true })
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
const toKeys = (page: Page) => follow(page, '/desk/keys')
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()
const inDialog = (page: Page, name: string) => page.locator('dialog[open]').getByRole('button', { name }).click()
const untilList = (page: Page, number: number) => page.waitForSelector(`h2:has-text("ฉบับที่ ${number}")`)
const waiting = (page: Page) => page.locator('.members .member--waiting .fingerprint')
const ownPrint = (page: Page) => page.locator('.notice .fingerprint').textContent()
const closedNotice = '.desk-complaint .notice:has-text("กุญแจของคุณเปิดซองนี้ไม่ได้")'

/** Opens the complaint that tells of this, whichever it is; what the page says then, notes too. */
const openEach = async (page: Page): Promise<string> => {
  await follow(page, '/desk')
  await page.waitForSelector('.list .row')
  const texts = []
  for (let at = 0; at < (await page.locator('.list .row').count()); at++) {
    await page.locator('.list .row').nth(at).click()
    const closed = page.locator('.desk-complaint .btn:has-text("เปิดซอง")')
    await page.waitForSelector(`.desk-complaint .btn:has-text("เปิดซอง"), .told, ${closedNotice}`)
    if (await closed.isVisible()) await closed.click()
    await page.waitForSelector(`.told, ${closedNotice}`)
    texts.push((await page.textContent('.desk-complaint')) ?? '')
    await follow(page, '/desk')
    await page.waitForSelector('.list .row')
  }
  return texts.join('\n')
}

beforeAll(async () => {
  province = await startDeskProvince()
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
  ;[tablet, malee, somsri, thana] = (await Promise.all(['officer', 'malee', 'somsri', 'thana'].map(signedIn))) as [
    Page,
    Page,
    Page,
    Page,
  ]
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
    papers.push(await makeFirstKey(malee, passphrases.malee))
    await tablet.reload()
    await take(told.first)
    expect(await openEach(malee)).toContain(told.first)
    await malee.click('.list .row')
    await malee.fill('#case-note', told.note)
    await press(malee, 'ปิดผนึกบันทึก')
    await malee.waitForSelector(`.notes:has-text("${told.note}")`)
    await untilSent(malee)
  })

  it('a colleague makes her own, is compared by fingerprint and admitted, and neither page is reloaded', async () => {
    await toKeys(malee)
    await makeOwnKey(somsri, passphrases.somsri)
    const hers = await ownPrint(somsri)
    await waiting(malee).waitFor()
    expect(await waiting(malee).textContent()).toBe(hers)
    await press(malee, 'ตรงกันทุกกลุ่ม รับเข้า')
    // there is but one member: her word is enough
    expect(await malee.locator('dialog[open] #paper-key').count()).toBe(0)
    await inDialog(malee, 'ยืนยัน')
    await untilList(malee, 2)
    expect(await malee.locator('.member--waiting').count()).toBe(0)
    await untilList(somsri, 2)
    await somsri.waitForSelector('#desk-passphrase')
  })

  it('what is sealed after that opens for both of them, and what was sealed before not for her', async () => {
    await tablet.reload()
    await tablet.waitForSelector('.intake-facts:has-text("2 คน")')
    const number = await take(told.second)
    await unlock(somsri, passphrases.somsri)
    for (const page of [malee, somsri]) {
      await follow(page, '/desk')
      await page.waitForSelector('.list li:nth-child(2)')
      await expect.poll(() => openEach(page), { timeout: 100_000 }).toContain(told.second)
      await page.fill('#desk-search', number)
      await page.click('.list .row')
      expect(await page.textContent('.told')).toContain(told.second)
    }
    const hers = await openEach(somsri)
    expect(hers).not.toContain(told.first)
    expect(hers).toContain('เปิดบันทึกนี้ไม่ได้')
  })

  it('a third is admitted by the word of two: one proposes, the other sees whom and confirms', async () => {
    await makeOwnKey(thana, passphrases.thana)
    const his = await ownPrint(thana)
    await toKeys(malee)
    await toKeys(somsri)
    await waiting(malee).waitFor()
    await press(malee, 'ตรงกันทุกกลุ่ม รับเข้า')
    await inDialog(malee, 'ส่งให้เพื่อนยืนยัน')
    await malee.waitForSelector('.proposal:has-text("คุณลงชื่อแล้ว")')
    await untilList(malee, 2)
    await somsri.waitForSelector('.proposal')
    expect(await somsri.locator('.proposal .fingerprint').textContent()).toBe(his)
    await press(somsri, 'ตรวจแล้ว ยืนยัน')
    for (const page of [malee, somsri, thana]) await untilList(page, 3)
    await unlock(thana, passphrases.thana)
  })

  it('everything that is older is handed over to them in one go, notes too, and what is open follows', async () => {
    await follow(somsri, '/desk')
    await somsri.fill('#desk-search', told.second)
    await somsri.click('.list .row')
    const older = somsri.getByRole('button', { name: 'ปิดผนึกใหม่ให้ทุกคนในศูนย์' })
    await older.waitFor()
    await press(malee, 'ปิดผนึกใหม่ทุกเรื่อง')
    await malee.getByText('ครบทุกเรื่อง').waitFor()
    await untilSent(malee)
    await older.waitFor({ state: 'hidden', timeout: 100_000 })
    for (const page of [somsri, thana]) {
      // a hint may never come, and then it asks once a minute
      await expect.poll(() => openEach(page), { timeout: 100_000, interval: 2000 }).toContain(told.first)
      await expect.poll(() => openEach(page), { timeout: 100_000, interval: 2000 }).toContain(told.note)
    }
  })

  it('the paper is replaced by a member and the old paper', async () => {
    await toKeys(somsri)
    await press(somsri, 'เปลี่ยนกระดาษ')
    const sheet = somsri.locator('.recovery').first()
    papers.push((await sheet.locator('.recovery__key').textContent())!.replace(/\s/g, ''))
    command = (await sheet.locator('.recovery__command').textContent())!.trim()
    await somsri.fill('#recovery-confirm', papers[1]!.slice(-6))
    await press(somsri, 'จดแล้ว ใช้กุญแจนี้')
    await somsri.fill('dialog[open] #paper-key', papers[1]!)
    await somsri.getByText('ไม่ใช่กุญแจบนกระดาษของรายชื่อนี้').waitFor()
    // as it stands on the paper, in groups
    await somsri.fill('dialog[open] #paper-key', papers[0]!.match(/.{1,6}/g)!.join(' '))
    await inDialog(somsri, 'ยืนยันด้วยกุญแจบนกระดาษ')
    await untilList(somsri, 4)
  })

  it('she who leaves is told so on her own page, and opens nothing that is sealed since', async () => {
    await toKeys(thana)
    await untilList(thana, 4)
    await toKeys(malee)
    await untilList(malee, 4)
    const hers = somsri.locator('.member', { hasText: 'มาลี' })
    await hers.getByRole('button', { name: 'นำออก' }).click()
    await inDialog(somsri, 'ส่งให้เพื่อนยืนยัน')
    await thana.waitForSelector('.proposal:has-text("มาลี สมมติศูนย์ ออกจากรายชื่อ")')
    await press(thana, 'ตรวจแล้ว ยืนยัน')
    for (const page of [somsri, thana]) await untilList(page, 5)
    await malee.waitForSelector('.notice:has-text("คุณไม่อยู่ในรายชื่อกุญแจแล้ว")')
    expect(await malee.locator('.member--waiting').count()).toBe(0)

    await tablet.reload()
    await tablet.waitForSelector('.intake-facts:has-text("2 คน")')
    await take(told.last)
    const store = await openStore({ dataDir: province.server.dataDir })
    const [lists, kept, changes] = [
      await store.db.selectFrom('desk_lists').select('list').orderBy('number').execute(),
      await store.db.selectFrom('desk_keys').select(['recipient', 'wrapped']).execute(),
      await store.db.selectFrom('changes').select('line').orderBy('seq').execute(),
    ]
    await store.close()
    const roots = lists.map(({ list }) => (JSON.parse(list) as DeskList).root)
    expect(new Set(roots.slice(0, 3)).size).toBe(1)
    expect(new Set(roots).size).toBe(3)
    const first = JSON.parse(lists[0]!.list) as DeskList
    const wrapped = kept.find(({ recipient }) => recipient === first.keys[0]!.recipient)!.wrapped
    const derive = async (how: { passphrase: string; salt: Uint8Array; memoryKiB: number; iterations: number }) => {
      const { passphrase, salt, memoryKiB: memorySize, iterations } = how
      const cost = { memorySize, iterations, parallelism: 1, hashLength: 32, outputType: 'binary' } as const
      return new Uint8Array(await argon2id({ password: passphrase, salt, ...cost }))
    }
    const identity = await unwrap(JSON.parse(wrapped), passphrases.malee, derive)
    if (!identity.ok) throw new Error(identity.failure)
    const envelopes = changes.flatMap(({ line }) => [...line.matchAll(/"envelope":"([^"]+)"/g)].map((one) => one[1]!))
    expect(await open(envelopes[0]!, identity.value)).toContain(told.first)
    expect(await open(envelopes.at(-1)!, identity.value)).toBeNull()
    for (const { list } of lists.slice(3)) {
      const { rootKey } = JSON.parse(list) as DeskList
      expect(await open(rootKey, identity.value)).toBe(list === lists[3]!.list ? await open(rootKey, papers[1]!) : null)
    }
  })

  it('the envelopes are taken out, and the sheet alone opens them: with age, no network and an empty home', async () => {
    await toKeys(somsri)
    // what was sealed to the paper of before is sealed to this one
    await press(somsri, 'ปิดผนึกใหม่ทุกเรื่อง')
    await somsri.getByText('ครบทุกเรื่อง').waitFor()
    const [download] = await Promise.all([somsri.waitForEvent('download'), press(somsri, 'นำซองทั้งหมดออกเป็นไฟล์')])
    const folder = mkdtempSync(join(tmpdir(), 'bowon-sheet-'))
    const home = join(folder, 'home')
    mkdirSync(home)
    const file = join(home, download.suggestedFilename())
    await download.saveAs(file)
    writeFileSync(join(home, 'key.txt'), `${papers[1]}\n`)
    for (const path of [folder, home]) chmodSync(path, 0o777)
    // somebody who has never been on this computer; whoever runs the tests without being root is that themselves
    const stranger = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
    const offline = ['unshare', '--net', ...(stranger.length > 0 ? [] : ['--map-root-user'])]
    const script = `set -e; unzip -q bowon-envelopes-*.zip; ${command}`
    execFileSync('env', ['-i', 'PATH=/usr/bin:/bin', `HOME=${home}`, ...offline, ...stranger, 'bash', '-c', script], {
      cwd: home,
    })
    const texts = readdirSync(home)
      .filter((name) => name.endsWith('.txt') && !['key.txt', 'README.txt'].includes(name))
      .map((name) => readFileSync(join(home, name), 'utf8'))
    rmSync(folder, { recursive: true })
    // three complaints and a note, each whole JSON without the filler
    const contents = texts.map((text) => JSON.parse(text))
    expect(contents).toHaveLength(4)
    for (const what of Object.values(told)) expect(JSON.stringify(contents)).toContain(what)
  })

  it('a passphrase is changed, and the old one opens no more', async () => {
    await press(somsri, 'เปลี่ยนวลีผ่าน')
    await somsri.fill('#key-phrase', passphrases.thana)
    await somsri.fill('#key-phrase-again', passphrases.thana)
    await somsri.locator('form').getByRole('button', { name: 'เปลี่ยนวลีผ่าน' }).click()
    await somsri.getByText('เปลี่ยนวลีผ่านแล้ว').waitFor()
    await somsri.reload()
    await unlockTablet(somsri, province.password)
    await somsri.waitForSelector('#desk-passphrase')
    await somsri.fill('#desk-passphrase', passphrases.somsri)
    await somsri.click('.desk-panel button[type=submit]')
    await somsri.waitForSelector('#desk-passphrase-error p')
    expect(await somsri.locator('.told').count()).toBe(0)
    await unlock(somsri, passphrases.thana)
  })
})
