import { computed, effect, signal } from '@preact/signals'
// fetched together with this, so that the store finds it at once
import '#src/store/exchange-late.ts'
import type { Store } from '#src/store/store.ts'
import type { Reading, StorePorts } from '#src/store/types.ts'
import { type Badge, badgeOf } from './badge.ts'
import { type ClockTrouble, clockTrouble, fallenBehind } from './clock.ts'
import { type LeaderLock, lead } from './leader.ts'
import { createSchedule, type Schedule, type Timers, type Trigger } from './schedule.ts'
import { type SyncState, silence } from './state.ts'
import type { Transport } from './transport.ts'
import { exchangeUntilQuiet } from './until-quiet.ts'

export interface Sync {
  readonly state: Reading<SyncState>
  readonly badge: Reading<Badge>
  readonly clock: Reading<ClockTrouble | null>
  /** This tab exchanges with the server, for all tabs of the tablet. */
  readonly leads: Reading<boolean>
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
  /** False while whoever works here has locked their screens: then it only sends. */
  mayRead?(): boolean
  readonly builtAt: number
  /** Calls back whenever something outside asks for an exchange; answers how to stop. */
  triggers(ask: (trigger: Trigger) => void): () => void
  /** Listens to the server for the number of its head, as it moves; answers how to stop. Only a hint: it may never call. */
  listen?(hear: (head: number) => void): () => void
}

/** A leading tab answers at once, unless the browser has frozen it. */
const silenceMs = 10_000

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
  const schedule = signal<Schedule | null>(null)
  /** Runs out when the leading tab has not said a word: the browser has frozen it. */
  let patience: (() => void) | null = null
  const heard = () => {
    patience?.()
    patience = null
  }

  const ask = (trigger: Trigger) => {
    now.value = ports.now()
    if (schedule.peek()) return schedule.peek()!.ask(trigger)
    channel.post({ ask: trigger })
    patience ??= ports.timers.after(silenceMs, () => {
      heard()
      leading.takeOver()
    })
  }
  channel.listen((message) => {
    if ('ask' in message) {
      if (!schedule.peek()) return
      tell({})
      schedule.peek()!.ask(message.ask)
    } else if (!schedule.peek()) {
      heard()
      state.value = message.state
    }
  })

  const leading = lead(ports.lock, () => {
    heard()
    const mine = createSchedule({
      ...ports,
      now: ports.monotonic,
      run: (watch) => exchangeUntilQuiet(ports, watch, tell),
    })
    schedule.value = mine
    const begin = () => mine.ask('start')
    // where the journal cannot be read now, what is in the outbox goes all the same
    store.exchange.replay().then(begin, begin)
    const deaf = listenWhileReading(ports, state, () => mine.ask('wake'))
    return () => {
      mine.stop()
      deaf()
      schedule.value = null
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
    leads: computed(() => schedule.value !== null),
    ask: (trigger = 'asked') => ask(trigger),
    stop() {
      heard()
      saving()
      switching()
      registering()
      quiet()
      leading.resign()
    },
  }
}

/** The server's hints count while it can be read from; one that tells nothing new asks for nothing. */
const listenWhileReading = (ports: SyncPorts, state: Reading<SyncState>, wake: () => void): (() => void) => {
  const open = computed(() => state.value.lastAnswer > 0 && state.value.reads && state.value.failure === null)
  let close = () => {}
  const stop = effect(() => {
    close()
    close = open.value ? (ports.listen?.((head) => head > state.peek().head && wake()) ?? (() => {})) : () => {}
  })
  return () => {
    stop()
    close()
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
