import type { Store } from '#src/store/store.ts'
import type { StorePorts } from '#src/store/types.ts'
import { webLeaderLock } from './leader.ts'
import type { Trigger } from './schedule.ts'
import type { Channel, ChannelMessage, SyncPorts } from './sync.ts'
import { httpTransport } from './transport.ts'

/** The message with which the service worker wakes a page; Background Sync does nothing else. */
const wakeMessage = 'bowon-wake'
const wakeTag = 'bowon-outbox'

export const browserSyncPorts = (store: Store, { verify }: Pick<StorePorts, 'verify'>, builtAt: number): SyncPorts => ({
  store,
  transport: httpTransport(),
  courier: httpTransport('/api/courier'),
  verify,
  lock: webLeaderLock,
  channel: tabs(),
  timers: {
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  },
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
  builtAt,
  triggers: pageTriggers,
  listen: serverEvents,
})

const tabs = (): Channel => {
  const channel = new BroadcastChannel('bowon-sync')
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener('message', ({ data }: MessageEvent<ChannelMessage>) => hear(data)),
  }
}

interface SyncRegistration {
  readonly sync?: { register(tag: string): Promise<void> }
}

const pageTriggers = (ask: (trigger: Trigger) => void): (() => void) => {
  const ending = new AbortController()
  const { signal } = ending
  addEventListener('online', () => ask('online'), { signal })
  addEventListener('pageshow', () => ask('visible'), { signal })
  addEventListener('offline', () => void askToBeWoken(), { signal })
  document.addEventListener('visibilitychange', () => (document.hidden ? void askToBeWoken() : ask('visible')), {
    signal,
  })
  navigator.serviceWorker?.addEventListener(
    'message',
    ({ data }: MessageEvent<unknown>) => {
      if (data === wakeMessage) ask('wake')
    },
    { signal },
  )
  return () => ending.abort()
}

/** Only while somebody looks: an open line wakes the radio. The browser opens a broken one again by itself. */
const serverEvents = (hear: (head: number) => void): (() => void) => {
  const ending = new AbortController()
  let source: EventSource | null = null
  const look = () => {
    source?.close()
    source = document.hidden ? null : new EventSource('/api/events')
    source?.addEventListener('message', ({ data }: MessageEvent<string>) => hear(Number(data)))
  }
  look()
  document.addEventListener('visibilitychange', look, { signal: ending.signal })
  return () => {
    ending.abort()
    source?.close()
  }
}

/** Where Background Sync exists the browser wakes the page once there is a network; elsewhere the other triggers do. */
const askToBeWoken = async (): Promise<void> => {
  const registration = await navigator.serviceWorker?.getRegistration()
  await (registration as SyncRegistration | undefined)?.sync?.register(wakeTag).catch(() => undefined)
}
