import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayOpen, places } from '#src/app/places.ts'
import { firstIdOf, signIn, untilOffline } from '#test/support/app.ts'
import { forgetBrowser, openBrowser } from '#test/support/browser.ts'
import { findInText, findWords } from '#test/support/leak-scanner.ts'
import { filledPath, routePatterns } from '#test/support/routes.ts'
import { type Sample, type SampleRecord, startSample } from '#test/support/sample.ts'

let sample: Sample
let observer: BrowserContext
let page: Page
let stored: readonly SampleRecord[]
let herself: SampleRecord
const profiles = { observer: '', officer: '' }
const closed = 'บัญชีของคุณเปิดหน้านี้ไม่ได้'

beforeAll(async () => {
  sample = await startSample()
  stored = sample.records()
  herself = of('staff').find(({ values }) => Object.hasOwn(values.roles as object, 'observer'))!
  for (const who of ['observer', 'officer'] as const) profiles[who] = mkdtempSync(join(tmpdir(), `bowon-${who}-`))
  observer = await openBrowser(profiles.observer)
  page = observer.pages()[0]!
})
afterAll(async () => {
  for (const profile of Object.values(profiles)) await forgetBrowser(profile)
  await sample.end()
})

const of = (kind: string) => stored.filter((one) => one.kind === kind)
const texts = (values: readonly unknown[]) =>
  [...new Set(values.filter((one) => typeof one === 'string' && one !== ''))] as string[]

/** Everybody's names but her own: each as it would lie in a record, and by itself where nothing that she may read has the same word. */
const namesOfOthers = () => {
  const others = of('staff').filter(({ id }) => id !== herself.id)
  const guests = of('training-session').flatMap(({ values }) =>
    Object.values((values.trainers ?? {}) as Record<string, { name?: string }>).map(({ name }) => name),
  )
  const field = (name: string) => of('person').map(({ values }) => values[name])
  const short = texts([...field('givenName'), ...field('nickname')])
  const whole = texts([
    ...others.map(({ values }) => values.name),
    ...guests,
    ...of('activity').map(({ values }) => values.facilitator),
    ...field('familyName'),
  ])
  // a short name may be a word of the app, of a place or of a list as well: what is left is searched for as it lies in a person's record
  const ofTheProgram = new Set(findWords('dist', [...short, ...whole]).map(({ word }) => word))
  const ofWhatIsOpen = JSON.stringify([herself, ...['place', 'code-list', 'curriculum'].flatMap(of)])
  const inRecords = ['givenName', 'nickname', 'familyName'].flatMap((name) =>
    texts(field(name)).map((text) => `${JSON.stringify(name)}:${JSON.stringify(text)}`),
  )
  const free = [...whole, ...short].filter((word) => !ofTheProgram.has(word) && !ofWhatIsOpen.includes(word))
  return { words: [...free, ...inRecords], ids: of('person').map(({ id }) => id), free }
}

test('an observer opens every screen by its path, and in her browser’s profile there is no name but her own', async () => {
  const { words, ids, free } = namesOfOthers()
  expect(free.length).toBeGreaterThan(30)
  expect(ids.length).toBeGreaterThan(100)
  await signIn(page, sample.server, sample.usernames.observer, sample.password)
  await untilOffline(page)
  expect(await firstIdOf(page, 'curriculum')).not.toBeNull()

  const paths = [
    ...new Set(routePatterns().map((one) => filledPath(one, (kind) => (of(kind)[0] ?? of('person')[0]!).id))),
    '/switch',
    '/sign-in',
    '/no-such-page',
    '/training//new',
  ]
  for (const { path } of places)
    expect(
      paths.some((one) => one.startsWith(path)),
      path,
    ).toBe(true)
  expect(paths.length).toBeGreaterThan(40)
  const standing = { staff: herself.id, roles: ['observer'] as const, places: [] }
  const seen: string[] = []
  for (const path of paths) {
    await page.goto(`${sample.server.url}${path}`)
    if (mayOpen(path, standing)) await page.locator('main h1, main h2').first().waitFor()
    else await page.getByText(closed).first().waitFor()
    seen.push(...findInText((await page.textContent('body')) ?? '', free).map(({ word }) => `${path} ${word}`))
  }
  expect(seen).toEqual([])
  // with no network the same, from what lies here
  await observer.setOffline(true)
  await page.goto(`${sample.server.url}/training`)
  await page.getByText(closed).first().waitFor()
  await page.getByText('วิทยากร').first().waitFor()
  await observer.close()

  const officer = await openBrowser(profiles.officer)
  const tablet = officer.pages()[0]!
  await signIn(tablet, sample.server, sample.usernames.officer, sample.password)
  expect(await firstIdOf(tablet, 'attendance')).not.toBeNull()
  await tablet.goto(`${sample.server.url}/training/${of('training-session')[0]!.id}`)
  await tablet.locator('main h1, main h2').first().waitFor()
  await officer.close()

  // a search that finds nothing must be one that finds what is there: the same words in an officer's profile, and hers in her own
  const there = new Set(findWords(profiles.officer, [...words, ...ids]).map(({ word }) => word))
  expect(words.filter((word) => there.has(word)).length).toBeGreaterThan(20)
  expect(ids.filter((id) => there.has(id)).length).toBeGreaterThan(20)
  const own = [String(herself.values.name), String(of('place')[0]!.values.name)]
  expect(new Set(findWords(profiles.observer, own).map(({ word }) => word))).toEqual(new Set(own))
  // what she typed herself is in her history
  const untyped = ids.filter((id) => !paths.some((path) => path.includes(id)))
  expect(findWords(profiles.observer, [...words, ...untyped])).toEqual([])
})
