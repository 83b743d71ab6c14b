import { computed, effect, signal } from '@preact/signals'
import { type Failure, failure } from '#domain/kernel/failure.ts'
// fetched together with this, so that the store finds it at once
import '#src/store/exchange-late.ts'
import type { Store } from '#src/store/store.ts'
import type { Reading, StorePorts } from '#src/store/types.ts'
import { type Badge, badgeOf } from './badge.ts'
import { batchSize } from './batch.ts'
import { type ClockTrouble, clockTrouble, fallenBehind } from './clock.ts'
import { type LeaderLock, lead } from './leader.ts'
import { exchangeOnce } from './round.ts'
import { createSchedule, type Timers, type Trigger } from './schedule.ts'
import type { Transport } from './transport.ts'

/** What every tab shows of the exchange; the leading tab tells the others. */
interface SyncState {
  readonly sending: { readonly done: number; readonly total: number } | null
  /** When the server last answered, by its own clock, in milliseconds; 0 never since this tablet was started. */
  readonly lastAnswer: number
  /** How far the wall clock was ahead of the server's then, in milliseconds. */
  readonly ahead: number
  /** Why the last exchange failed; null when it did not. `unavailable` is no network. */
  readonly failure: Failure | null
  /** False when the server gave nothing to read: somebody must sign in again to receive. */
  readonly reads: boolean
  /** The server has revoked this tablet. */
  readonly revoked: boolean
}

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

const silent: SyncState = { sending: null, lastAnswer: 0, ahead: 0, failure: null, reads: true, revoked: false }

/** Keeps this tablet and the server telling the same, from whichever tab leads. */
export const startSync = (ports: SyncPorts): Sync => {
  const { store, channel } = ports
  const state = signal(silent)
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
    schedule = createSchedule({ ...ports, now: ports.monotonic, run: () => exchangeUntilQuiet(ports, tell) })
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
  tell: (change: Partial<SyncState>) => void,
): Promise<Failure | null> => {
  const { store } = ports
  const size = batchSize()
  const round = {
    ...ports,
    exchange: store.exchange,
    identity: () => store.people.identity.peek(),
    person: () => store.people.current.peek()?.id ?? null,
  }
  const before = (await store.exchange.queue()).length
  let total = before
  tell({ sending: { done: 0, total } })
  try {
    for (;;) {
      const outcome = await exchangeOnce(round, size)
      if (outcome.state === 'later' || outcome.state === 'stuck') {
        tell({ sending: null, failure: outcome.failure })
        return outcome.failure
      }
      const { waiting, serverNow, receivedAt, reads, revoked } = outcome.progress
      total = Math.max(total, waiting)
      const known = { lastAnswer: serverNow, ahead: receivedAt - serverNow, failure: null, reads, revoked }
      tell({ ...known, sending: outcome.state === 'quiet' ? null : { done: total - waiting, total } })
      if (outcome.state === 'quiet') {
        if (revoked) await store.wipe()
        else await store.exchange.prune()
        return null
      }
    }
  } catch {
    // a fault of storage: nothing was taken in, and the same is asked again
    const why = failure('tablet-storage')
    tell({ sending: null, failure: why })
    return why
  }
}
