import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, gzipSync, zstdDecompress } from 'node:zlib'
import { type DeviceId, newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { SyncHeader } from '#domain/protocol.ts'
import { openStore, type Store } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { makeProvince } from '#server/operations/make-province.ts'
import { hashOfSecret } from '#server/people/secret.ts'
import { signInOn } from '#server/people/sessions.ts'

import { nodeOptions } from './node-options.ts'

export interface ServerData {
  readonly dataDir: string
  readonly databaseUrl?: string
}

/** A tablet with its credential, and the cookie of the officer who is signed in on it. */
export interface ServerTablet {
  readonly device: DeviceId
  readonly officer: StaffId
  readonly place: RecordId
  readonly authorization: string
  readonly cookie: string
}

/** SECRET_KEY of the servers that `startServer` starts. */
export const serverSecret = 'a-secret-key-that-only-the-tests-know'
const newSecret = () => randomBytes(32).toString('base64url')

/** A province in an empty database, with one place, one officer and so many enrolled tablets, without asking a server. */
export const prepareServer = async (data: ServerData, tablets: number): Promise<ServerTablet[]> => {
  const store = await openStore(data)
  try {
    return await store.transaction((tx) => prepare(tx, tablets))
  } finally {
    await store.close()
  }
}

const prepare = async (tx: Parameters<Parameters<Store['transaction']>[0]>[0], tablets: number) => {
  const now = Date.now()
  const admin = newId<StaffId>(randomBytes)
  const facts = { name: 'จังหวัดสมมติ', sample: true, secret: serverSecret, now, random: randomBytes }
  const roles = { administrator: { on: true } }
  const first = { kind: 'staff' as const, record: admin, set: { name: 'ผู้ดูแลสมมติ', active: true, roles } }
  const { provinceId: province } = await makeProvince(tx, facts, first)
  const [place, officer] = [newId<RecordId>(randomBytes), newId<StaffId>(randomBytes)]
  const staff = {
    name: 'เจ้าหน้าที่สมมติ',
    active: true,
    roles: { officer: { on: true } },
    places: { [place]: { on: true } },
  }
  await appendOwn(tx, { province, now }, [
    { author: admin, kind: 'place', record: place, set: { name: 'โรงเรียนสมมติ', type: 'school' } },
    { author: admin, kind: 'staff', record: officer, set: staff },
  ])
  await tx.db
    .insertInto('accounts')
    .values({
      province,
      staff: officer,
      username: 'officer',
      password: 'none',
      must_change: 0,
      disabled: 0,
      failures: 0,
      next_attempt_at: 0,
      created_at: now,
    })
    .execute()
  const made: ServerTablet[] = []
  for (let i = 0; i < tablets; i++) {
    const device = newId<DeviceId>(randomBytes)
    const credential = newSecret()
    await tx.db
      .insertInto('devices')
      .values({
        province,
        id: device,
        name: `แท็บเล็ต ${i + 1}`,
        credential: hashOfSecret(credential),
        last_n: 0,
        last_stamp: 0,
        created_at: now,
        seen_at: now,
        revoked_at: null,
      })
      .execute()
    await tx.db.insertInto('device_people').values({ province, device, staff: officer, proven_at: now }).execute()
    const token = await signInOn(tx.db, province, { known: null, staff: officer, device, now, random: randomBytes })
    made.push({ device, officer, place, authorization: `Device ${device}.${credential}`, cookie: `bowon=${token}` })
  }
  return made
}

export interface RunningServer {
  readonly port: number
  readonly pid: number
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>
  /** Ends it without a word, as a power cut would; answers when it is gone. */
  kill(): Promise<void>
  /** Asks it to end. */
  stop(): Promise<number | null>
}

/** Starts a server program as its own process on a free port. `before` are words before `node`, for instance those of strace. */
export const startServer = async (
  data: ServerData,
  { program = 'sync-server/main.ts', before = [] as readonly string[], environment = {} } = {},
): Promise<RunningServer> => {
  const [command, ...words] = [...before, process.execPath, ...nodeOptions, program]
  const child = spawn(command!, words, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: data.dataDir,
      SECRET_KEY: serverSecret,
      ...(data.databaseUrl && { DATABASE_URL: data.databaseUrl }),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  let faults = ''
  child.stderr.on('data', (chunk) => {
    faults += chunk
  })
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /^Bowon .*:(\d+)\/?$/.exec(line)
      if (found) resolve(Number(found[1]))
    })
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${faults}`)))
  })
  return {
    port,
    pid: child.pid!,
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

export const keepAlive = () => new Agent({ keepAlive: true, maxSockets: 64 })

/** One exchange with a server over HTTP, gzip both ways, as a tablet speaks it; answers the status and the text. */
export const exchangeWith = async (
  port: number,
  tablet: ServerTablet,
  header: Partial<SyncHeader>,
  lines: readonly string[],
  agent?: Agent,
): Promise<{ status: number; text: string }> => {
  const head = { protocol: 1, device: tablet.device, now: Date.now(), ...header }
  const body = gzipSync([JSON.stringify(head), ...lines].join('\n'))
  return talkTo(
    port,
    '/api/sync',
    {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Encoding': 'gzip',
      Authorization: tablet.authorization,
      ...(header.person && { Cookie: tablet.cookie }),
    },
    body,
    agent,
  )
}

/** One request of our own script. */
export const talkTo = (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
  agent?: Agent,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const sending = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: 'POST',
        ...(agent && { agent }),
        headers: {
          'Content-Length': Buffer.byteLength(body),
          'Accept-Encoding': 'gzip, br, zstd',
          'Bowon-Request': '1',
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', async () => {
          const raw = Buffer.concat(chunks)
          resolve({ status: response.statusCode!, text: await unpack(raw, response.headers['content-encoding']) })
        })
      },
    )
    sending.once('error', reject)
    sending.end(body)
  })

/** A body as it was before it was packed. */
export const unpack = async (raw: Buffer, codec: string | undefined): Promise<string> => {
  if (codec === 'br') return (await promisify(brotliDecompress)(raw)).toString()
  if (codec === 'zstd') return (await promisify(zstdDecompress)(raw)).toString()
  return (codec === 'gzip' ? await promisify(gunzip)(raw) : raw).toString()
}
