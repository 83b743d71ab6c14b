import { signal } from '@preact/signals'
import { Workbox } from 'workbox-window'
import { workerUrl } from '#src/store/trusted.ts'

/** True while a new version waits for the person's word. */
export const updateWaits = signal(false)
let workbox: Workbox | undefined

/** Registers the service worker once the first screen answers; a page without one still works while there is a network. */
export const registerServiceWorker = (): void => {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  workbox = new Workbox(workerUrl('/service-worker.js'))
  workbox.addEventListener('waiting', () => {
    updateWaits.value = true
  })
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    if (isUpdate) location.reload()
  })
  void workbox.register({ immediate: true })
}

/** Lets the waiting version take over; the page reloads once it has. */
export const takeUpdate = (): void => {
  if (workbox && updateWaits.peek()) void workbox.messageSW({ type: 'take-over' }).catch(() => location.reload())
  else location.reload()
}
