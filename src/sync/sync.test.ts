import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failure } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import { anActivity, beginField, type Field, type Worker } from '#test/support/field.ts'
import { temporaryStore } from '#test/support/province.ts'
import { verify } from '#test/support/tablet.ts'
import type { LeaderLock } from './leader.ts'
import type { Trigger } from './schedule.ts'
import { type ChannelMessage, type Sync, startSync } from './sync.ts'

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
  let taken = false
  const next = () => {
    taken = false
    waiting.shift()?.()
  }
  const lock: LeaderLock = {
    hold(_, lead) {
      const begin = () => {
        taken = true
        void lead().then(next)
      }
      if (taken) waiting.push(begin)
      else begin()
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

const openTab = (browser: ReturnType<typeof makeBrowser>) => {
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
          return Promise.resolve({ status: 503, text, retryAfter: 1, revoked: false })
        }
        return line.exchange(body, authorization)
      },
    },
    verify,
    lock: browser.lock,
    channel: browser.channel(),
    timers: {
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
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
