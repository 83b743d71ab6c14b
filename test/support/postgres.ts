import { execFile, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const versionsFolder = '/usr/lib/postgresql'

export interface TestPostgres {
  /** Makes an empty database and answers its address. */
  createDatabase(): Promise<string>
  /** The process that was started: the server itself, or what lends it to `postgres`. */
  readonly pid: number
  /** Address of a database that is there. */
  address(database: string): string
  /** Ends it at once, without a checkpoint. */
  stop(): Promise<void>
}

/**
 * A PostgreSQL of its own on a free port, in a temporary folder or in the given one, which stays; it refuses to run as root, so root lends
 * it to `postgres`.
 */
export const startPostgres = async (given?: string): Promise<TestPostgres> => {
  const bin = postgresPrograms()
  const folder = given ?? mkdtempSync(join(tmpdir(), 'bowon-postgres-'))
  const owner = process.getuid?.() === 0 ? 'postgres' : null
  if (owner) chownSync(folder, idOf(owner, '-u'), idOf(owner, '-g'))
  const command = (program: string, args: string[]): [string, string[]] =>
    owner ? ['runuser', ['-u', owner, '--', join(bin, program), ...args]] : [join(bin, program), args]
  const data = join(folder, 'data')
  const making = ['-D', data, '-U', 'bowon', '-A', 'trust', '-E', 'UTF8', ...(given ? [] : ['--no-sync'])]
  if (!existsSync(data)) await promisify(execFile)(...command('initdb', making))
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'max_connections=60']
  const server = spawn(
    ...command('postgres', ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])]),
    {
      stdio: 'ignore',
    },
  )
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const address = (database: string) => `postgres://bowon@127.0.0.1:${port}/${database}`
  await untilItAnswers(address('postgres'))
  let databases = 0
  return {
    pid: server.pid!,
    address,
    createDatabase: async () => {
      const name = `bowon_${process.pid}_${++databases}`
      await query(address('postgres'), `create database ${name}`)
      return address(name)
    },
    stop: async () => {
      await promisify(execFile)(...command('pg_ctl', ['stop', '-D', data, '-m', 'immediate']))
      await ended
      if (!given) rmSync(folder, { recursive: true, force: true })
    },
  }
}

const postgresPrograms = (): string => {
  const versions = existsSync(versionsFolder) ? readdirSync(versionsFolder).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions.map((one) => join(versionsFolder, one, 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
  if (!found) throw new Error('PostgreSQL is not installed. On Debian: apt-get install postgresql')
  return found
}

const idOf = (user: string, flag: '-u' | '-g') => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const query = async (address: string, text: string) => {
  const client = new pg.Client(address)
  // The server may end while a connection is open; that is a failed query, not an uncaught error.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

const untilItAnswers = async (address: string) => {
  const giveUpAt = Date.now() + 60_000
  for (;;) {
    try {
      await query(address, 'select 1')
      return
    } catch (error) {
      if (Date.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
