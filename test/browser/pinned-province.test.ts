import { randomBytes } from 'node:crypto'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { recipientsOf } from '#domain/complaint/desk-list.ts'
import { newId, type StaffId } from '#domain/kernel/id.ts'
import { openStore } from '#server/db/connect.ts'
import type { Identity } from '#src/store/identity-types.ts'
import { open } from '#src/vault/seal.ts'
import { follow, signIn, untilSent } from '#test/support/app.ts'
import { chromiumPath } from '#test/support/browser.ts'
import { beginIntake, consentAndSeal, makeFirstKey, tell, unlock } from '#test/support/complaint-screens.ts'
import { type BegunDesk, beginDesk } from '#test/support/desk-keys.ts'
import { type DeskProvince, startDeskProvince } from '#test/support/desk-province.ts'

// Whoever answers in the server's place while an officer works gets neither the tablet nor what is sealed on it (A10).

const passphrase = 'ชะอม มะกอก สะเดา ผักหวาน ดอกแค'
const what = 'เรื่องที่ผู้บุกรุกไม่ควรได้อ่าน'
const elsewhere = 'จังหวัดของผู้บุกรุก'

let province: DeskProvince
let browser: Browser
let tablet: Page
let malee: Page
let intruder: BegunDesk

const signedIn = async (username: string) => {
  const context = await browser.newContext({ locale: 'th-TH', timezoneId: 'Asia/Bangkok' })
  const page = await context.newPage()
  await signIn(page, province.server, username, province.password)
  return page
}

/** Who the tablet is, as it lies in its database. */
const identityOf = (page: Page): Promise<Identity> =>
  page.evaluate(
    () =>
      new Promise<Identity>((resolve, reject) => {
        const asked = indexedDB.open('bowon')
        asked.onerror = () => reject(asked.error)
        asked.onsuccess = () => {
          const row = asked.result.transaction('meta').objectStore('meta').get('identity')
          row.onsuccess = () => {
            asked.result.close()
            resolve(JSON.parse(new TextDecoder().decode(row.result.value)))
          }
        }
      }),
  )

/** From now on `GET /api/session` is answered by somebody else, who alters the true answer. */
const intercept = (page: Page, alter: (answer: Record<string, unknown>) => Record<string, unknown>) =>
  page.context().route('**/api/session?*', async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    const response = await route.fetch()
    await route.fulfill({ response, json: alter(await response.json()) })
  })
const answered = (page: Page) =>
  page.waitForResponse((response) => new URL(response.url()).pathname === '/api/session' && response.ok())

beforeAll(async () => {
  province = await startDeskProvince()
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
  intruder = await beginDesk(newId<StaffId>(randomBytes))
  ;[tablet, malee] = await Promise.all([signedIn('officer'), signedIn('malee')])
  await makeFirstKey(malee, passphrase)
  await Promise.all([answered(tablet), tablet.reload()])
  await vi.waitUntil(async () => (await identityOf(tablet)).desk, { timeout: 30_000 })
})
afterAll(async () => {
  await browser.close()
  await province.end()
})

describe('somebody answers in the server’s place while an officer works', () => {
  it('another province and its keys change nothing, and a person is told', async () => {
    const before = await identityOf(tablet)
    const theirs = { id: 'intruder', public: Buffer.alloc(32, 7).toString('base64url') }
    await intercept(tablet, (answer) => ({
      ...answer,
      province: { ...(answer.province as object), id: newId(randomBytes), name: elsewhere },
      receiptKeys: [theirs],
      deskLists: [intruder.signed],
    }))
    await Promise.all([answered(tablet), tablet.reload()])
    await tablet.waitForSelector(`.today .notice:has-text("${elsewhere}")`)
    const after = await identityOf(tablet)
    expect(after).toEqual(before)
    await follow(tablet, '/tablet')
    await tablet.waitForSelector(`.notice:has-text("${elsewhere}")`)
  })

  it('a list of the desk under another root changes nothing either, though the province is the right one', async () => {
    const before = await identityOf(tablet)
    await tablet.context().unrouteAll()
    await intercept(tablet, (answer) => ({ ...answer, deskLists: [intruder.signed] }))
    await Promise.all([answered(tablet), tablet.reload()])
    await tablet.waitForSelector('.notice:has-text("กุญแจของศูนย์รับเรื่อง")')
    expect(recipientsOf((await identityOf(tablet)).desk!.list)).toEqual(recipientsOf(before.desk!.list))
  })

  it('what is told to the tablet then opens with the desk’s key and not with theirs', async () => {
    await beginIntake(tablet)
    await tell(tablet, { name: 'ผู้ร้องสมมติ', contact: '', what, where: 'ตลาดสมมติ', respondent: '', wish: '' })
    await consentAndSeal(tablet)
    await untilSent(tablet)

    await follow(malee, '/desk')
    if (await malee.locator('#desk-passphrase').isVisible()) await unlock(malee, passphrase)
    await malee.click('.list .row')
    await malee.waitForSelector('.desk-complaint .btn:has-text("เปิดซอง"), .told')
    const closed = malee.locator('.desk-complaint .btn:has-text("เปิดซอง")')
    if (await closed.isVisible()) await closed.click()
    await malee.waitForSelector(`.told:has-text("${what}")`)

    const store = await openStore({ dataDir: province.server.dataDir })
    const rows = await store.db.selectFrom('changes').select('line').execute()
    await store.close()
    const envelopes = rows.flatMap(({ line }) => [...line.matchAll(/"envelope":"([^"]+)"/g)].map((found) => found[1]!))
    expect(envelopes.length).toBeGreaterThan(0)
    for (const envelope of envelopes)
      for (const key of [intruder.first.identity, intruder.paper.secret]) expect(await open(envelope, key)).toBeNull()
  })
})
