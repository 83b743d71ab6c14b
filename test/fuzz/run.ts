// node test/fuzz/run.ts --inputs 200000 --seed 1: requests of every shape to the real server, and a tenth as many files to everything that reads
// one. Prints what came of it, and fails on any fault.
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'
import { fuzzReaders } from './readers.ts'

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
})
const [inputs, seed] = [Number(values.inputs), Number(values.seed)]
/** MB. */
const allowed = 350

const done = await fuzz({ seed, inputs: Math.ceil(inputs * 0.9) })
const files = fuzzReaders({ seed, files: Math.floor(inputs * 0.1) })
for (const fault of done.faults) console.log(`FAULT ${fault.slice(0, 2000)}`)
const { answered, asked, longest } = done.neighbour
console.log(`statuses: ${JSON.stringify(done.statuses)}`)
console.log(
  `fuzz: ${done.inputs + files} inputs, ${done.faults.length} faults, ${answered} of ${asked} pushes beside answered (longest ${Math.round(longest)} ms), memory ${Math.round(done.memory)} MB, seed ${seed}`,
)
process.exit(done.faults.length === 0 && answered === asked && done.memory < allowed ? 0 : 1)
