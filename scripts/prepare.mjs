// Runs before `npm start` and `npm test`, on whatever Node the machine has: installs what is missing, builds what is stale.
// Plain JavaScript without dependencies, because nothing is installed yet when it runs.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const at = (...parts) => join(root, ...parts)

const changedAt = (path) => {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, changedAt(join(path, name))), 0)
}

const run = (...args) => {
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

const installedAt = changedAt(at('node_modules', '.package-lock.json'))
if (installedAt < changedAt(at('package-lock.json')) || installedAt < changedAt(at('package.json'))) {
  // `npm install`, not `npm ci`: registries that lack foreign-platform packages make `ci` refuse a lock that `install` honours
  run('install', '--no-audit', '--no-fund', '--loglevel=error')
}

if (process.argv.includes('build')) {
  const sources = ['src', 'domain', 'public', 'index.html', 'away.html', 'vite.config.ts', 'package-lock.json']
  const stale = changedAt(at('dist', 'index.html')) < Math.max(...sources.map((name) => changedAt(at(name))))
  if (stale) run('run', '--silent', 'build')
}
