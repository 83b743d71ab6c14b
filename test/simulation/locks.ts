import type { Locks } from '#src/store/types.ts'
import type { LeaderLock } from '#src/sync/leader.ts'
import type { Holder } from './disk.ts'

/** Web Locks of one tablet: what a page holds is free again the moment it dies. */
export interface TabletLocks {
  forPage(page: Holder): Locks & LeaderLock
  /** To be called after a page has died. */
  freeDead(): void
}

interface Request {
  readonly page: Holder
  readonly begin: () => Promise<void>
}

export const tabletLocks = (soon: (run: () => void) => void): TabletLocks => {
  const held = new Map<string, Request>()
  const waiting = new Map<string, Request[]>()

  const grantNext = (name: string) => {
    const queue = (waiting.get(name) ?? []).filter(({ page }) => page.alive)
    const next = queue.shift()
    waiting.set(name, queue)
    if (!next) return void held.delete(name)
    held.set(name, next)
    soon(() => {
      if (held.get(name) !== next) return
      if (!next.page.alive) return grantNext(name)
      const release = () => held.get(name) === next && grantNext(name)
      next.begin().then(release, release)
    })
  }

  const request = (name: string, one: Request) => {
    waiting.set(name, [...(waiting.get(name) ?? []), one])
    if (!held.has(name)) grantNext(name)
  }

  return {
    forPage: (page) => ({
      exclusive: (name, work) =>
        new Promise((resolve, reject) => {
          if (!page.alive) return
          request(name, { page, begin: () => work().then(resolve, reject) })
        }),
      hold: (name, lead) => request(name, { page, begin: lead }),
    }),
    freeDead() {
      for (const [name, { page }] of [...held]) if (!page.alive) grantNext(name)
    },
  }
}
