import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'

export interface BodyLimits {
  /** Bytes, on the wire and after inflating. */
  readonly bytes: number
  /** How many times larger a body may become when it is inflated. */
  readonly inflateRatio: number
  /** Milliseconds within which all of it must have come; without it as long as the server waits at all. */
  readonly patience?: number
}

/** Small bodies inflate as they like: a ratio says nothing about a few bytes. */
const ratioMattersFrom = 64 * 1024
const tooLarge = fail(failure('too-large'))

/** A body as it came over the line. */
export interface Received {
  readonly bytes: Buffer
  readonly packed: boolean
}

/**
 * Takes a body off the line within its limits, packed as it came; nothing is inflated or parsed here. Stops reading at the first byte too
 * many, so that memory stays bounded whatever is sent; the connection stays open, so that the refusal can still be said.
 */
export const receiveBody = async (request: IncomingMessage, limits: BodyLimits): Promise<Result<Received, Failure>> => {
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) return tooLarge
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip')
    return fail(failure('malformed-request', { detail: 'content-encoding' }))
  const slow = limits.patience === undefined ? null : setTimeout(() => request.destroy(), limits.patience)
  const bytes = await collect(request.iterator({ destroyOnReturn: false }), limits.bytes)
  if (slow) clearTimeout(slow)
  return bytes.ok ? ok({ bytes: bytes.value, packed: encoding === 'gzip' }) : bytes
}

/** The body as it was before it was packed, within the same limits. */
export const unpackBody = async ({ bytes, packed }: Received, limits: BodyLimits): Promise<Result<Buffer, Failure>> => {
  if (!packed) return ok(bytes)
  const room = Math.min(limits.bytes, Math.max(ratioMattersFrom, bytes.length * limits.inflateRatio))
  // each piece is a way to another thread and back: a batch comes in a few, a small body in one
  const inflate = createGunzip({ chunkSize: Math.min(262_144, Math.max(16_384, bytes.length * 8)) })
  inflate.end(bytes)
  return collect(inflate, room)
}

/** Both at once. */
export const readBody = async (request: IncomingMessage, limits: BodyLimits): Promise<Result<Buffer, Failure>> => {
  const received = await receiveBody(request, limits)
  return received.ok ? unpackBody(received.value, limits) : received
}

const collect = async (source: AsyncIterable<Buffer>, room: number): Promise<Result<Buffer, Failure>> => {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of source) {
      size += chunk.length
      if (size > room) return tooLarge
      chunks.push(chunk)
    }
  } catch {
    return fail(failure('malformed-request', { detail: 'body' }))
  }
  return ok(Buffer.concat(chunks))
}

const maxDepth = 12

/** Parses JSON whose nesting was counted before it was built. */
export const parseJson = (body: Buffer): Result<unknown, Failure> => {
  const malformed = fail(failure('malformed-request', { detail: 'json' }))
  const text = utf8(body)
  if (text === null || depthOf(text) > maxDepth) return malformed
  try {
    return ok(JSON.parse(text) as unknown)
  } catch {
    return malformed
  }
}

/** Text that is exactly UTF-8; null otherwise, because a byte silently replaced would change what somebody wrote. */
export const utf8 = (body: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

const depthOf = (text: string): number => {
  let depth = 0
  let deepest = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (inText) {
      if (sign === '\\') at++
      else if (sign === '"') inText = false
    } else if (sign === '"') inText = true
    else if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth)
    else if (sign === '}' || sign === ']') depth--
  }
  return deepest
}
