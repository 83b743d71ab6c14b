/** A tablet that lies there unlocked is anybody's: after this long without a touch it locks, in all tabs. */
export const idleMs = 10 * 60_000

export interface IdlePorts {
  /** The wall clock, and one that never goes back; both in milliseconds. */
  now(): number
  monotonic(): number
  lock(): void
}

/**
 * Whether somebody has been idle for too long: by the longer of two clocks, because one of them stands still while a tablet sleeps. A wall clock
 * that goes back locks: whoever sets it may want the ten minutes to begin again.
 */
export const idleLock = ({ now, monotonic, lock }: IdlePorts) => {
  let wall = now()
  let steady = monotonic()
  let seen = wall
  return {
    /** Somebody has touched the tablet; by then it may have been idle for too long already. */
    touched() {
      this.look()
      wall = now()
      steady = monotonic()
    },
    look() {
      const at = now()
      const wentBack = at < seen - backMs
      seen = at
      if (!wentBack && Math.max(at - wall, monotonic() - steady) < idleMs) return
      wall = at
      steady = monotonic()
      lock()
    },
  }
}

/** Clocks are set right by a second or two all the time. */
const backMs = 5000
