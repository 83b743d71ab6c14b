import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillActivity, saveActivity } from '#test/support/activity-form.ts'
import { firstIdOf, follow, idsOf, signIn, untilOffline, untilSent, waitingOf } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, signInAs, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { freePort, type RunningServer, startServer } from '#test/support/whole-server.ts'

interface Certificate {
  readonly key: Buffer
  readonly cert: Buffer
  /** SHA-256 of the public key, as Chromium takes it. */
  readonly pin: string
}

const folder = mkdtempSync(join(tmpdir(), 'bowon-tls-'))
const tablet = mkdtempSync(join(tmpdir(), 'bowon-tls-tablet-'))

/** A self-made certificate for localhost. */
const certify = (name: string): Certificate => {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const facts = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '30']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...facts], { stdio: 'ignore' })
  const { publicKey } = new X509Certificate(readFileSync(cert))
  const pin = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
  return { key: readFileSync(key), cert: readFileSync(cert), pin }
}

const good = certify('good')
const foreign = certify('foreign')
let server: RunningServer
let front: Server
let url: string

/** What a proxy in front of the server does: TLS to the tablet, plain to the server. */
const openFront = (to: number, port: number): Promise<Server> =>
  new Promise((resolve) => {
    const proxy = createServer({ key: good.key, cert: good.cert }, (asked, answer) => {
      const { method, url: path } = asked
      const headers = { ...asked.headers, 'x-forwarded-proto': 'https' }
      const passed = request({ port: to, host: '127.0.0.1', method, path, headers }, (back) => {
        answer.writeHead(back.statusCode!, back.headers)
        back.pipe(answer)
      })
      passed.on('error', () => answer.destroy())
      answer.on('close', () => passed.destroy())
      asked.pipe(passed)
    })
    proxy.on('tlsClientError', () => refused++)
    proxy.listen(port, '127.0.0.1', () => resolve(proxy))
  })
/** How many connections broke off before anything was asked. */
let refused = 0

/** From now on the line shows this certificate, to whoever is connected as well. */
const show = ({ key, cert }: Certificate) => {
  front.setSecureContext({ key, cert })
  front.closeAllConnections()
}

beforeAll(async () => {
  const port = await freePort()
  url = `https://localhost:${port}`
  server = await startServer({ env: { PUBLIC_URL: url, TRUST_PROXY: '1' } })
  front = await openFront(server.port, port)
  const admin = await beginWith(server)
  const place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } })
  await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places: [place] })
})
afterAll(async () => {
  await forgetBrowser(tablet)
  front.closeAllConnections()
  await new Promise((resolve) => front.close(resolve))
  await server.stop()
  server.forget()
  rmSync(folder, { recursive: true, force: true })
})

const logActivity = async (page: Page, count: number) => {
  await follow(page, '/bwr/new')
  await fillActivity(page)
  await saveActivity(page)
  await expect.poll(() => idsOf(page, 'activity')).toHaveLength(count)
}

const sendNow = (page: Page) => page.getByRole('button', { name: 'ส่งตอนนี้' }).click()
const allSafe = 'ทุกอย่างที่บันทึกในเครื่องนี้อยู่บนเซิร์ฟเวอร์แล้ว'

test('TLS fails: work stays on the tablet, the badge says so, and it is sent once when TLS is good again', async () => {
  const context = await openBrowser(tablet, { flags: [`--ignore-certificate-errors-spki-list=${good.pin}`] })
  const page = context.pages()[0]!
  await signIn(page, { ...server, url }, 'kanda', testPassword)
  await untilOffline(page)
  expect(await firstIdOf(page, 'place')).not.toBeNull()
  await untilSent(page)

  show(foreign)
  await logActivity(page, 1)
  await logActivity(page, 2)
  const saved = await idsOf(page, 'activity')
  await follow(page, '/tablet')
  await sendNow(page)
  await page.getByText('ครั้งล่าสุดไม่สำเร็จ: ติดต่อเซิร์ฟเวอร์ไม่ได้ในตอนนี้').waitFor()
  await page.getByText(/2 รายการที่ยังไม่ถึงเซิร์ฟเวอร์/).waitFor()
  expect(await page.getByText(allSafe).count()).toBe(0)
  expect(await waitingOf(page)).toBe(2)
  expect(refused).toBeGreaterThan(0)
  await follow(page, '/')
  await page.locator('.safety--waiting', { hasText: '2' }).waitFor()
  await page.locator('.safety--offline').waitFor()

  // loaded again it works from what lies here
  await page.reload()
  await page.waitForSelector('.action-tiles')
  expect(await idsOf(page, 'activity')).toEqual(saved)
  expect(await waitingOf(page)).toBe(2)

  show(good)
  await follow(page, '/tablet')
  await sendNow(page)
  await untilSent(page)
  await page.getByText(allSafe).waitFor()
  expect(await idsOf(page, 'activity')).toEqual(saved)
  const admin = await signInAs(server, 'admin')
  for (const id of saved) {
    const history = await (await admin.get(`/api/records/${id}/history`)).json()
    expect((history as { changes: unknown[] }).changes).toHaveLength(1)
  }
  await context.close()
})
