import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failure } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'
import { verify } from '#test/support/tablet.ts'
import type { LeaderLock } from './leader.ts'
import type { Trigger } from './schedule.ts'
import { type ChannelMessage, type Sync, type SyncPorts, startSync } from './sync.ts'

let server: Awaited<ReturnType<typeof temporaryStore>>
let field: Field
let school: RecordId
let somchai: Worker
const running: Sync[] = []

beforeEach(async () => {
  busy = false
  server = await temporaryStore()
  field = await beginField(() => server.store)
  school = await field.province.place('โรงเรียนสมมติ')
  somchai = await field.worker(['officer'], [school])
})
afterEach(async () => {
  for (const sync of running.splice(0)) sync.stop()
  somchai.store.close()
  await server.end()
})

/** One lock and one channel for the tabs of one tablet. */
const makeBrowser = () => {
  const waiting: (() => void)[] = []
  let holder: { lost: () => void } | null = null
  const lock: LeaderLock = {
    hold(_, lead, { steal, lost } = { steal: false, lost: () => undefined }) {
      const mine = { lost }
      const begin = () => {
        holder = mine
        void lead().then(() => {
          if (holder !== mine) return
          holder = null
          waiting.shift()?.()
        })
      }
      if (holder && !steal) return void waiting.push(begin)
      const robbed = holder
      begin()
      robbed?.lost()
    },
  }
  const tabs: ((message: ChannelMessage) => void)[] = []
  const channel = () => {
    let mine: (message: ChannelMessage) => void = () => {}
    return {
      post: (message: ChannelMessage) => {
        for (const hear of tabs) if (hear !== mine) hear(message)
      },
      listen(hear: (message: ChannelMessage) => void) {
        mine = hear
        tabs.push(hear)
      },
    }
  }
  return { lock, channel }
}

/** Milliseconds that never go back, and a server that asks to be left alone for a second. */
let monotonic = 0
let busy = false

/** In a quick tab a second lasts a millisecond. */
const openTab = (browser: ReturnType<typeof makeBrowser>, more: Partial<SyncPorts> & { quick?: boolean } = {}) => {
  let exchanges = 0
  let pull: (trigger: Trigger) => void = () => {}
  const line = somchai.line()
  const sync = startSync({
    store: somchai.store,
    transport: {
      exchange: (body, authorization) => {
        exchanges++
        if (busy) {
          const text = JSON.stringify({ failure: failure('unavailable') })
          return Promise.resolve({ status: 503, text, retryAfter: 1 })
        }
        return line.exchange(body, authorization)
      },
    },
    verify,
    lock: browser.lock,
    channel: browser.channel(),
    timers: {
      after: (ms, run) => {
        const timer = setTimeout(run, more.quick ? ms / 1000 : ms)
        return () => clearTimeout(timer)
      },
    },
    now: () => somchai.tablet.now,
    monotonic: () => monotonic,
    random: () => 0,
    builtAt: somchai.tablet.now - 1000,
    triggers: (ask) => {
      pull = ask
      return () => {}
    },
    ...more,
  })
  running.push(sync)
  sync.badge.subscribe(() => {})
  return { sync, exchanges: () => exchanges, pull: (trigger: Trigger) => pull(trigger) }
}
const badge = ({ sync }: ReturnType<typeof openTab>) => sync.badge.peek().state

