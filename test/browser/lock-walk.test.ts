import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attendanceId } from '#domain/kernel/id.ts'
import { idsOf, signIn, untilSent, visitUnlocked } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { addStaff, beginWith, testPassword } from '#test/support/client.ts'
import { makeId } from '#test/support/province.ts'
import { type RunningServer, startServer } from '#test/support/whole-server.ts'

// A supervisor checks forty people in, on a tablet, on her own clock. Where does the lock stand in her way? (docs/decisions/0018)

const minute = 60_000
/** Minutes after the door opens: a crowd, then drops, then a lesson with four who are late. */
const arrivals = [...Array.from({ length: 30 }, (_, at) => at * 0.4), ...[15, 18, 21, 24, 27, 30], ...[45, 57, 69, 74]]

let server: RunningServer
const session = makeId()
const profile = mkdtempSync(join(tmpdir(), 'bowon-arrivals-'))
beforeAll(async () => {
  server = await startServer()
  const admin = await beginWith(server)
  const place = makeId()
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
  const people = arrivals.map(() => makeId())
  await admin.write(
    { kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } },
    { kind: 'training-session', record: session, set: { place, heldOn: today, title: 'อบรมสมมติ' } },
    ...people.map((record, at) => ({ kind: 'person', record, set: { place, givenName: `ผู้เรียนสมมติ ${at + 1}` } })),
    ...people.map((person) => ({
      kind: 'attendance',
      record: attendanceId(session, person),
      set: { session, person },
    })),
  )
  await addStaff(server, admin, { name: 'วิมล สมมติ', username: 'wimon', roles: ['supervisor'], wholeProvince: true })
})
afterAll(async () => {
  await forgetBrowser(profile)
  await server.stop()
  server.forget()
})

const isLocked = (page: Page) => page.locator('#unlock-password').isVisible()

test('the lock stands before who comes after ten idle minutes, and no tap is lost to it', async () => {
  const context = await openBrowser(profile)
  const page = context.pages()[0]!
  await page.setViewportSize({ width: 820, height: 1180 })
  await page.clock.install()
  await signIn(page, server, 'wimon', testPassword)
  await expect.poll(() => idsOf(page, 'attendance')).toHaveLength(arrivals.length)
  await visitUnlocked(page, `${server.url}/training/${session}/check-in`, testPassword)
  await page
    .locator('.check-row')
    .nth(arrivals.length - 1)
    .waitFor()
  const stood: number[] = []
  for (const [at, time] of arrivals.entries()) {
    if (at > 0) await page.clock.fastForward(Math.round((time - arrivals[at - 1]!) * minute))
    await page.waitForFunction(() => document.querySelector('#unlock-password, .check-row') !== null)
    if (await isLocked(page)) {
      stood.push(at + 1)
      await page.fill('#unlock-password', testPassword)
      await page.click('button[type=submit]')
    }
    // she is back where she was: at the roster, with everybody who had come
    const left = page.getByText(`ยังไม่มา ${arrivals.length - at} คน`, { exact: true })
    await left.waitFor()
    await page.getByText(`ผู้เรียนสมมติ ${at + 1}`, { exact: true }).click()
    await left.waitFor({ state: 'hidden' })
  }
  console.log(
    `lock: ${arrivals.length} arrivals in ${arrivals.at(-1)} minutes, the password was asked for at arrivals ${stood.join(', ')}`,
  )
  expect(stood).toEqual([37, 38, 39])
  await untilSent(page)
  await context.close()
})
