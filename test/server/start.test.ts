import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let dataDir: string
const children: ChildProcess[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bowon-start-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

/** The program as an operator starts it. */
const start = (env: Record<string, string> = {}, file = 'main.ts', args: readonly string[] = []) => {
  const child = spawn(process.execPath, [join(root, 'sync-server', file), ...args], {
    cwd: dataDir,
    env: { PATH: process.env.PATH, DATA_DIR: join(dataDir, 'data'), PORT: '0', ...env },
  })
  children.push(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const shows = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(out)
        if (found) resolve(found[1] ?? found[0])
      }
      child.stdout.on('data', look)
      void ended.then(() => reject(new Error(`it ended without ${pattern}: ${out}${err}`)))
      look()
    })
  const address = () => shows(/at (http\S+)\n/)
  return { child, ended, shows, address, out: () => out, err: () => err }
}

test('wrong settings are all named at once, and it does not start', async () => {
  const run = start({ PORT: 'eighty', SECRET_KEY: 'short', DATABASE_URL: 'mysql://x' })
  expect(await run.ended).toBe(1)
  const lines = run.err().trim().split('\n')
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'SECRET_KEY'])
  expect(run.out()).toBe('')
})

test('it says its address and the set-up code, answers, and ends when told to', async () => {
  const run = start()
  const address = await run.address()
  expect(await run.shows(/([2-9A-Z]{4}(?:-[2-9A-Z]{4}){2})/)).toHaveLength(14)
  expect(await (await fetch(`${address}/api/health`)).json()).toMatchObject({ status: 'ok', database: 'sqlite' })
  run.child.kill('SIGTERM')
  expect(await run.ended).toBe(0)
})

test('a request that has begun is finished before it ends', async () => {
  const run = start()
  const { port } = new URL(await run.address())
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  const body = '{"code":"AAAA-AAAA-AAAA","mode":"sample"}'
  socket.write(
    `POST /api/setup HTTP/1.1\r\nHost: localhost:${port}\r\nBowon-Request: 1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  await new Promise<void>((resolve) => socket.on('data', () => answer.includes('100 Continue') && resolve()))
  run.child.kill('SIGTERM')
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/api/health`).then(
        () => 'answers',
        () => 'refuses',
      ),
    )
    .toBe('refuses')
  socket.write(body)
  expect(await run.ended).toBe(0)
  expect(answer).toContain('wrong-set-up-code')
})

test('its secret key is made once and readable by its owner only; another key stops it with a line', async () => {
  const first = start()
  const address = await first.address()
  const code = await first.shows(/([2-9A-Z]{4}(?:-[2-9A-Z]{4}){2})/)
  const secret = readFileSync(join(dataDir, 'data', 'secret.key'), 'utf8').trim()
  expect(secret.length).toBeGreaterThanOrEqual(32)
  expect(statSync(join(dataDir, 'data', 'secret.key')).mode & 0o777).toBe(0o600)
  const administrator = { name: 'อารี สมมติระบบ', username: 'aree', password: 'ลำธารใสไหลเย็น' }
  const made = await fetch(`${address}/api/setup`, {
    method: 'POST',
    headers: { 'Bowon-Request': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, mode: 'province', province: { name: 'จังหวัดสมมติ' }, administrator }),
  })
  expect(made.status).toBe(201)
  first.child.kill('SIGTERM')
  await first.ended

  const wrong = start({ SECRET_KEY: 'another key with more than 32 signs in it' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.err()).toMatch(/^SECRET_KEY is not the one/)
  const right = start({ SECRET_KEY: secret })
  await right.address()
  expect(right.out()).not.toContain('Set-up code')
})

test('a port that is taken and a folder that is none are said in a line', async () => {
  const first = start()
  const { port } = new URL(await first.address())
  const second = start({ PORT: port, DATA_DIR: join(dataDir, 'other') })
  expect(await second.ended).toBe(1)
  expect(second.err()).toBe(`Cannot listen on 127.0.0.1:${port} (EADDRINUSE).\n`)
  writeFileSync(join(dataDir, 'file'), '')
  const third = start({ DATA_DIR: join(dataDir, 'file', 'inside') })
  expect(await third.ended).toBe(1)
  expect(third.err()).toMatch(/^DATA_DIR .* cannot be written \(ENOTDIR\)/)
})

test('an address that no tablet can use is named at the start', async () => {
  const run = start({ PUBLIC_URL: 'http://192.168.1.5:8080' })
  await run.shows(/at http/)
  expect(run.err()).toContain('neither https nor localhost')
})

test('the two commands: a backup of a running server, restored into an empty one', async () => {
  const run = start()
  const address = await run.address()
  const code = await run.shows(/([2-9A-Z]{4}(?:-[2-9A-Z]{4}){2})/)
  const administrator = { name: 'อารี สมมติระบบ', username: 'aree', password: 'ลำธารใสไหลเย็น' }
  await fetch(`${address}/api/setup`, {
    method: 'POST',
    headers: { 'Bowon-Request': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, mode: 'province', province: { name: 'จังหวัดสมมติ' }, administrator }),
  })
  const file = join(dataDir, 'one.backup.gz')
  const backup = start({}, 'operations/backup.ts', [file])
  expect(await backup.ended).toBe(0)
  expect(backup.out()).toContain('read back and checked')
  const again = start({}, 'operations/backup.ts', [file])
  expect(await again.ended).toBe(1)

  const other = { DATA_DIR: join(dataDir, 'other') }
  const refused = start(other, 'operations/restore.ts', [file])
  expect(await refused.ended).toBe(1)
  expect(refused.err()).toMatch(/^SECRET_KEY is not the one/)
  const SECRET_KEY = readFileSync(join(dataDir, 'data', 'secret.key'), 'utf8').trim()
  const restored = start({ ...other, SECRET_KEY }, 'operations/restore.ts', [file])
  expect(await restored.ended).toBe(0)
  const second = start({ ...other, SECRET_KEY })
  const known = (await (await fetch(`${await second.address()}/api/province`)).json()) as { name: string }
  expect(known.name).toBe('จังหวัดสมมติ')
})
