/**
 * Time as the simulation makes it. Timers and tasks of the program, of Dexie and of the IndexedDB in memory all run here, one after
 * the other, with every promise brought to rest between two of them: the same seed gives the same order. Import it before anything else.
 */
export interface Time {
  /** Milliseconds since this history began. */
  now(): number
  /** How many tasks have run. */
  tasks(): number
  /** Runs it as a task of its own, as soon as those before it have run. */
  soon(run: () => void): void
  /** Runs it after so many milliseconds; answers how to call it off. */
  after(ms: number, run: () => void): () => void
  /** Called before each task. */
  onTask(look: () => void): void
  /** Does work that takes real time, as sealing does: nothing else happens until it is done. */
  outside<T>(work: () => Promise<T>): Promise<T>
  /** Lets so many milliseconds pass. */
  pass(ms: number): Promise<void>
}

interface Timer {
  readonly at: number
  readonly order: number
  run: (() => void) | null
}

/** Every promise that can go on has gone on when this resolves: Node empties its microtasks before it takes the next tick. */
const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve))

export const newTime = (from = 0): Time => {
  let now = from
  let ran = 0
  let order = 0
  let look = () => {}
  let ready: (() => void)[] = []
  let timers: Timer[] = []
  const outside: Promise<unknown>[] = []

  const atRest = async () => {
    await nextTick()
    while (outside.length > 0) {
      await outside.shift()
      await nextTick()
    }
  }

  const runReady = async () => {
    await atRest()
    while (ready.length > 0) {
      const due = ready
      ready = []
      for (const run of due) {
        ran++
        look()
        run()
        await atRest()
      }
    }
  }

  const nextTimer = (until: number): Timer | null => {
    timers = timers.filter(({ run }) => run !== null)
    let first: Timer | null = null
    for (const one of timers) {
      if (one.at <= until && (!first || one.at < first.at || (one.at === first.at && one.order < first.order)))
        first = one
    }
    return first
  }

  return {
    now: () => now,
    tasks: () => ran,
    soon: (run) => void ready.push(run),
    after(ms, run) {
      const timer: Timer = { at: now + Math.max(0, Math.ceil(ms)), order: order++, run }
      timers.push(timer)
      return () => {
        timer.run = null
      }
    },
    onTask(watch) {
      look = watch
    },
    outside(work) {
      const done = Promise.allSettled(outside).then(work)
      outside.push(done.catch(() => undefined))
      return done
    },
    async pass(ms) {
      const until = now + ms
      await runReady()
      for (let timer = nextTimer(until); timer; timer = nextTimer(until)) {
        now = Math.max(now, timer.at)
        const { run } = timer
        timer.run = null
        ran++
        look()
        run?.()
        await runReady()
      }
      now = until
    },
  }
}

let current = newTime()

/** From now on the globals below belong to this history; what an earlier one left behind never runs. */
export const setTime = (time: Time): void => {
  current = time
}

const handles = new Map<number, () => void>()
let lastHandle = 0

Object.assign(globalThis, {
  setImmediate: (run: () => void) => current.soon(run),
  setTimeout(run: () => void, ms = 0) {
    const handle = ++lastHandle
    const cancel = current.after(ms, () => {
      handles.delete(handle)
      run()
    })
    handles.set(handle, cancel)
    return handle
  },
  clearTimeout(handle: number) {
    handles.get(handle)?.()
    handles.delete(handle)
  },
  // Dexie would tell other processes of what changed, outside this time
  BroadcastChannel: undefined,
})

/** Rows hold plain values and bytes alone; copying those by hand is several times quicker, and no test asks for more. */
const copyOf = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return value.slice() as T
  if (Array.isArray(value)) return value.map(copyOf) as T
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) copy[key] = copyOf((value as Record<string, unknown>)[key])
  return copy as T
}
Object.assign(globalThis, { structuredClone: copyOf })
performance.now = () => current.now()
// thousands of errors are made and caught in a history; none of their traces is read
Error.stackTraceLimit = Number(process.env.STACK ?? 0)

/** To be called between two histories. */
export const forgetTimers = (): void => handles.clear()
