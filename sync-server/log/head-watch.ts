import { EventEmitter, once } from 'node:events'

/** Tells listeners that the log has grown, whoever appended: this process, another one, a command. */
export interface HeadWatch {
  /** Server-sent events: the head's number each time it has moved, and a comment now and then that keeps the line open. */
  events(): AsyncIterable<string>
  /** Ends every stream. */
  close(): void
}

const lookEvery = 2000
const commentEvery = 25_000
/** What a browser waits before it opens a broken stream again, in milliseconds. */
const reconnectAfter = 10_000

/** One small question every two seconds, and only while somebody listens: nothing of it lies in a process that another one would miss. */
export const watchHead = (head: () => Promise<number | null>): HeadWatch => {
  const ending = new AbortController()
  const moves = new EventEmitter().setMaxListeners(0)
  let listeners = 0
  let looking = false
  let latest: number | null = null

  const look = async () => {
    looking = true
    latest = await head().catch(() => null)
    while (listeners > 0) {
      await new Promise((resolve) => setTimeout(resolve, lookEvery).unref())
      const before = latest
      latest = await head().catch(() => before)
      if (latest !== before) moves.emit('moved')
    }
    looking = false
  }

  /** Until the head is another than this one, or it is time for a comment. */
  const nextMove = async (told: number | null): Promise<void> => {
    if (latest !== told && told !== null) return
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(commentEvery)])
    await once(moves, 'moved', { signal }).catch(() => undefined)
  }

  return {
    async *events() {
      listeners++
      if (!looking) void look()
      try {
        yield `retry: ${reconnectAfter}\n\n`
        let told = latest
        while (!ending.signal.aborted) {
          await nextMove(told)
          const head = latest
          yield head === told || head === null ? ':\n\n' : `data: ${head}\n\n`
          told = head
        }
      } finally {
        listeners--
      }
    },
    close: () => ending.abort(),
  }
}
