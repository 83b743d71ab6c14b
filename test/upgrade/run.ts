import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { newId } from '#domain/kernel/id.ts'
import { openStore } from '#server/db/connect.ts'
import { fillActivity, saveActivity } from '#test/support/activity-form.ts'
import { fillSignIn, firstIdOf, follow, idsOf, untilOffline, untilSent, untilWaiting } from '#test/support/app.ts'
import { openBrowser } from '#test/support/browser.ts'
import { on } from '#test/support/on.ts'
import { freePort, startServer } from '#test/support/whole-server.ts'

// node test/upgrade/run.ts: a data folder and a tablet of the version before anybody signed are upgraded. It needs the history of the
// repository, and is therefore no test: `npm run prove authority -- --long` calls it. The last line is its figure.

const before = '98af597'
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'bowon-upgrade-'))
const [old, dataDir] = [join(folder, 'before'), join(folder, 'data')]
const [profile, office] = ['tablet', 'office'].map((name) => mkdtempSync(join(folder, name))) as [string, string]
const port = await freePort()
const url = `http://localhost:${port}`
const password = 'ถ้อยคำยาวสำหรับทดสอบ 1'
const env = { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir }

/** A browser of before, as a script: it names authors, and signs nothing. */
const clientOfBefore = async (username: string, secret: string) => {
  const device = newId((length) => crypto.getRandomValues(new Uint8Array(length)))
  let cookie = ''
  let n = 0
  const post = async (path: string, body: unknown) => {
    const headers = { 'Bowon-Request': '1', Origin: url, Cookie: cookie, 'Content-Type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    cookie = answer.headers.get('Set-Cookie')?.split(';')[0] ?? cookie
    assert(answer.ok, `${path}: ${answer.status}`)
    return answer.status === 204 ? null : answer.json()
  }
  const hello = await post('/api/sign-in', { username, password: secret, device: { id: device, name: 'ก่อนอัปเดต' } })
  const write = async (kind: string, set: object) => {
    const record = newId((length) => crypto.getRandomValues(new Uint8Array(length)))
    const line = { n: ++n, author: hello.person, at: Date.now(), seen: 0, kind, v: 1, record, set }
    const authorization = `Device ${device}.${hello.device.credential}`
    const answer = await fetch(`${url}/api/sync`, {
      method: 'POST',
      headers: { 'Bowon-Request': '1', Origin: url, 'Content-Type': 'text/plain', Authorization: authorization },
      body: `${JSON.stringify({ protocol: 1, device, now: Date.now() })}\n${JSON.stringify(line)}`,
    })
    assert.deepEqual(((await answer.json()) as { results: unknown[] }).results, [])
    return record
  }
  return { post, write }
}

const hire = async (admin: Awaited<ReturnType<typeof clientOfBefore>>, username: string, set: object) => {
  const staff = await admin.write('staff', { name: `${username} สมมติ`, active: true, ...set })
  const first = 'รหัสแรกที่ต้องเปลี่ยน 1'
  await admin.post('/api/accounts', { staff, username, password: first })
  await (await clientOfBefore(username, first)).post('/api/password', { current: first, next: password })
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

/** On the form that the page shows, once the one place of hers is there. */
const log = async (page: Page, women: number) => {
  await page.getByRole('button', { name: 'สถานที่: โรงเรียนสมมติ' }).waitFor()
  await fillActivity(page, { women })
  await saveActivity(page)
}

const rowsOf = async () => {
  const store = await openStore({ dataDir })
  const [changes, held] = [
    await store.db.selectFrom('changes').select(['record', 'line', 'proof']).execute(),
    await store.db.selectFrom('held').select(['code', 'state', 'line']).execute(),
  ]
  await store.close()
  const about = (kind: string) => (row: { line: string }) => row.line.includes(`"kind":"${kind}"`)
  return { captures: changes.filter(about('activity')), decisions: changes.filter(about('decision')), held }
}

try {
  mkdirSync(old)
  execFileSync('tar', ['-x', '-C', old], {
    input: execFileSync('git', ['archive', before], { cwd: root, maxBuffer: 2e8 }),
  })
  symlinkSync(join(root, 'node_modules'), join(old, 'node_modules'))
  const built = spawnSync('npx', ['vite', 'build', '--logLevel', 'error'], { cwd: old, stdio: 'inherit' })
  assert.equal(built.status, 0)

  console.log('built the version before')
  // the version before: an officer and a supervisor share a tablet, and lose the network
  let server = await startServer({ cwd: old, port, dataDir })
  await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'Bowon-Request': '1', Origin: url, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      code: server.setUpCode(),
      mode: 'province',
      province: { name: 'จังหวัดสมมติ' },
      administrator: { name: 'อารี สมมติระบบ', username: 'aree', password },
    }),
  })
  const admin = await clientOfBefore('aree', password)
  const school = await admin.write('place', { name: 'โรงเรียนสมมติ', type: 'school' })
  await hire(admin, 'kanda', { roles: on('officer'), places: on(school) })
  await hire(admin, 'wimon', { roles: on('supervisor'), wholeProvince: true })
  const context = await openBrowser(profile)
  const page = context.pages()[0]!
  await page.goto(url)
  await fillSignIn(page, 'kanda', password)
  assert(await firstIdOf(page, 'place'))
  await page.goto(`${url}/bwr/new`)
  await log(page, 12)
  await untilSent(page)
  const [sent] = await idsOf(page, 'activity')
  await untilOffline(page)
  await page.goto(`${url}/switch`)
  await press(page, 'คนอื่น')
  await fillSignIn(page, 'wimon', password)
  await follow(page, `/review/${sent}`)
  await page.getByRole('button', { name: /^อนุมัติ/ }).waitFor()
  await context.setOffline(true)
  await press(page, /^อนุมัติ/)
  await untilWaiting(page, 1)
  await follow(page, '/switch')
  await press(page, /kanda สมมติ/)
  await page.waitForSelector('.today')
  await follow(page, '/bwr/new')
  await log(page, 7)
  await untilWaiting(page, 2)
  await server.stop()

  console.log('two lines wait on the tablet of before')
  // this version, on the same folder; the tablet gets it, and sends what waited
  server = await startServer({ cwd: root, port, dataDir })
  await context.setOffline(false)
  await page.goto(url)
  await page.getByRole('button', { name: 'ใช้รุ่นใหม่' }).click({ timeout: 60_000 })
  await page.waitForSelector('.today')
  await untilSent(page)
  const flowed = await rowsOf()
  assert.equal(flowed.captures.length, 2, 'both captures are in the log')
  assert.equal(flowed.decisions.length, 0, 'the approval is not, without a signature')
  assert.deepEqual(
    flowed.held.map(({ code, state }) => [code, state]),
    [['needs-the-person', 'held']],
  )

  console.log('the capture flowed, the approval waits')
  // `npm run enrol` admits the first administrator, who enrols the tablet for the supervisor
  const { stdout } = spawnSync(process.execPath, ['sync-server/operations/enrol.ts'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  const link = /http\S+\/enrol#\S+/.exec(stdout)?.[0]
  assert(link, stdout)
  const desk = await openBrowser(office)
  const administrators = desk.pages()[0]!
  await desk.grantPermissions(['clipboard-read', 'clipboard-write'])
  await administrators.goto(link)
  await press(administrators, 'ไปลงชื่อเข้าใช้')
  await fillSignIn(administrators, 'aree', password)
  await follow(administrators, '/admin/devices')
  await administrators.getByText('ใช้มาก่อนมีการลงทะเบียน').first().waitFor()
  await follow(administrators, '/admin/devices/new')
  await administrators.fill('#field-name', 'แท็บเล็ตเดิม')
  await administrators.getByText('ใช้ได้ทั้งจังหวัด').click()
  await administrators.getByText('wimon สมมติ').click()
  await press(administrators, 'บันทึก')
  await press(administrators, 'สร้างรหัส')
  const words = await administrators.locator('.enrolment__words').textContent()
  await administrators.getByText('รหัสจะใช้ได้เมื่อ').waitFor({ state: 'hidden' })
  await desk.close()

  console.log('the administrator has enrolled the tablet')
  // the supervisor looks at what she had approved, and signs the same bytes
  await follow(page, '/switch')
  await press(page, /wimon สมมติ/)
  await page.fill('#password', password)
  await press(page, 'เข้าใช้งาน')
  await page.getByText(/เครื่องนี้ไม่ได้กำหนดให้คุณเข้าใช้/).waitFor()
  await page.fill('#code', words!)
  await fillSignIn(page, 'wimon', password)
  await follow(page, '/tablet')
  await press(page, 'ลงนามแล้วส่ง')
  await page.getByText('ทุกอย่างที่บันทึกในเครื่องนี้อยู่บนเซิร์ฟเวอร์แล้ว').waitFor()
  await context.close()
  const signed = await rowsOf()
  assert.equal(signed.decisions.length, 1)
  assert.match(signed.decisions[0]!.proof ?? '', /^[\w-]{22}\.[\w-]{86}$/)
  assert.equal(signed.captures.length, 2)
  await server.stop()
  console.log('upgrade: 2 captures flowed, 1 guarded line waited and was signed, 0 lost')
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}
process.exit(0)
