import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logActivity } from '#test/support/activity-form.ts'
import { firstIdOf, follow, idsOf, signIn, untilSent } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, type Client, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

let server: RunningServer
let admin: Client
const place = makeId()
const [tablet, copy] = ['tablet', 'copy'].map((name) => mkdtempSync(join(tmpdir(), `bowon-forgotten-${name}-`))) as [
  string,
  string,
]
beforeAll(async () => {
  server = await startServer()
  admin = await beginWith(server)
  await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } })
  await addStaff(server, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places: [place] })
})
afterAll(async () => {
  await forgetBrowser(tablet)
  await server.stop()
  server.forget()
  rmSync(copy, { recursive: true })
})

/** The server goes on with its data as they are now, or as they were copied. */
const restartedWith = async (data: 'as they are' | 'as they were') => {
  const { dataDir, port } = server
  await server.stop()
  const [from, to] = data === 'as they are' ? [dataDir, copy] : [copy, dataDir]
  rmSync(to, { recursive: true })
  cpSync(from, to, { recursive: true })
  server = await startServer({ dataDir, port })
}

test('a tablet that a restored server does not know says so, and goes on at once when somebody signs in', async () => {
  await restartedWith('as they are')
  const page = (await openBrowser(tablet)).pages()[0]!
  await signIn(page, server, 'kanda', testPassword)
  expect(await firstIdOf(page, 'place')).toBe(place)
  await logActivity(page, server)
  await untilSent(page)
  await restartedWith('as they were')

  let refused = 0
  page.on('response', (response) => {
    if (response.url().endsWith('/api/sync') && !response.ok()) refused++
  })
  await logActivity(page, server)
  await expect.poll(() => refused, { timeout: 40_000 }).toBeGreaterThanOrEqual(4)
  await follow(page, '/tablet')
  await page.getByText('เซิร์ฟเวอร์ไม่รู้จักเครื่องนี้').first().waitFor()

  await follow(page, '/sign-in')
  await page.fill('#password', testPassword)
  const seen: string[] = []
  page.on('request', (request) => request.url().endsWith('/api/sync') && seen.push('asks'))
  page.on('response', (response) => response.url().endsWith('/api/sign-in') && seen.push('signed in'))
  await page.click('button[type=submit]')
  await expect.poll(() => seen, { timeout: 60_000 }).toContain('signed in')
  // the pause after the next refusal is of more than eight seconds
  await expect.poll(() => seen.slice(seen.indexOf('signed in')), { timeout: 5000 }).toContain('asks')
  await untilSent(page)
  const here = await idsOf(page, 'activity')
  expect(here).toHaveLength(2)
  // its receipt has shown that the log went back: who may read everything is gone through first
  expect((await admin.get('/api/export/activity.csv')).status).toBe(403)
  const env = { ...process.env, DATA_DIR: server.dataDir }
  const said = execFileSync(process.execPath, ['sync-server/operations/access-review.ts'], { encoding: 'utf8', env })
  expect((await admin.post('/api/access-review', { code: said.split(': ')[1]!.trim() })).status).toBe(204)
  const exported = await (await admin.get('/api/export/activity.csv')).text()
  for (const id of here) expect(exported).toContain(id)
})
