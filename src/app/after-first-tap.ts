import type { Store } from '#src/store/store.ts'
import type { StorePorts } from '#src/store/types.ts'
import { browserSyncPorts } from '#src/sync/browser.ts'
import { type Sync, startSync } from '#src/sync/sync.ts'
import { registerServiceWorker } from './update.ts'

/** What the first screen does not need: the exchange with the server, and the service worker. */
export const beginExchange = async (store: Store, ports: StorePorts): Promise<Sync> => {
  registerServiceWorker()
  return startSync(browserSyncPorts(store, ports, __BUILT_AT__))
}
