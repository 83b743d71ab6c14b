import type { Page } from 'playwright-core'
import type { RunningServer } from './whole-server.ts'

export type Site = Pick<RunningServer, 'url' | 'enrolmentCode'>

/** Opens an administrator's link, which makes the browser a tablet at the sign-in that follows. */
export const openEnrolled = async (page: Page, server: Site): Promise<void> => {
  await page.goto(`${server.url}/enrol#${await server.enrolmentCode()}`)
  await page.click('main .btn--big')
  await page.waitForSelector('#username')
}

/** Enrols a browser that is no tablet yet, fills the sign-in form, and waits for Today. */
export const signIn = async (page: Page, server: Site, username: string, password: string): Promise<void> => {
  await openEnrolled(page, server)
  await fillSignIn(page, username, password)
}

/** Signs in on the form that the page shows, and waits for Today. */
export const fillSignIn = async (page: Page, username: string, password: string): Promise<void> => {
  await page.fill('#username', username)
  await page.fill('#password', password)
  await page.click('button[type=submit]')
  await page.waitForSelector('.today', { timeout: 30_000 })
}

/** Opens a path afresh in the name of somebody with a guarded role: each start locks, and they type their password. */
export const visitUnlocked = async (page: Page, url: string, password: string): Promise<void> => {
  await page.goto(url)
  await unlockTablet(page, password)
}

/** Types the password of whoever works here, and waits until their screens are open. */
export const unlockTablet = async (page: Page, password: string): Promise<void> => {
  await page.fill('#unlock-password', password)
  await page.click('button[type=submit]')
  await page.waitForSelector('.shell', { timeout: 30_000 })
}

/** Waits until the page is controlled by its service worker, which is ready once the whole shell lies in the cache: it needs no network then. */
export const untilOffline = async (page: Page): Promise<void> => {
  await page.evaluate(() => navigator.serviceWorker.ready)
  if (!(await page.evaluate(() => navigator.serviceWorker.controller !== null))) {
    await page.reload()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  }
}

/** Waits for the page without names itself: its address stands a moment before it. */
export const untilAway = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => location.pathname === '/away.html' && document.querySelector('a[href="/"]') !== null)
  await page.waitForLoadState()
}

/** Goes to a path as a link would, without loading the page again. */
export const follow = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => {
    const link = document.createElement('a')
    link.href = to
    document.body.append(link)
    link.click()
    link.remove()
  }, path)

/** Ids of the records of a kind on this tablet: the kind is a clear index, the rest is not looked at. */
export const idsOf = (page: Page, kind: string): Promise<string[]> =>
  page.evaluate(
    (wanted) =>
      new Promise<string[]>((resolve, reject) => {
        const asked = indexedDB.open('bowon')
        asked.onerror = () => reject(asked.error)
        asked.onsuccess = () => {
          const keys = asked.result.transaction('records').objectStore('records').index('kind').getAllKeys(wanted)
          keys.onsuccess = () => {
            asked.result.close()
            resolve(keys.result as string[])
          }
        }
      }),
    kind,
  )

/** Id of a record of a kind, once one has been read from the server; `null` when none has come within half a minute. */
export const firstIdOf = async (page: Page, kind: string): Promise<string | null> => {
  for (const until = Date.now() + 30_000; Date.now() < until; await page.waitForTimeout(200)) {
    const [id] = await idsOf(page, kind)
    if (id) return id
  }
  return null
}

/** How many changes of this tablet wait to be sent. */
export const waitingOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const asked = indexedDB.open('bowon')
        asked.onerror = () => reject(asked.error)
        asked.onsuccess = () => {
          const count = asked.result.transaction('outbox').objectStore('outbox').count()
          count.onsuccess = () => {
            asked.result.close()
            resolve(count.result)
          }
        }
      }),
  )

/** Until so many changes of this tablet wait to be sent. */
export const untilWaiting = async (page: Page, count: number): Promise<void> => {
  const until = Date.now() + 60_000
  for (let waiting = await waitingOf(page); waiting !== count; waiting = await waitingOf(page)) {
    if (Date.now() > until) throw new Error(`${waiting} changes wait to be sent, not ${count}`)
    await page.waitForTimeout(200)
  }
}

/** Until nothing of this tablet waits to be sent. */
export const untilSent = (page: Page): Promise<void> => untilWaiting(page, 0)
