import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { createHouse } from './province.ts'
import { createService } from './service.ts'
import { configOrGiveUp, giveUp, listen, random, storeOrGiveUp, version } from './start.ts'

const config = configOrGiveUp()
const { store, secretKey } = await storeOrGiveUp(config)
const say = (line: string) => console.log(line)
const house = createHouse(store, { config, secretKey, version, clock: Date.now, random, say })
const open = await house
  .open()
  .catch(() => giveUp('SECRET_KEY is not the one that this database was made with: receipts could not be signed.'))

const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const { server, port } = await listen(createService(house, { log, dist }), config).catch(
  (error: NodeJS.ErrnoException) =>
    giveUp(`Cannot listen on ${config.host}:${config.port} (${error.code ?? error.message}).`),
)

const { protocol, hostname } = config.publicUrl
say(`Bowon ${version} at ${config.port === 0 ? `${protocol}//${hostname}:${port}` : config.publicUrl.origin}`)
if (!open) house.setUpCode.announce()

/** Requests that have begun are finished, new ones are not taken; a second signal does not wait. */
let ending = false
const end = () => {
  if (ending) process.exit(1)
  ending = true
  server.close(() => void house.close().then(() => process.exit(0)))
}
server.prependListener('request', (_, response) => {
  if (ending) response.setHeader('Connection', 'close')
})
process.on('SIGTERM', end)
process.on('SIGINT', end)