describe('the tablet and the server are kept telling the same', () => {
  test('a save is sent by itself, and the badge says safe only once the receipt is here', async () => {
    const tab = openTab(makeBrowser())
    await expect.poll(tab.exchanges).toBe(1)
    const states = new Set<string>()
    tab.sync.badge.subscribe(({ state }) => states.add(state))
    await somchai.store.save(anActivity(somchai, school))
    await expect.poll(() => states.size > 1 && badge(tab)).toBe('safe')
    expect(await somchai.store.exchange.queue()).toEqual([])
  })

  test('without a network it says saved on this tablet, and sends when the network is back', async () => {
    somchai.weather = 'no-network'
    const tab = openTab(makeBrowser())
    await expect.poll(() => tab.sync.state.value.failure?.code).toBe('unavailable')
    expect(badge(tab)).toBe('safe')
    await somchai.store.save(anActivity(somchai, school))
    expect(badge(tab)).toBe('tablet')
    somchai.weather = 'fair'
    tab.pull('online')
    await expect.poll(() => badge(tab)).toBe('safe')
    expect(tab.sync.state.value.failure).toBeNull()
  })

  test('of two tabs one exchanges, the other shows the same; when the first closes the second takes over', async () => {
    const browser = makeBrowser()
    const first = openTab(browser)
    const second = openTab(browser)
    await expect.poll(() => second.sync.state.value.lastAnswer).toBeGreaterThan(0)
    second.sync.ask()
    await expect.poll(first.exchanges).toBeGreaterThan(1)
    expect(second.exchanges()).toBe(0)
    first.sync.stop()
    await expect.poll(second.exchanges).toBeGreaterThan(0)
  })

  test('a leading tab that the browser has frozen is led no longer; when it thaws it follows', async () => {
    const browser = makeBrowser()
    const line = browser.channel()
    let frozen = false
    const first = openTab(browser, {
      channel: {
        post: (message) => frozen || line.post(message),
        listen: (hear) => line.listen((message) => frozen || hear(message)),
      },
    })
    const second = openTab(browser, { quick: true })
    await expect.poll(() => second.sync.state.value.lastAnswer).toBeGreaterThan(0)
    expect([first.sync.leads.value, second.sync.leads.value]).toEqual([true, false])
    second.sync.ask()
    await expect.poll(first.exchanges).toBe(2)
    expect(second.sync.leads.value).toBe(false)

    frozen = true
    second.sync.ask()
    await expect.poll(second.exchanges).toBeGreaterThan(0)
    expect([first.sync.leads.value, second.sync.leads.value]).toEqual([false, true])
    frozen = false
    const before = second.exchanges()
    first.sync.ask()
    await expect.poll(second.exchanges).toBeGreaterThan(before)
    second.sync.stop()
    await expect.poll(() => first.sync.leads.value).toBe(true)
  })

  test('a head that the server tells of is read; one that is known asks for nothing', async () => {
    let tell: (head: number) => void = () => {}
    const listening: boolean[] = []
    const tab = openTab(makeBrowser(), {
      listen: (hear) => {
        tell = hear
        listening.push(true)
        return () => void listening.push(false)
      },
    })
    await expect.poll(() => tab.sync.state.value.lastAnswer).toBeGreaterThan(0)
    expect(listening).toEqual([true])
    const { head } = tab.sync.state.value
    await field.province.own('activity', anActivity(somchai, school).set)
    tell(head)
    expect(tab.exchanges()).toBe(1)
    tell(head + 1)
    await expect.poll(() => tab.sync.state.value.head).toBe(head + 1)
    somchai.weather = 'no-network'
    tab.pull('online')
    await expect.poll(() => listening.at(-1)).toBe(false)
  })

  test('a clock that is wrong is told', async () => {
    const tab = openTab(makeBrowser())
    await expect.poll(() => tab.sync.state.value.lastAnswer).toBeGreaterThan(0)
    expect(tab.sync.clock.value).toBeNull()
    somchai.tablet.now += 543 * 365.25 * 24 * 3_600_000
    tab.pull('visible')
    expect(tab.sync.clock.value).toBe('far-ahead')
  })

  test('a clock that is put right keeps no tablet waiting for as long as it was wrong', async () => {
    const wrong = 20 * 3_600_000
    somchai.tablet.now += wrong
    busy = true
    const tab = openTab(makeBrowser())
    await expect.poll(() => tab.sync.state.value.failure?.code).toBe('unavailable')
    busy = false
    somchai.tablet.now -= wrong
    monotonic += 60_000
    tab.pull('online')
    await expect.poll(() => tab.sync.state.value.lastAnswer).toBeGreaterThan(0)
  })

  test('a revoked tablet hands over its work and then forgets everything', async () => {
    const { device } = somchai.store.people.identity.peek()
    const edit = anActivity(somchai, school)
    await somchai.store.save(edit)
    somchai.revoked = true
    const tab = openTab(makeBrowser())
    await expect.poll(() => somchai.store.people.identity.peek().device).not.toBe(device)
    expect(tab.sync.state.value.revoked).toBe(true)
    expect(await somchai.store.record(edit.record)).toBeNull()
    expect((await field.province.log()).some(({ record }) => record === edit.record)).toBe(true)
  })
})
