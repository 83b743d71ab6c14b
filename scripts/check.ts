// `npm run check`: types on both sides of every wall, lint and format, unused code, import order. All of it runs, then it fails.
import { spawnSync } from 'node:child_process'

const steps: [name: string, command: string, ...args: string[]][] = [
  ['types: domain (no DOM, no Node)', 'tsc', '-p', 'domain/tsconfig.json'],
  ['types: app', 'tsc', '-p', 'src/tsconfig.json'],
  ['types: workers', 'tsc', '-p', 'src/tsconfig.worker.json'],
  ['types: server', 'tsc', '-p', 'sync-server/tsconfig.json'],
  ['types: tests', 'tsc', '-p', 'test/tsconfig.json'],
  ['lint and format', 'biome', 'check', '--error-on-warnings'],
  ['unused code', 'knip', '--no-progress'],
  ['import order', 'node', 'scripts/check-imports.ts'],
]

const failed = steps.filter(([name, command, ...args]) => {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  return status !== 0
})
process.exit(failed.length === 0 ? 0 : 1)
