// `npm test`: what the tests need from the system, the checks, the production build, then every test. It never skips: what is
// missing and cannot be installed is named, and fails.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemPackages } from './system-packages.ts'

const startedAt = Date.now()
const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

const missing = systemPackages
  .filter(({ provides }) => !provides.some((path) => existsSync(path)))
  .map(({ name }) => name)
if (missing.length > 0) {
  const install = ['install', '-y', '--no-install-recommends', ...missing]
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!canInstall || !run('apt-get', 'update', '-q') || !run('apt-get', '-q', ...install)) {
    console.error(`The tests need what is missing here: apt-get ${install.join(' ')}`)
    process.exit(1)
  }
}

if (!run('npm', 'run', '--silent', 'check')) process.exit(1)
if (!run('npm', 'run', '--silent', 'build')) process.exit(1)

const report = join(tmpdir(), `bowon-test-${process.pid}.json`)
const passed = run(
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
)
const counts = existsSync(report)
  ? (JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      numPendingTests: number
    })
  : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }
console.log(`whole run: ${Math.round((Date.now() - startedAt) / 1000)} s`)
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`)
process.exit(passed && counts.numPassedTests > 0 && counts.numPendingTests === 0 ? 0 : 1)
