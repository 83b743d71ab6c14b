/** Locks as the leader needs them: held until released, and freed by the browser when the tab dies. */
export interface LeaderLock {
  /** Runs `lead` once this tab holds the lock, and gives the lock back when its promise resolves. */
  hold(name: string, lead: () => Promise<void>): void
}

export const webLeaderLock: LeaderLock = {
  hold(name, lead) {
    if (navigator.locks) void navigator.locks.request(name, lead)
    else void lead()
  },
}

/** One tab exchanges with the server at a time. `begin` starts it and answers how to end it; the answer of `lead` resigns. */
export const lead = (lock: LeaderLock, begin: () => () => void): (() => void) => {
  let resign = () => {}
  let resigned = false
  lock.hold('bowon-leader', () => {
    if (resigned) return Promise.resolve()
    const end = begin()
    return new Promise((resolve) => {
      resign = () => {
        end()
        resolve()
      }
    })
  })
  return () => {
    resigned = true
    resign()
  }
}
