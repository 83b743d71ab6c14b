import { Workbox } from 'workbox-window'
import { anyDirty } from '#src/capture/dirty.ts'
import { workerUrl } from '#src/store/trusted.ts'
import { waitingVersion } from './update-state.ts'

/** Registers the service worker once the first screen answers; a page without one still works while there is a network. */
export const registerServiceWorker = (): void => {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const workbox = new Workbox(workerUrl('/service-worker.js'))
  workbox.addEventListener('waiting', () => {
    waitingVersion.value = () => void letTakeOver()
  })
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    if (!isUpdate) return
    // another tab let it take over: what is typed here comes first
    if (anyDirty.peek()) waitingVersion.value = () => location.reload()
    else location.reload()
  })
  void workbox.register({ immediate: true })
  lookForNewVersions(workbox)
}

const lookAtMostEvery = 3_600_000

/**
 * By itself a browser looks for a new version at a navigation only, and a page may stay open on a tablet for weeks: it is looked for when somebody takes the
 * tablet up, and while it lies open.
 */
const lookForNewVersions = (workbox: Workbox): void => {
  let lookedAt = performance.now()
  const look = () => {
    if (document.hidden || !navigator.onLine || performance.now() - lookedAt < lookAtMostEvery) return
    lookedAt = performance.now()
    // a line that fails in between: the next look brings it
    workbox.update().catch(() => undefined)
  }
  document.addEventListener('visibilitychange', look)
  setInterval(look, lookAtMostEvery)
}

/** Asks the one that waits now: Workbox's own is, once a page is a minute old, the one that runs, and a later one may have come since. */
const letTakeOver = async () => {
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting
  if (waiting) waiting.postMessage({ type: 'take-over' })
  else location.reload()
}
