// `npm run soak [kills]`: the long forms of the tests of faults and laws, and the figures that we quote, with seed and commit.
// HISTORIES of the simulation (200,000) go through the shipped client and server, a hundredth of them over the real Dexie, a tenth with a
// long course of events in each, and every planted bug must be caught.
// Kills default to 50 of the server on each database, and to 100 of the browser: on both of Chromium's IndexedDB backends,
// with and without IndexedDB erased. 64 kB each way are cut at every byte, the power of a server's disk is cut 50 times and a tablet's 20
// times, INPUTS (200,000) of every shape are sent to every route and reader of files, and 200 older backups are restored: docs/reliability.md. Properties run a hundred times as long, from a seed that is printed.
import { execSync, spawnSync } from 'node:child_process'

const kills = Number(process.argv[2] ?? 50)
if (!Number.isInteger(kills) || kills < 1) {
  console.error('npm run soak [kills]: kills is a whole number from 1')
  process.exit(1)
}
const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647)
const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
console.log(`soak: ${kills} kills, seed ${seed}, commit ${commit}`)

const env = {
  ...process.env,
  KILLS: String(kills),
  BOWON_KILLS: String(kills * 2),
  PROPERTY_RUNS: '10000',
  CUT_STEP: '1',
  CUT_FROM: '0',
  POWER_CUTS: '50',
  BROWSER_POWER_CUTS: '20',
  RESTORES: '200',
  SEED: String(seed),
}
const run = (name: string, ...files: readonly string[]) => command(name, 'vitest', 'run', ...files)
const simulated = (name: string, ...options: readonly string[]) =>
  command(name, 'node', 'test/simulation/run.ts', '--workers', '2', '--seed', String(seed), ...options)
const command = (name: string, program: string, ...options: readonly string[]) => {
  const startedAt = Date.now()
  const { status } = spawnSync(program, options, { env, stdio: 'inherit' })
  console.log(
    `${status === 0 ? 'ok  ' : 'FAIL'} ${name}, ${Math.round((Date.now() - startedAt) / 1000)} s, seed ${seed}, commit ${commit}`,
  )
  return status === 0
}
const histories = Number(process.env.HISTORIES ?? 200_000)
const inputs = Number(process.env.INPUTS ?? 200_000)
const passed = [
  simulated('simulation', '--histories', `${histories}`),
  simulated('simulation on the real Dexie', '--histories', `${Math.ceil(histories / 100)}`, '--database', 'dexie'),
  simulated('simulation with a season in each', '--histories', `${Math.ceil(histories / 10)}`, '--seasons', '1'),
  simulated('planted bugs', '--plant', 'every', '--histories', '3000'),
  command('inputs of every shape', 'node', 'test/fuzz/run.ts', '--inputs', `${inputs}`, '--seed', String(seed)),
  run('laws as properties', 'domain'),
  run('kills of the server', 'test/faults/server-kill.test.ts'),
  run('kills of the browser', 'test/faults/browser-kill.test.ts', 'test/faults/browser-flush.test.ts'),
  run('cuts at every byte', 'test/faults/every-byte-cut.test.ts'),
  run('power cuts', 'test/faults/power-cut.test.ts', 'test/faults/browser-power-cut.test.ts'),
  run('restores of older backups', 'test/scenario/random-restores.test.ts'),
]
process.exit(passed.every(Boolean) ? 0 : 1)
