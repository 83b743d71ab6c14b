import { type Failure, failure } from '#domain/kernel/failure.ts'
import { batchSize } from './batch.ts'
import { carry } from './courier.ts'
import { bytesOf, exchangeOnce } from './round.ts'
import type { Watch } from './schedule.ts'
import type { Sending, SyncState } from './state.ts'
import type { SyncPorts } from './sync.ts'

/** One exchange after the other until both sides are quiet; answers the failure that stopped it. */
export const exchangeUntilQuiet = async (
  ports: Exchanging,
  watch: Watch,
  tell: (change: Partial<SyncState>) => void,
): Promise<Failure | null> => {
  const { store } = ports
  const size = batchSize()
  const began = ports.monotonic()
  let sending: Sending = { done: 0, total: 0, bytes: 0, ofBytes: 0, ms: 0 }
  const getOn = (change: Partial<Sending>) => {
    sending = { ...sending, ...change, ms: ports.monotonic() - began }
    if (watch.alive()) tell({ sending })
  }
  try {
    const queue = await store.exchange.queue()
    getOn({ total: queue.length, ofBytes: bytesOf(queue) })
    for (;;) {
      const { bytes } = sending
      const outcome = await exchangeOnce(
        { ...roundOf(ports), alive: watch.alive, moved: (out) => getOn({ bytes: bytes + out }) },
        size,
      )
      if (!watch.alive()) return null
      if (outcome.state === 'later' || outcome.state === 'stuck') {
        tell({ sending: null, reading: null, failure: outcome.failure })
        return outcome.failure
      }
      const { waiting, serverNow, receivedAt, reading, head, reads, revoked, ...left } = outcome.progress
      const total = Math.max(sending.total, waiting)
      const ofBytes = Math.max(sending.ofBytes, left.bytes)
      getOn({ total, ofBytes, done: total - waiting, bytes: ofBytes - left.bytes })
      tell({ lastAnswer: serverNow, ahead: receivedAt - serverNow, failure: null, reading, head, reads, revoked })
      if (outcome.state === 'quiet') {
        tell({ sending: null })
        const { courier } = ports
        if (courier) await carry({ ...roundOf(ports), store, courier })
        // what another tab had saved meanwhile goes first
        if (revoked && !(await store.wipe())) continue
        if (!revoked) await store.exchange.prune()
        return null
      }
    }
  } catch {
    // a fault of storage: nothing was taken in, and the same is asked again
    const why = failure('tablet-storage')
    if (watch.alive()) tell({ sending: null, reading: null, failure: why })
    return why
  }
}

type Exchanging = Pick<SyncPorts, 'store' | 'transport' | 'courier' | 'verify' | 'now' | 'monotonic' | 'mayRead'>

const roundOf = (ports: Exchanging) => ({
  ...ports,
  exchange: ports.store.exchange,
  identity: () => ports.store.people.identity.peek(),
  person: () => (ports.mayRead?.() === false ? null : (ports.store.people.current.peek()?.id ?? null)),
})
