import { readdirSync, readFileSync } from 'node:fs'
import { type BrowserContext, chromium } from 'playwright-core'

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

export const chromiumPath = '/usr/bin/chromium'

/** Chromium, or a command that runs it, on a profile that stays when it is killed. */
export const openBrowser = (profile: string, executablePath = chromiumPath): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: quiet,
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
  })

/** Every process of the browser on this profile; nobody else's. */
export const processesOf = (profile: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && commandOf(pid).includes(`--user-data-dir=${profile}`))

const commandOf = (pid: number): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** The main process first: without it the others end by themselves, and no orderly shutdown can begin. */
export const killBrowser = async (profile: string): Promise<void> => {
  for (const pid of processesOf(profile)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // gone already
    }
  }
  while (processesOf(profile).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
}
