import { idleLock } from './idle-lock.ts'
import type { Session } from './session.ts'

const lookEvery = 5000

/** Locks this browser's tabs together: a touch in one keeps all of them open, and one that locks locks all. */
export const watchIdle = (session: Pick<Session, 'lock'>): void => {
  const others = new BroadcastChannel('bowon-lock')
  const idle = idleLock({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    lock() {
      session.lock()
      others.postMessage('lock')
    },
  })
  let toldAt = Number.NEGATIVE_INFINITY
  const touched = () => {
    idle.touched()
    if (performance.now() - toldAt < lookEvery) return
    toldAt = performance.now()
    others.postMessage('touched')
  }
  for (const event of ['pointerdown', 'keydown', 'wheel'])
    addEventListener(event, touched, { capture: true, passive: true })
  others.onmessage = ({ data }) => (data === 'lock' ? session.lock() : idle.touched())
  document.addEventListener('visibilitychange', () => idle.look())
  setInterval(() => idle.look(), lookEvery)
}
