import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type BrowserContext, chromium } from 'playwright-core'

export const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

export const chromiumPath = '/usr/bin/chromium'

/** Both ways in which Chromium keeps IndexedDB: tablets in the field have either. */
export const indexedDbBackends = [
  { backend: 'LevelDB', flags: ['--disable-features=IdbSqliteBackingStore'] },
  { backend: 'SQLite', flags: ['--enable-features=IdbSqliteBackingStore'] },
] as const

/** Chromium on a profile that stays when it is killed. `runs` is a command that runs it instead, `flags` are more of its own. */
export const openBrowser = (
  profile: string,
  { runs = chromiumPath, flags = [] }: { runs?: string; flags?: readonly string[] } = {},
): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath: runs,
    headless: true,
    args: [...quiet, ...flags],
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

/** Ends the browser and deletes its profile; its helpers may write for a moment after it is gone. */
export const forgetBrowser = async (profile: string): Promise<void> => {
  await killBrowser(profile)
  await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}
