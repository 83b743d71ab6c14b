import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logActivity } from '#test/support/activity-form.ts'
import { firstIdOf, signIn, untilOffline, untilSent } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, testPassword } from '#test/support/client.ts'
import { findWords } from '#test/support/leak-scanner.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

let server: RunningServer
const folder = mkdtempSync(join(tmpdir(), 'bowon-hand-over-'))
const [origin, courier, files] = ['origin', 'courier', 'files'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
beforeAll(async () => {
  server = await startServer()
  const admin = await beginWith(server)
  const place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } })
  for (const username of ['kanda', 'malee'])
    await addStaff(server, admin, { name: `${username} สมมติ`, username, roles: ['officer'], places: [place] })
  mkdirSync(files)
})
afterAll(async () => {
  for (const profile of [origin, courier]) await forgetBrowser(profile)
  rmSync(folder, { recursive: true, force: true })
  await server.stop()
  server.forget()
})

const secret = 'ถ้อยคำที่คนถือไฟล์ไม่ควรอ่าน'

const openTablet = async (profile: string) => {
  const context = await openBrowser(profile)
  return { context, page: context.pages()[0]! }
}

test('a tablet without network hands its work to a colleague as a sealed file, and later shows who brought it', async () => {
  const kanda = await openTablet(origin)
  await signIn(kanda.page, server, 'kanda', testPassword)
  await untilOffline(kanda.page)
  expect(await firstIdOf(kanda.page, 'place')).not.toBeNull()
  await kanda.context.setOffline(true)
  await logActivity(kanda.page, server, { outcome: secret })
  await kanda.page.goto(`${server.url}/tablet`)
  const downloading = kanda.page.waitForEvent('download')
  await kanda.page.getByRole('button', { name: 'ทำไฟล์จากงานที่ยังไม่ถึงเซิร์ฟเวอร์ 1 รายการ' }).click()
  const file = join(files, (await downloading).suggestedFilename())
  expect(file).toMatch(/bowon-sealed-\d{4}-\d\d-\d\d\.txt$/)
  await (await downloading).saveAs(file)
  await kanda.context.close()

  const malee = await openTablet(courier)
  await signIn(malee.page, server, 'malee', testPassword)
  await untilOffline(malee.page)
  await malee.context.setOffline(true)
  await malee.page.goto(`${server.url}/tablet`)
  await malee.page.setInputFiles('#sealed-file', {
    name: 'other.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('a'),
  })
  await malee.page.getByText('ไม่ใช่ไฟล์ปิดผนึกของบวร').waitFor()
  for (let twice = 0; twice < 2; twice++) {
    await malee.page.reload()
    await malee.page.setInputFiles('#sealed-file', file)
    await malee.page.getByText('รับไฟล์แล้ว จะส่งให้เองเมื่อมีสัญญาณ').waitFor()
  }
  expect(await malee.page.getByText(/ไฟล์ปิดผนึก [\d.,]+ กิโลไบต์/).count()).toBe(1)
  await malee.context.close()

  // the words lie on the tablet on which they were typed, where the scanner finds them, and nowhere else
  expect(findWords(origin, [secret]).length).toBeGreaterThan(0)
  expect(findWords(courier, [secret])).toEqual([])
  expect(findWords(files, [secret])).toEqual([])
  // and her own storage is one that the scanner can read: the file itself is found in it
  expect(findWords(courier, ['YWdlLWVuY3J5cHRpb24ub3JnL3Yx']).length).toBeGreaterThan(0)

  const later = await openTablet(courier)
  const delivered = later.page.waitForResponse((one) => one.url().endsWith('/api/courier') && one.ok())
  await later.page.goto(`${server.url}/tablet`)
  await delivered
  await later.page.getByRole('heading', { name: 'ไฟล์ที่ฝากเครื่องนี้ส่ง' }).waitFor()
  await expect.poll(() => later.page.getByText(/ไฟล์ปิดผนึก [\d.,]+ กิโลไบต์/).count()).toBe(0)
  await later.context.close()

  const back = await openTablet(origin)
  await back.page.goto(`${server.url}/tablet`)
  await back.page.getByText(/แท็บเล็ต ส่งถึงเซิร์ฟเวอร์ให้แล้ว 1 รายการ/).waitFor()
  await untilSent(back.page)
  await back.context.close()
})
