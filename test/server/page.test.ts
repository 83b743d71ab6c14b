import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginProvince, openBrowser, password, startServer, type TestServer } from './support.ts'

let server: TestServer
let dist: string
const script = `console.log(${JSON.stringify('บวร'.repeat(500))})`
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'bowon-dist-'))
  mkdirSync(join(dist, 'assets'))
  const write = (name: string, text: string) => writeFileSync(join(dist, name), text)
  write('index.html', '<!doctype html><title>บวร</title>')
  write('service-worker.js', 'self.skipWaiting')
  write('manifest.webmanifest', '{"name":"บวร"}')
  write('assets/index-abc123.js', script)
  writeFileSync(join(dist, 'assets/index-abc123.js.br'), brotliCompressSync(script))
  writeFileSync(join(dist, 'assets/index-abc123.js.gz'), gzipSync(script))
  write('assets/argon2.worker-def456.js', 'self.onmessage = null')
  write('assets/index-abc123.js.map', '{}')
  server = await startServer({ dist })
  await beginProvince(server)
})
afterAll(async () => {
  await server.end()
  rmSync(dist, { recursive: true, force: true })
})

interface Raw {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}
/** As it is on the wire: fetch would unpack it, and set headers of its own. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const asking = request(`${server.url}${path}`, { method, headers }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) })
    })
    asking.on('error', reject).end()
  })
const navigation = { Accept: 'text/html,application/xhtml+xml' }

test('every deep link is the app, and its page is asked for anew each time', async () => {
  for (const path of ['/', '/index.html', '/training/abc?x=1', '/review']) {
    const page = await ask(path, navigation)
    expect(page.body.toString()).toContain('<title>บวร</title>')
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  }
})

test('a missing asset is missing, and so is what is no navigation', async () => {
  for (const path of [
    '/assets/gone-000.js',
    '/assets/index-abc123.js.map',
    '/api/nothing',
    '/robots.txt',
    '/../package.json',
    '/%2e%2e/package.json',
  ]) {
    const { status, body } = await ask(path)
    expect(status, path).toBe(404)
    expect(JSON.parse(body.toString())).toEqual({ failure: { code: 'not-found' } })
  }
  expect((await ask('/assets/gone-000.js', navigation)).status).toBe(404)
})

test('an asset travels packed as the browser likes it, and is kept for good', async () => {
  const plain = await ask('/assets/index-abc123.js')
  expect(plain.body.toString()).toBe(script)
  expect(plain.headers['cache-control']).toContain('immutable')
  const packed = await ask('/assets/index-abc123.js', { 'Accept-Encoding': 'gzip, br' })
  expect(packed.headers['content-encoding']).toBe('br')
  expect(packed.headers.vary).toContain('Accept-Encoding')
  expect(packed.body.length).toBeLessThan(script.length / 5)
  expect((await ask('/assets/index-abc123.js', { 'Accept-Encoding': 'gzip' })).headers['content-encoding']).toBe('gzip')
  const again = await ask('/assets/index-abc123.js', {
    'Accept-Encoding': 'br',
    'If-None-Match': String(packed.headers.etag),
  })
  expect(again.status).toBe(304)
  expect(again.body).toHaveLength(0)
  const head = await ask('/assets/index-abc123.js', {}, 'HEAD')
  expect(head.headers['content-length']).toBe(String(Buffer.byteLength(script)))
  expect(head.body).toHaveLength(0)
})

test('the worker and the manifest are asked for anew each time', async () => {
  for (const path of ['/service-worker.js', '/manifest.webmanifest']) {
    expect((await ask(path)).headers['cache-control'], path).toBe('no-cache')
  }
})

test('the page runs nothing but our own files; only the Argon2 worker may compile WebAssembly', async () => {
  const policy = String((await ask('/', navigation)).headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  const worker = String((await ask('/assets/argon2.worker-def456.js')).headers['content-security-policy'])
  expect(worker).toContain("script-src 'self' 'wasm-unsafe-eval'")
  const { headers } = await ask('/', navigation)
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  expect(headers['x-powered-by']).toBeUndefined()
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('an answer of the API can be no page, whoever asks; our own script, whose answers never are one, is spared the words', async () => {
  const shown = await ask('/api/health', navigation)
  expect(shown.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  })
  const formSent = await ask('/api/sync', { ...navigation, 'Content-Type': 'text/plain' }, 'POST')
  expect(formSent.status).toBe(403)
  expect(formSent.headers).toHaveProperty('content-security-policy')
  const { headers } = await ask('/api/sync', { 'Bowon-Request': '1' }, 'POST')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers).not.toHaveProperty('content-security-policy')
})

test('behind https the cookie is bound to this host', async () => {
  const secure = await startServer({ publicUrl: 'https://bowon.example' })
  const { admin } = await beginProvince(secure)
  expect(admin.cookie).toMatch(/^__Host-bowon=[\w-]{43}$/)
  const set = await openBrowser(secure).post(
    '/api/sign-in',
    { username: 'aree', password },
    { Origin: 'https://bowon.example' },
  )
  expect(set.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Secure$/)
  await secure.end()
})

test('a request that another page made changes nothing', async () => {
  const browser = openBrowser(server)
  const attempt = (headers: Record<string, string>) =>
    browser.post('/api/sign-in', { username: 'aree', password }, headers)
  expect((await attempt({ 'Bowon-Request': '' })).code).toBe('not-permitted')
  expect((await attempt({ Origin: 'https://evil.example' })).code).toBe('not-permitted')
  expect((await attempt({ Origin: 'null' })).code).toBe('not-permitted')
  expect((await attempt({ 'Sec-Fetch-Site': 'cross-site' })).code).toBe('not-permitted')
  expect((await attempt({ Origin: server.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
})

test('bad bodies are refused with their reason and nothing of themselves', async () => {
  const browser = openBrowser(server)
  const send = (body: string, headers: Record<string, string> = {}) => browser.post('/api/sign-in', body, headers)
  expect((await send('{"username":')).body.failure).toEqual({ code: 'malformed-request', detail: 'json' })
  expect((await send('['.repeat(1000))).body.failure).toEqual({ code: 'malformed-request', detail: 'json' })
  expect((await send('username=aree', { 'Content-Type': 'application/x-www-form-urlencoded' })).body.failure).toEqual({
    code: 'malformed-request',
    detail: 'content-type',
  })
  expect((await send(JSON.stringify({ username: 'aree' }))).body.failure).toEqual({
    code: 'invalid-field',
    field: 'password',
  })
  expect((await send(JSON.stringify('x'.repeat(1_500_000)))).code).toBe('too-large')
  const polluted =
    '{"username":"aree","password":"x","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'
  expect((await send(polluted)).code).toBe('wrong-credentials')
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test('a fault inside tells the browser its code and nothing else, and the log no content', async () => {
  const { db } = server.house.store()
  const broken = Object.assign(new Error('a secret in a message'), { code: 'SQLITE_CORRUPT' })
  const { selectFrom } = db
  db.selectFrom = () => {
    throw broken
  }
  const answer = await openBrowser(server).get('/api/health')
  db.selectFrom = selectFrom
  expect(answer.body).toEqual({ failure: { code: 'server-fault' } })
  const log = server.logged.join('')
  expect(log).toContain('SQLITE_CORRUPT')
  expect(log).not.toContain('a secret in a message')
})
