import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Failed, Report } from './part.ts'
import { noTally, type Tally } from './witness.ts'

export interface Wanted {
  readonly seed: number
  readonly histories: number
  readonly workers: number
  readonly database?: string
  readonly plant?: string | undefined
  /** How many histories have a season in them, from 0 to 1. */
  readonly seasons?: string | undefined
  readonly story?: boolean
  /** Told how many histories are done. */
  readonly moved?: (histories: number) => void
}

export interface Found {
  readonly histories: number
  readonly tally: Tally
  readonly cpu: number
  readonly failed: readonly Failed[]
}

const part = fileURLToPath(new URL('part.ts', import.meta.url))
/** A process is begun afresh after so many: whatever a library remembers of dead tablets goes with it. */
const longest = 1000

/** Histories in processes of their own. Ends with the first that fails. */
export const simulate = async (wanted: Wanted): Promise<Found> => {
  const tally = noTally()
  const failed: Failed[] = []
  let histories = 0
  let cpu = 0
  let next = wanted.seed
  const end = wanted.seed + wanted.histories
  const ended = new AbortController()
  const chunk = Math.min(wanted.plant ? 100 : longest, Math.ceil(wanted.histories / wanted.workers))
  const work = async () => {
    while (next < end && failed.length === 0) {
      const seed = next
      next += chunk
      const report = await runPart(wanted, seed, Math.min(chunk, end - seed), ended.signal)
      if (!report) return
      histories += report.histories
      cpu += report.cpu
      wanted.moved?.(histories)
      for (const name of Object.keys(tally) as (keyof Tally)[]) tally[name] += report.tally[name]
      if (!report.failed) continue
      failed.push(report.failed)
      ended.abort()
    }
  }
  await Promise.all(Array.from({ length: wanted.workers }, work))
  return { histories, tally, cpu, failed }
}

/** Null when it was ended, because another part has failed. */
const runPart = (
  { plant, database = 'quick', seasons, story }: Wanted,
  seed: number,
  histories: number,
  ended: AbortSignal,
): Promise<Report | null> =>
  new Promise((resolve, reject) => {
    const options = ['--seed', `${seed}`, '--histories', `${histories}`, ...(story ? ['--story'] : [])]
    const env = {
      ...process.env,
      DATABASE: database,
      ...(plant && { PLANT: plant }),
      ...(seasons && { SEASONS: seasons }),
    }
    const child = spawn(process.execPath, [part, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let told = ''
    let errors = ''
    child.stdout.on('data', (text) => {
      told += text
    })
    child.stderr.on('data', (text) => {
      errors += text
    })
    const end = () => child.kill('SIGKILL')
    ended.addEventListener('abort', end)
    child.on('close', () => {
      ended.removeEventListener('abort', end)
      if (ended.aborted) return resolve(null)
      const last = told.trimEnd().split('\n').at(-1) ?? ''
      try {
        resolve(JSON.parse(last) as Report)
      } catch {
        reject(new Error(`a part from seed ${seed} broke off: ${errors.slice(-2000)}`))
      }
    })
  })
