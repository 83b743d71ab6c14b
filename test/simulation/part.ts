import './planting.ts'
import './time.ts'
import { parseArgs } from 'node:util'
import { noTally, type Tally } from './witness.ts'

// One process of the simulation: histories from a seed on, the first that fails shrunk and told.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '100' },
    story: { type: 'boolean', default: false },
  },
})

export interface Failed {
  readonly seed: number
  readonly wrongs: readonly string[]
  /** The fewest steps that still go wrong, as JSON, each on a line. */
  readonly steps: readonly string[]
  readonly story: readonly string[]
}

/** What a part tells when it ends, as JSON on one line. */
export interface Report {
  readonly histories: number
  readonly tally: Tally
  readonly failed: Failed | null
  /** Milliseconds of processor time. */
  readonly cpu: number
}

const { live, stepsOf } = await import('./history.ts')
const { openMachine } = await import('./server.ts')
const { shrink } = await import('./shrink.ts')

// what a page that has died leaves behind is nobody's
process.on('unhandledRejection', () => undefined)

const machine = await openMachine()
const tally = noTally()

/** The wrong without what is particular to one history. */
const gistOf = (text: string) => text.replace(/[\w-]{22}|\d|[[{].*$/g, '')

const fail = async (seed: number, wrongs: readonly string[]): Promise<Failed> => {
  const gist = gistOf(wrongs[0]!)
  const fewest = await shrink(stepsOf(seed), async (fewer) => {
    const again = await live(machine, seed, fewer)
    return again.wrongs.some((one) => gistOf(one) === gist)
  })
  const last = await live(machine, seed, fewest, values.story)
  return { seed, wrongs: last.wrongs, steps: fewest.map((step) => JSON.stringify(step)), story: last.story ?? [] }
}

const run = async (): Promise<Report> => {
  const first = Number(values.seed)
  const count = Number(values.histories)
  const before = process.cpuUsage()
  const cpu = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  for (let seed = first; seed < first + count; seed++) {
    const { wrongs, tally: more } = await live(machine, seed, stepsOf(seed))
    for (const name of Object.keys(tally) as (keyof Tally)[]) tally[name] += more[name]
    if (wrongs.length > 0) return { histories: seed - first + 1, tally, cpu: cpu(), failed: await fail(seed, wrongs) }
  }
  return { histories: count, tally, failed: null, cpu: cpu() }
}

const report = await run()
await machine.end()
console.log(JSON.stringify(report))
