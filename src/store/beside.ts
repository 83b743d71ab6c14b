import takeInWorker from './take-in.worker.ts?worker&url'
import { workerUrl } from './trusted.ts'
import type { Beside, TakenIn, ToTakeIn } from './types.ts'

/** Longer than any answer takes on a slow tablet: a worker that the browser has stopped without a word must not stop the exchange. */
const patience = 60_000
/** Between the pages of one reading it stays; a small tablet has little memory for one that has nothing to do. */
const idleMs = 10_000

let worker: Worker | null = null
let idle: ReturnType<typeof setTimeout> | undefined

/** One answer after the other, in a worker that holds the same lock as the page and is let go when nothing comes any more. */
export const beside: Beside = async (what) => {
  clearTimeout(idle)
  try {
    worker ??= new Worker(workerUrl(takeInWorker), { type: 'module', name: 'take-in' })
    const taken = await asked(worker, what)
    if (taken) idle = setTimeout(letGo, idleMs)
    else letGo()
    return taken
  } catch {
    letGo()
    return null
  }
}

const letGo = () => {
  worker?.terminate()
  worker = null
}

// a page that is left is no longer to hold the lock
addEventListener('pagehide', letGo)

const asked = (one: Worker, what: ToTakeIn): Promise<TakenIn | null> =>
  new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), patience)
    const end = (taken: TakenIn | null) => {
      clearTimeout(late)
      resolve(taken)
    }
    one.onmessage = ({ data }: MessageEvent<TakenIn | null>) => end(data)
    one.onerror = () => end(null)
    one.postMessage(what)
  })
