import { type Failure, failure } from '#domain/kernel/failure.ts'
import { pauseAfter } from './backoff.ts'

/** Why an exchange is asked for. `save` and `timer` wait out a back-off; the others say that things may have changed. */
export type Trigger = 'start' | 'save' | 'online' | 'visible' | 'wake' | 'timer' | 'asked'

export interface Timers {
  /** Runs it once after so many milliseconds; answers how to call it off. */
  after(ms: number, run: () => void): () => void
}

export interface SchedulePorts {
  readonly timers: Timers
  random(): number
  /** Milliseconds that never go back: a wall clock put right would keep it waiting for as long as it had been wrong. */
  now(): number
  /** Exchanges until both sides are quiet; the failure that stopped it, or null. */
  run(watch: Watch): Promise<Failure | null>
}

/** Keeps an exchange from being given up while it gets on. */
export interface Watch {
  /** To be called at every step and with every byte. False once the exchange was given up: it must end without a word. */
  alive(): boolean
}

export interface Schedule {
  ask(trigger: Trigger): void
  stop(): void
}

const patient: ReadonlySet<Trigger> = new Set(['save', 'timer'])
const restMs = 60_000
/**
 * An exchange that shows no life for this long is given up and begun anew: storage that never answers (iOS), a promise that the browser
 * forgot. Longer than the transport's own patience.
 */
const stuckMs = 120_000

/** When to exchange: never two at a time, after failures with growing pauses, and every minute while somebody is there. */
export const createSchedule = (ports: SchedulePorts): Schedule => {
  let running = false
  /** Asked for while one was under way, and by what says that things may have changed. */
  let askedAgain = false
  let askedAnew = false
  let stopped = false
  let failuresInARow = 0
  /** Not before: the server's own word, which no trigger overrides. */
  let notBefore = 0
  let cancel = () => {}
  /** Which exchange counts; one that was given up is no longer it. */
  let turn = 0

  const later = (ms: number) => {
    cancel()
    cancel = ports.timers.after(ms, () => void go())
  }

  const go = async () => {
    if (stopped) return
    if (running) {
      askedAgain = true
      return
    }
    cancel()
    running = true
    askedAgain = false
    askedAnew = false
    const mine = ++turn
    const watch = {
      alive() {
        if (mine !== turn || stopped) return false
        cancel()
        cancel = ports.timers.after(stuckMs, () => ended(mine, failure('unavailable', { detail: 'stuck' })))
        return true
      },
    }
    watch.alive()
    ended(mine, await ports.run(watch))
  }

  const ended = (which: number, why: Failure | null) => {
    if (which !== turn || stopped) return
    turn++
    cancel()
    running = false
    // a server that does not know the head has answered, and everything is offered to it again: nothing of before says how long to wait
    const isAnswered = why?.code === 'unknown-head'
    failuresInARow = why ? (isAnswered ? 1 : failuresInARow + 1) : 0
    if (why) {
      const isAnew = askedAnew && why.retryAfter === undefined
      const pause = isAnew ? 0 : pauseAfter(failuresInARow, ports.random, why.retryAfter)
      notBefore = why.retryAfter === undefined ? 0 : ports.now() + pause
      later(pause)
    } else if (askedAgain) later(0)
    else later(restMs)
  }

  return {
    ask(trigger) {
      if (stopped) return
      if (running) {
        askedAgain = true
        askedAnew ||= !patient.has(trigger)
        return
      }
      if (failuresInARow > 0 && patient.has(trigger)) return
      const wait = notBefore - ports.now()
      if (wait > 0) return later(wait)
      void go()
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}
