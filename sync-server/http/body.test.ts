import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parseJson, readBody } from './body.ts'

const request = (body: Buffer, headers: Record<string, string> = {}) =>
  Object.assign(Readable.from([body.subarray(0, 10), body.subarray(10)]), { headers }) as unknown as IncomingMessage
const limits = { bytes: 1_000_000, inflateRatio: 40 }
const code = async (body: Buffer, headers: Record<string, string> = {}) => {
  const read = await readBody(request(body, headers), limits)
  return read.ok ? 'ok' : read.failure.code
}

test('a body within its limit is read whole', async () => {
  const read = await readBody(request(Buffer.from('สวัสดีชาวบ้าน')), limits)
  expect(read.ok && read.value.toString()).toBe('สวัสดีชาวบ้าน')
})

test('a packed body is inflated', async () => {
  const read = await readBody(request(gzipSync('สวัสดี'), { 'content-encoding': 'gzip' }), limits)
  expect(read.ok && read.value.toString()).toBe('สวัสดี')
})

test('too many bytes are refused, also when the header lies', async () => {
  expect(await code(Buffer.alloc(1_000_001))).toBe('too-large')
  expect(await code(Buffer.alloc(10), { 'content-length': '2000000' })).toBe('too-large')
})

test('a bomb is refused by its ratio, before its size', async () => {
  const bomb = gzipSync(Buffer.alloc(900_000))
  expect(bomb.length * 40).toBeLessThan(900_000)
  expect(await code(bomb, { 'content-encoding': 'gzip' })).toBe('too-large')
})

test('broken gzip and unknown encodings are malformed', async () => {
  expect(await code(Buffer.from('not gzip at all'), { 'content-encoding': 'gzip' })).toBe('malformed-request')
  expect(await code(Buffer.from('{}'), { 'content-encoding': 'br' })).toBe('malformed-request')
})

test('nesting is counted before anything is built, and brackets in a text do not count', () => {
  expect(parseJson(Buffer.from('['.repeat(13) + ']'.repeat(13))).ok).toBe(false)
  expect(parseJson(Buffer.from(JSON.stringify({ text: '[['.repeat(50), quote: '"[[' }))).ok).toBe(true)
})

test('bytes that are no UTF-8 are malformed rather than replaced', () => {
  expect(parseJson(Buffer.from([0x22, 0xff, 0x22])).ok).toBe(false)
})
