import { describe, expect, test } from 'vitest'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { createSchedule, type Watch } from './schedule.ts'

/** A schedule whose time and exchanges are in the hands of the test. */
const makeSchedule = () => {
  let now = 0
  let timer: { at: number; run: () => void } | null = null
  const ends: ((failure: Failure | null) => void)[] = []
  const watches: Watch[] = []
  let runs = 0
  const schedule = createSchedule({
    timers: {
      after(ms, run) {
        const mine = { at: now + ms, run }
        timer = mine
        return () => {
          if (timer === mine) timer = null
        }
      },
    },
    random: () => 1,
    now: () => now,
    run: (watch) => {
      runs++
      watches.push(watch)
      return new Promise((resolve) => ends.push(resolve))
    },
  })
  return {
    schedule,
    runs: () => runs,
    watches,
    nextIn: () => (timer ? timer.at - now : null),
    pass(ms: number) {
      now += ms
      if (timer && timer.at <= now) {
        const { run } = timer
        timer = null
        run()
      }
    },
    async end(why: Failure | null = null) {
      ends.shift()!(why)
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}
const noNetwork = failure('unavailable')

describe('when to exchange', () => {
  test('at the start, and after a minute of rest', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    await it.end()
    expect(it.nextIn()).toBe(60_000)
    it.pass(60_000)
    expect(it.runs()).toBe(2)
  })

  test('never two at a time; what was asked meanwhile follows at once', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    it.schedule.ask('save')
    it.schedule.ask('online')
    expect(it.runs()).toBe(1)
    await it.end()
    expect(it.nextIn()).toBe(0)
    it.pass(0)
    expect(it.runs()).toBe(2)
  })

  test('a network that comes back during an exchange that fails is tried at once; a save is not', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    it.schedule.ask('online')
    await it.end(noNetwork)
    expect(it.nextIn()).toBe(0)
    it.pass(0)
    it.schedule.ask('save')
    await it.end(noNetwork)
    expect(it.nextIn()).toBe(4000)
    it.schedule.ask('asked')
    it.schedule.ask('asked')
    await it.end(failure('unavailable', { retryAfter: 30 }))
    expect(it.nextIn()).toBeGreaterThanOrEqual(30_000)
  })

  test('after failures the pauses grow, a save waits them out, and a network that comes back does not', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    await it.end(noNetwork)
    expect(it.nextIn()).toBe(2000)
    it.pass(2000)
    await it.end(noNetwork)
    expect(it.nextIn()).toBe(4000)
    it.schedule.ask('save')
    expect(it.runs()).toBe(2)
    it.schedule.ask('online')
    expect(it.runs()).toBe(3)
    await it.end()
    expect(it.nextIn()).toBe(60_000)
  })

  test('a restored server that has been away for long waits for what is offered to it again no longer than any other', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    for (let failures = 1; failures <= 6; failures++) {
      await it.end(noNetwork)
      it.pass(it.nextIn()!)
    }
    await it.end(failure('unknown-head'))
    expect(it.nextIn()).toBe(2000)
    it.pass(2000)
    await it.end(noNetwork)
    expect(it.nextIn()).toBe(4000)
  })

  test('the server’s Retry-After is obeyed whatever is asked', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    await it.end(failure('unavailable', { retryAfter: 100 }))
    for (const trigger of ['online', 'visible', 'asked', 'save'] as const) it.schedule.ask(trigger)
    expect(it.runs()).toBe(1)
    it.pass(99_000)
    expect(it.runs()).toBe(1)
    it.pass(12_000)
    expect(it.runs()).toBe(2)
  })

  test('an exchange that shows no life is given up and begun anew; what it says afterwards is not heard', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    it.pass(119_000)
    expect(it.watches[0]!.alive()).toBe(true)
    it.pass(119_000)
    expect(it.runs()).toBe(1)
    it.pass(1000)
    expect(it.nextIn()).toBe(2000)
    it.pass(2000)
    expect(it.runs()).toBe(2)
    expect(it.watches[0]!.alive()).toBe(false)
    await it.end(noNetwork)
    expect(it.nextIn()).toBe(120_000)
    await it.end()
    expect(it.nextIn()).toBe(60_000)
  })

  test('once stopped it asks nothing more', async () => {
    const it = makeSchedule()
    it.schedule.ask('start')
    it.schedule.stop()
    await it.end(noNetwork)
    it.schedule.ask('asked')
    expect([it.runs(), it.nextIn()]).toEqual([1, null])
  })
})
