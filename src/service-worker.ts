/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

// The shell and its chunks, nothing else: no record ever lies in a cache, and only GET is looked at.
cleanupOutdatedCaches()
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//] }))

// A new version waits until the person says so (app/update.ts): it never takes over while a form is open.
self.addEventListener('message', (event) => {
  if (event.data?.type === 'take-over') void self.skipWaiting()
})

/** Background Sync only wakes: the outbox is the page's, because a queue in here would be emptied after seven days. */
self.addEventListener('sync', (event) => {
  const { waitUntil } = event as ExtendableEvent & { waitUntil: ExtendableEvent['waitUntil'] }
  waitUntil.call(
    event,
    self.clients.matchAll({ type: 'window' }).then((pages) => {
      for (const page of pages) page.postMessage('bowon-wake')
    }),
  )
})
