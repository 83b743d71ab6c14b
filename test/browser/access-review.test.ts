import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillSignIn, follow, signIn, untilSent } from '#test/support/app.ts'
import { openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, type Client, testPassword } from '#test/support/client.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

// The disk of the server is lost, a backup is restored by its command, and an administrator goes through who may act again.

const profile = mkdtempSync(join(tmpdir(), 'bowon-review-'))
const restored = mkdtempSync(join(tmpdir(), 'bowon-restored-'))
let server: RunningServer
let admin: Client
let page: Page
let end: () => Promise<void>

beforeAll(async () => {
  server = await startServer()
  admin = await beginWith(server)
  const member = { name: 'วิมล สมมติ', username: 'wimon', roles: ['supervisor'] as const, wholeProvince: true }
  await addStaff(server, admin, member)
  const context = await openBrowser(profile)
  end = () => context.close()
  page = context.pages()[0]!
  await page.setViewportSize({ width: 820, height: 1180 })
})
afterAll(async () => {
  await end()
  await server.stop()
  server.forget()
  for (const one of [profile, restored]) rmSync(one, { recursive: true, force: true })
})

const run = (command: string, dataDir: string, ...args: readonly string[]) =>
  execFileSync(process.execPath, [`sync-server/operations/${command}.ts`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: dataDir },
  })
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()

test('an administrator goes through people, tablets and keys with the code that the restore has shown', async () => {
  await signIn(page, server, 'admin', testPassword)
  await untilSent(page)
  const backup = join(server.dataDir, 'one.gz')
  run('backup', server.dataDir, backup)
  const { staff } = await admin.get('/api/accounts').then(async (answer) => {
    const { accounts } = (await answer.json()) as { accounts: { staff: string; username: string }[] }
    return accounts.find(({ username }) => username === 'wimon')!
  })
  expect((await admin.post(`/api/accounts/${staff}/disable`, {})).status).toBe(204)

  await server.stop()
  cpSync(join(server.dataDir, 'secret.key'), join(restored, 'secret.key'))
  const printed = run('restore', restored, backup)
  const code = /^ {2}([a-z]+(?:-[a-z]+){5})$/m.exec(printed)?.[1]
  expect(code, printed).toBeDefined()
  server.forget()
  server = await startServer({ dataDir: restored, port: server.port })

  // nobody is signed in any more; where that is heard of, the sign-in page stands
  await page.goto(`${server.url}/sign-in`)
  await fillSignIn(page, 'admin', testPassword)
  await follow(page, '/admin')
  await seen('ต้องทบทวนว่าใครทำอะไรได้')
  await follow(page, '/admin/devices')
  await seen(/จนกว่าผู้ดูแลระบบจะทบทวนสิทธิ์ครบ/)
  await follow(page, '/admin/access-review')
  await page.fill('#console-code', 'six-words-that-nobody-has-shown')
  await press('เริ่มทบทวน')
  await seen(/ไม่ใช่รหัสจากหน้าจอเซิร์ฟเวอร์/)
  await page.fill('#console-code', code!.replaceAll('-', ' '))
  await press('เริ่มทบทวน')

  // the one who was let go is here again, and is let go again
  await page
    .getByRole('list', { name: 'คน' })
    .getByRole('link', { name: /วิมล สมมติ/ })
    .click()
  await press('ปิดบัญชี')
  await page.getByRole('dialog').getByRole('button', { name: 'ปิดบัญชี' }).click()
  await seen('ปิดบัญชีแล้ว')
  await follow(page, '/admin/access-review')
  await press('ทบทวนเสร็จแล้ว')
  await seen('ทำเครื่องหมายให้ครบทั้งสามข้อก่อน')
  for (const part of ['people', 'tablets', 'keys']) await page.locator(`label[for=seen-${part}]`).click()
  await press('ทบทวนเสร็จแล้ว')
  await page.getByRole('dialog').getByRole('button', { name: 'ทบทวนเสร็จแล้ว' }).click()
  await seen('ไม่มีอะไรต้องทบทวน')
  await follow(page, '/admin/devices')
  await seen(/เครื่องนี้/)
})
