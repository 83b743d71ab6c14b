import { execSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { simulate } from './simulate.ts'

// node test/simulation/run.ts --seed 1 --histories 200000 --workers 2
//   --story tells what happened in a history that fails · --plant <name> plants a bug of plants.ts
//   --database dexie takes the real Dexie over an IndexedDB in memory

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '1000' },
    workers: { type: 'string', default: '1' },
    story: { type: 'boolean', default: false },
    plant: { type: 'string' },
    database: { type: 'string', default: 'quick' },
  },
})

const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
const startedAt = Date.now()
const { histories, tally, cpu, failed } = await simulate({
  seed: Number(values.seed),
  histories: Number(values.histories),
  workers: Number(values.workers),
  database: values.database,
  plant: values.plant,
  story: values.story,
})

for (const { seed, wrongs, steps, story } of failed) {
  console.log(`\nFAIL seed ${seed}`)
  for (const line of story) console.log(line)
  for (const wrong of wrongs.slice(0, 6)) console.log(`  ${wrong}`)
  console.log(`  in ${steps.length} steps:\n    ${steps.join('\n    ')}`)
  console.log(`  again: node test/simulation/run.ts --seed ${seed} --histories 1 --story`)
}

const seconds = Math.round((Date.now() - startedAt) / 1000)
console.log(
  `${histories} histories, ${Object.entries(tally)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')}`,
)
console.log(
  `${seconds} s, ${(cpu / histories).toFixed(1)} ms of processor each; seed ${values.seed}, commit ${commit}, ${
    failed.length === 0 ? '0 lost, 0 doubled, 0 diverged, 0 untrue badges' : `${failed.length} FAILED`
  }`,
)
process.exit(failed.length === 0 ? 0 : 1)
