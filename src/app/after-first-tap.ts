import { findInterrupted } from '#src/complaint/interrupted.ts'
import type { Api } from '#src/session/api.ts'
import type { Session } from '#src/session/session.ts'
import { watchIdle } from '#src/session/watch-idle.ts'
import type { Store } from '#src/store/store.ts'
import type { StorePorts } from '#src/store/types.ts'
import { browserSyncPorts } from '#src/sync/browser.ts'
import { type Sync, startSync } from '#src/sync/sync.ts'
import { followDesk } from './follow-desk.ts'
import { askWhatWasErased, mirrorSaved } from './kept.ts'
import { registerServiceWorker } from './update.ts'

/**
 * What the first screen does not need: the lock of whoever leaves the tablet lying, the exchange with the server, the service worker, the
 * clearing away of old intakes, and what is known of a tablet that was erased.
 */
export const beginExchange = async (
  store: Store,
  api: Api,
  session: Session,
  ports: Pick<StorePorts, 'verify'>,
): Promise<Sync> => {
  const mayRead = watchIdle(session)
  registerServiceWorker()
  // what nobody decided upon within seven days is destroyed at a start, not only when somebody looks
  void findInterrupted(store, Date.now())
  mirrorSaved(store)
  followDesk(store, session)
  void askWhatWasErased(store, api)
  addEventListener('online', () => void askWhatWasErased(store, api))
  return startSync({ ...browserSyncPorts(store, ports, __BUILT_AT__), mayRead })
}
