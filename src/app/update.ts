import { Workbox } from 'workbox-window'
import { workerUrl } from '#src/store/trusted.ts'
import { waitingVersion } from './update-state.ts'

/** Registers the service worker once the first screen answers; a page without one still works while there is a network. */
export const registerServiceWorker = (): void => {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const workbox = new Workbox(workerUrl('/service-worker.js'))
  workbox.addEventListener('waiting', () => {
    waitingVersion.value = () => void workbox.messageSW({ type: 'take-over' })
  })
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    if (isUpdate) location.reload()
  })
  void workbox.register({ immediate: true })
}
