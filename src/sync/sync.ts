import { computed, effect, signal } from '@preact/signals'
import { type Failure, failure } from '#domain/kernel/failure.ts'
// fetched together with this, so that the store finds it at once
import '#src/store/exchange-late.ts'
import type { Store } from '#src/store/store.ts'
import type { Reading, StorePorts } from '#src/store/types.ts'
import { type Badge, badgeOf } from './badge.ts'
import { batchSize } from './batch.ts'
import { type ClockTrouble, clockTrouble, fallenBehind } from './clock.ts'
import { carry } from './courier.ts'
import { type LeaderLock, lead } from './leader.ts'
import { bytesOf, exchangeOnce } from './round.ts'
import { createSchedule, type Timers, type Trigger, type Watch } from './schedule.ts'
import { type Sending, type SyncState, silence } from './state.ts'
import type { Transport } from './transport.ts'

export interface Sync {
  readonly state: Reading<SyncState>
  readonly badge: Reading<Badge>
  readonly clock: Reading<ClockTrouble | null>
  /** Asks for an exchange now, from any tab. */
  ask(trigger?: Trigger): void
  stop(): void
}

/** Speaks to the other tabs of this tablet. */
export interface Channel {
  post(message: ChannelMessage): void
  listen(hear: (message: ChannelMessage) => void): void
}
export type ChannelMessage = { readonly ask: Trigger } | { readonly state: SyncState }

export interface SyncPorts {
  readonly store: Store
  readonly transport: Transport
  /** Brings files of other tablets; absent where there is none to bring. */
  readonly courier?: Transport
  readonly verify: StorePorts['verify']
  readonly lock: LeaderLock
  readonly channel: Channel
  readonly timers: Timers
  now(): number
  /** Milliseconds that never go back. */
  monotonic(): number
  /** Between 0 and 1. */
  random(): number
  readonly builtAt: number
  /** Calls back whenever something outside asks for an exchange; answers how to stop. */
  triggers(ask: (trigger: Trigger) => void): () => void
}

/** Keeps this tablet and the server telling the same, from whichever tab leads. */
export const startSync = (ports: SyncPorts): Sync => {
  const { store, channel } = ports
  const state = signal(silence)
  const now = signal(ports.now())
  const start = { wall: ports.now(), monotonic: ports.monotonic() }
  const tell = (change: Partial<SyncState>) => {
    state.value = { ...state.peek(), ...change }
    channel.post({ state: state.value })
  }
  let schedule: ReturnType<typeof createSchedule> | null = null

  const ask = (trigger: Trigger) => {
    now.value = ports.now()
    if (schedule) schedule.ask(trigger)
    else channel.post({ ask: trigger })
  }
  channel.listen((message) => {
    if ('ask' in message) schedule?.ask(message.ask)
    else if (!schedule) state.value = message.state
  })

  const resign = lead(ports.lock, () => {
    schedule = createSchedule({
      ...ports,
      now: ports.monotonic,
      run: (watch) => exchangeUntilQuiet(ports, watch, tell),
    })
    void store.exchange.replay().then(() => schedule?.ask('start'))
    return () => {
      schedule?.stop()
      schedule = null
    }
  })
  const quiet = ports.triggers(ask)
  const waiting = computed(() => store.counts.value.waiting)
  const person = computed(() => store.people.current.value?.id)
  const saving = onChange(waiting, (count, before) => count > before && ask('save'))
  const credential = computed(() => store.people.identity.value.credential)
  const switching = onChange(person, (someone) => someone && ask('asked'))
  const registering = onChange(credential, (known) => known && ask('asked'))

  return {
    state,
    badge: computed(() => badgeOf({ ...store.counts.value, sending: state.value.sending })),
    clock: computed(() =>
      clockTrouble({
        now: now.value,
        builtAt: ports.builtAt,
        seen: Math.max(state.value.lastAnswer, store.exchange.seen()),
        ahead: state.value.ahead,
        fallen: fallenBehind(start, { wall: now.value, monotonic: ports.monotonic() }),
      }),
    ),
    ask: (trigger = 'asked') => ask(trigger),
    stop() {
      saving()
      switching()
      registering()
      quiet()
      resign()
    },
  }
}

const onChange = <T>(reading: Reading<T>, react: (value: T, before: T) => void): (() => void) => {
  let before = reading.peek()
  return effect(() => {
    const { value } = reading
    if (value === before) return
    const was = before
    before = value
    react(value, was)
  })
}

/** One exchange after the other until both sides are quiet; answers the failure that stopped it. */
const exchangeUntilQuiet = async (
  ports: SyncPorts,
  watch: Watch,
  tell: (change: Partial<SyncState>) => void,
): Promise<Failure | null> => {
  const { store } = ports
  const size = batchSize()
  const began = ports.monotonic()
  const queue = await store.exchange.queue()
  let sending: Sending = { done: 0, total: queue.length, bytes: 0, ofBytes: bytesOf(queue), ms: 0 }
  const getOn = (change: Partial<Sending>) => {
    sending = { ...sending, ...change, ms: ports.monotonic() - began }
    if (watch.alive()) tell({ sending })
  }
  getOn({})
  try {
    for (;;) {
      const { bytes } = sending
      const outcome = await exchangeOnce({ ...roundOf(ports), moved: (out) => getOn({ bytes: bytes + out }) }, size)
      if (!watch.alive()) return null
      if (outcome.state === 'later' || outcome.state === 'stuck') {
        tell({ sending: null, reading: null, failure: outcome.failure })
        return outcome.failure
      }
      const { waiting, serverNow, receivedAt, reading, reads, revoked, ...left } = outcome.progress
      const total = Math.max(sending.total, waiting)
      const ofBytes = Math.max(sending.ofBytes, left.bytes)
      getOn({ total, ofBytes, done: total - waiting, bytes: ofBytes - left.bytes })
      tell({ lastAnswer: serverNow, ahead: receivedAt - serverNow, failure: null, reading, reads, revoked })
      if (outcome.state === 'quiet') {
        tell({ sending: null })
        const { courier } = ports
        if (courier) await carry({ ...roundOf(ports), store, courier })
        if (revoked) await store.wipe()
        else await store.exchange.prune()
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

const roundOf = (ports: SyncPorts) => ({
  ...ports,
  exchange: ports.store.exchange,
  identity: () => ports.store.people.identity.peek(),
  person: () => ports.store.people.current.peek()?.id ?? null,
})
