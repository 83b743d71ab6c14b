import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { type Config, readConfig } from './config.ts'
import { openStore, type Store, UnusableDatabase } from './db/connect.ts'
import { secretKeyOf } from './operations/secret-key.ts'
import { createHouse, type House } from './province.ts'
import { createService } from './service.ts'

/** The version in package.json. */
export const version = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version

export const random = (length: number): Uint8Array => randomBytes(length)

/** Says each line on stderr and ends the program. */
export const giveUp = (...lines: readonly string[]): never => {
  for (const line of lines) console.error(line)
  process.exit(1)
}

/** The settings, with `more` where the environment says nothing, or every fault of them on stderr and the end. */
export const configOrGiveUp = (more: Readonly<Record<string, string>> = {}): Config => {
  const config = readConfig({ ...more, ...process.env }, (path) => readFileSync(path, 'utf8'))
  if (!config.ok) return giveUp(...config.failure)
  for (const line of config.value.warnings) console.error(line)
  return config.value
}

/** The secret key and the database, or one line that says why not, and the end. */
export const storeOrGiveUp = async (config: Config): Promise<{ store: Store; secretKey: string }> => {
  try {
    const secretKey = secretKeyOf(config.secretKey, config.dataDir, random)
    return { store: await openStore(config), secretKey }
  } catch (error) {
    return giveUp(sentenceOf(error, config))
  }
}

/** The house over this store, with the real clock and the console. */
export const houseOf = (config: Config, { store, secretKey }: { store: Store; secretKey: string }): House =>
  createHouse(store, { config, secretKey, version, clock: Date.now, random, say: (line) => console.log(line) })

const sentenceOf = (error: unknown, { dataDir }: Config): string => {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof UnusableDatabase) return message
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR')
    return `DATA_DIR ${dataDir} cannot be written (${code}).`
  return `The database cannot be opened: ${message}`
}

/** Serves the house until a signal comes. Requests that have begun are finished, new ones are not taken; a second signal does not wait. */
export const serve = async (house: House): Promise<void> => {
  const { config, say } = house
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const { server, port } = await listen(createService(house, { log, dist }), config).catch(
    (error: NodeJS.ErrnoException) =>
      giveUp(`Cannot listen on ${config.host}:${config.port} (${error.code ?? error.message}).`),
  )
  const { protocol, hostname, origin } = config.publicUrl
  say(`Bowon ${version} at ${config.port === 0 ? `${protocol}//${hostname}:${port}` : origin}`)
  let ending = false
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    house.heads.close()
    server.close(() => void house.close().then(() => process.exit(0)))
    // A connection that has had its answer must not keep us waiting for another question.
    setInterval(() => server.closeIdleConnections(), 100).unref()
  }
  server.prependListener('request', (_, response) => {
    if (ending) response.setHeader('Connection', 'close')
  })
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** Where the built app is. */
const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** Listens; answers the address that was really taken. */
export const listen = (
  handler: Parameters<typeof createServer>[1],
  { host, port, tls }: Pick<Config, 'host' | 'port' | 'tls'>,
): Promise<{ server: Server; port: number }> =>
  new Promise((resolve, reject) => {
    const server = tls ? createTlsServer({ ...tls, minVersion: 'TLSv1.2' }, handler) : createServer(handler)
    // A slow line may take long for one batch; a client that sends nothing for long only holds a socket.
    server.requestTimeout = 300_000
    // Hundreds may return at once: on a busy machine the first bytes of some lie unread for half a minute, and 408 would send them away.
    server.headersTimeout = 120_000
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address ? address.port : port })
    })
  })
