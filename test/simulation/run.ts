import { execSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { holes } from './holes.ts'
import type { Failed } from './part.ts'
import { type Planted, plants } from './plants.ts'
import { simulate } from './simulate.ts'

// node test/simulation/run.ts --seed 1 --histories 200000 --workers 2
//   --story            tells what happened in a history that fails
//   --plant <name>     plants a bug of plants.ts; `every` plants one after the other, and each must be caught;
//                      `holes` those that would let a thief do what he may not
//   --seasons 1        puts a season into each history: a long course of events that chance alone would hardly deal
//   --database dexie   takes the real Dexie over an IndexedDB in memory

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '1000' },
    workers: { type: 'string', default: '1' },
    story: { type: 'boolean', default: false },
    plant: { type: 'string' },
    seasons: { type: 'string' },
    database: { type: 'string', default: 'quick' },
  },
})
const { plant, seasons, database } = values
const wanted = {
  seed: Number(values.seed),
  histories: Number(values.histories),
  workers: Number(values.workers),
  database,
  seasons,
  story: values.story,
}
const startedAt = Date.now()
const seconds = () => Math.round((Date.now() - startedAt) / 1000)
const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()

const tell = ({ seed, wrongs, steps, story }: Failed) => {
  console.log(`\nFAIL seed ${seed}`)
  for (const line of story) console.log(line)
  for (const wrong of wrongs.slice(0, 6)) console.log(`  ${wrong}`)
  console.log(`  in ${steps.length} steps:\n    ${steps.join('\n    ')}`)
  const options = { ...(plant && { plant }), ...(seasons && { seasons }), ...(database !== 'quick' && { database }) }
  const more = Object.entries(options)
    .map(([name, value]) => ` --${name} ${value}`)
    .join('')
  console.log(`  again: node test/simulation/run.ts --seed ${seed} --histories 1 --story${more}\n`)
}

const runHistories = async (): Promise<boolean> => {
  const moved = (done: number) => process.stderr.write(`${done} of ${wanted.histories} histories, ${seconds()} s\n`)
  const { histories, tally, cpu, failed } = await simulate({ ...wanted, plant, moved })
  for (const one of failed) tell(one)
  const counts = Object.entries(tally).map(([name, count]) => `${count} ${name}`)
  const verdict = failed.length === 0 ? '0 lost, 0 doubled, 0 diverged, 0 untrue badges' : `${failed.length} FAILED`
  console.log(`${histories} histories, ${counts.join(', ')}`)
  const each = (cpu / histories).toFixed(1)
  console.log(`${seconds()} s, ${each} ms of processor each; seed ${values.seed}, commit ${commit}, ${verdict}`)
  return failed.length === 0
}

/** Every planted bug must be caught within so many histories, or within so many of which each has a season in it. */
const plantEvery = async (plants: readonly Planted[]): Promise<boolean> => {
  let caught = 0
  for (const { name } of plants) {
    const mixed = await simulate({ ...wanted, plant: name })
    const { histories, failed } = mixed.failed[0] ? mixed : await simulate({ ...wanted, seasons: '1', plant: name })
    const first = failed[0]
    if (first) caught++
    const how = mixed.failed[0] ? '' : ' with seasons'
    const what = first && `caught${how} ${name}: seed ${first.seed}, ${first.steps.length} steps: ${first.wrongs[0]}`
    console.log(what ?? `MISSED ${name} in ${histories} histories`)
  }
  console.log(
    `${caught} of ${plants.length} planted bugs caught; ${seconds()} s, seed ${values.seed}, commit ${commit}`,
  )
  return caught === plants.length
}

const listed = { every: [...plants, ...holes], holes }[plant ?? '']
process.exit((await (listed ? plantEvery(listed) : runHistories())) ? 0 : 1)
