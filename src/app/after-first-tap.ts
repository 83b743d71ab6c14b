import { findInterrupted } from '#src/complaint/interrupted.ts'
import type { Store } from '#src/store/store.ts'
import type { StorePorts } from '#src/store/types.ts'
import { browserSyncPorts } from '#src/sync/browser.ts'
import { type Sync, startSync } from '#src/sync/sync.ts'
import { registerServiceWorker } from './update.ts'

/** What the first screen does not need: the exchange with the server, the service worker, and the clearing away of old intakes. */
export const beginExchange = async (store: Store, ports: Pick<StorePorts, 'verify'>): Promise<Sync> => {
  registerServiceWorker()
  // what nobody decided upon within seven days is destroyed at a start, not only when somebody looks
  void findInterrupted(store, Date.now())
  return startSync(browserSyncPorts(store, ports, __BUILT_AT__))
}
