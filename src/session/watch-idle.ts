import { effect } from '@preact/signals'
import { idleLock } from './idle-lock.ts'
import type { Session } from './session.ts'

const lookEvery = 5000
/** More often than the server stops hearing whoever is silent. */
const refreshEvery = 4 * 60_000

type Told = 'touched' | 'lock' | 'unlocked'

/**
 * Locks this browser's tabs together: a touch in one keeps all of them open, and one that locks locks all. Answers whether the leading tab may
 * read for whoever works here: a tab of theirs is unlocked, this one or another.
 */
export const watchIdle = (session: Pick<Session, 'lock' | 'locked' | 'refresh'>): (() => boolean) => {
  const others = new BroadcastChannel('bowon-lock')
  const tell = (what: Told) => others.postMessage(what)
  let isOpenElsewhere = false
  const idle = idleLock({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    lock() {
      isOpenElsewhere = false
      session.lock()
      tell('lock')
    },
  })
  let toldAt = Number.NEGATIVE_INFINITY
  const touched = () => {
    idle.touched()
    if (performance.now() - toldAt < lookEvery) return
    toldAt = performance.now()
    tell('touched')
  }
  for (const event of ['pointerdown', 'keydown', 'wheel']) {
    addEventListener(event, touched, { capture: true, passive: true })
  }
  others.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data === 'touched') return idle.touched()
    isOpenElsewhere = data === 'unlocked'
    if (data === 'lock') session.lock()
  }
  effect(() => {
    if (!session.locked.value) tell('unlocked')
  })
  document.addEventListener('visibilitychange', () => idle.look())
  setInterval(() => idle.look(), lookEvery)
  setInterval(() => !session.locked.peek() && void session.refresh(), refreshEvery)
  return () => !session.locked.peek() || isOpenElsewhere
}
