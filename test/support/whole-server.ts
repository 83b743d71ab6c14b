import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeBeside } from './enrolment-code.ts'
import { nodeOptions } from './node-options.ts'

/** A real server process of the shipped program, on a port and in a folder of its own. */
export interface RunningServer {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  readonly pid: number
  /** Everything it has printed. */
  log(): string
  /** The one-time code of an empty database. */
  setUpCode(): string
  /** A code for a tablet of the whole province that admits everybody there is now. */
  enrolmentCode(): Promise<string>
  stop(): Promise<number | null>
  kill(): Promise<void>
  /** Deletes the folder; after `stop`. */
  forget(): void
}

export interface ServerOptions {
  readonly dataDir?: string
  readonly port?: number
  /** Where the program is that it runs; this one's. */
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

export const startServer = async (options: ServerOptions = {}): Promise<RunningServer> => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'bowon-server-'))
  const port = options.port ?? (await freePort())
  const env = { PATH: process.env.PATH, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, ...options.env }
  const child = spawn(process.execPath, [...nodeOptions, 'sync-server/main.ts'], {
    cwd: options.cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      printed += text
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = `http://localhost:${port}`
  await untilHealthy(url, child, () => printed)
  return {
    url,
    port,
    dataDir,
    pid: child.pid!,
    log: () => printed,
    setUpCode: () => /[Cc]ode[^:]*: ([A-Z0-9-]+)/.exec(printed)?.[1] ?? '',
    enrolmentCode: () => codeBeside(dataDir),
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    forget: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

const untilHealthy = async (url: string, child: ChildProcess, printed: () => string) => {
  const until = Date.now() + 30_000
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended at once:\n${printed()}`)
    const answer = await fetch(`${url}/api/health`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server did not answer:\n${printed()}`)
}
