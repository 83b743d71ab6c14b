import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import { readConfig } from '#server/config.ts'
import { openStore } from '#server/db/connect.ts'
import { createHouse } from '#server/province.ts'
import { createService } from '#server/service.ts'
import { listen } from '#server/start.ts'
import type { Site } from './app.ts'
import type { Build } from './builds.ts'
import { addStaff, beginWith, testPassword } from './client.ts'
import { codeIn } from './enrolment-code.ts'
import { makeId } from './province.ts'
import { freePort } from './whole-server.ts'

/** A server that is given one version of the app after another, at one address and on the same records. */
export interface Shipping {
  readonly server: Site
  readonly officer: { readonly username: string; readonly password: string }
  /** From now on this version, as after a restart of the server with a new build: what the last one had is gone. */
  ship(build: Build): void
  /** The answer for this path ends half way; null mends the line. */
  cut(path: string | null): void
  /** How often a path was asked for. */
  asked(path: string): number
  end(): Promise<void>
}

export const startShipping = async (first: Build): Promise<Shipping> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bowon-shipping-'))
  const port = await freePort()
  const config = readConfig({ PORT: String(port), DATA_DIR: dataDir }, () => '')
  if (!config.ok) throw new Error(config.failure.join('\n'))
  const said: string[] = []
  const house = createHouse(await openStore(config.value), {
    config: config.value,
    secretKey: 'a secret key of 32 signs or more, for this test',
    version: '0.0.0',
    clock: Date.now,
    random: (length) => randomBytes(length),
    say: (line) => said.push(line),
  })
  const log = pino(new Writable({ write: (_chunk, _encoding, done) => done() }))
  const serviceOf = ({ folder }: Build) => createService(house, { log, dist: folder })
  let service = serviceOf(first)
  let cut: string | null = null
  const asked = new Map<string, number>()
  const { server } = await listen(
    (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url!
      asked.set(path, (asked.get(path) ?? 0) + 1)
      if (path === cut) endHalfWay(response)
      service(request, response)
    },
    { host: '127.0.0.1', port },
  )
  const url = `http://localhost:${port}`
  house.setUpCode.announce()
  const running = {
    url,
    setUpCode: () => /([2-9A-Z]{4}-){2}[2-9A-Z]{4}/.exec(said.at(-1)!)![0],
    enrolmentCode: async () => (await codeIn(house.store(), Date.now()))!,
  }
  const admin = await beginWith(running)
  const place = makeId()
  await admin.write({ kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } })
  await addStaff(running, admin, { name: 'กานดา สมมติ', username: 'kanda', roles: ['officer'], places: [place] })
  return {
    server: running,
    officer: { username: 'kanda', password: testPassword },
    ship(build) {
      service = serviceOf(build)
    },
    cut(path) {
      cut = path
    },
    asked: (path) => asked.get(path) ?? 0,
    async end() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      house.heads.close()
      await house.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Sends the head of an answer and half of its body, and then hangs up. */
const endHalfWay = (response: ServerResponse) => {
  const end = response.end.bind(response)
  response.end = ((body?: unknown) => {
    if (!Buffer.isBuffer(body)) return end()
    response.write(body.subarray(0, body.length / 2), () => response.destroy())
    return response
  }) as ServerResponse['end']
}
