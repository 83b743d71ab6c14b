import './time.ts'
import { parseArgs } from 'node:util'

// One process of the simulation: histories from a seed on. What fails is shrunk, told, and ends the run.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '100' },
    story: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
})

const { live, stepsOf } = await import('./history.ts')
const { openMachine } = await import('./server.ts')
const { shrink } = await import('./shrink.ts')
process.on('unhandledRejection', () => undefined)
const machine = await openMachine('/dev/shm')
const first = Number(values.seed)
const started = performance.now()
let failed = 0
for (let seed = first; seed < first + Number(values.histories); seed++) {
  const steps = stepsOf(seed)
  const { wrongs } = await live(machine, seed, process.env.EMPTY ? [] : steps)
  if (wrongs.length === 0) continue
  failed++
  console.log(seed, wrongs.slice(0, 3))
  if (values.shrink) {
    const gist = (text: string) => text.replace(/[\w-]{22}|\d|[[{].*$/g, '')
    const fewest = await shrink(steps, async (fewer) => {
      const again = await live(machine, seed, fewer)
      return again.wrongs.some((one) => gist(one) === gist(wrongs[0]!))
    })
    const last = await live(machine, seed, fewest, values.story)
    if (values.story) console.log(last.story!.join('\n'))
    console.log(last.wrongs.slice(0, 4), fewest.map((one) => JSON.stringify(one)).join('\n'))
  }
}
console.log((performance.now() - started) / Number(values.histories), 'ms each', failed, 'failed')
await machine.end()
