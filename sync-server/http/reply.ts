import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { Response } from 'express'
import { type Failure, failures } from '#domain/kernel/failure.ts'
import type { Reply } from '#server/people/call.ts'
import { setToken } from './cookie.ts'

/** Below this packing saves nothing. A receipt alone is above it, and a third of it is words. */
const packFrom = 400

/** Up to here brotli is worth its time: a few hundred bytes less on a line at the edge of 3G, for a millisecond. */
const tightUpTo = 64_000

/**
 * Fast levels: the CPU of a small server is for sync, and JSON shrinks to a fifth already here. zstd takes half of gzip's time and leaves
 * less, so whoever understands it gets it.
 */
const packers = {
  br: (text: Buffer) =>
    promisify(brotliCompress)(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }),
  zstd: (text: Buffer) => promisify(zstdCompress)(text, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
  gzip: (text: Buffer) => promisify(gzip)(text, { level: 3 }),
}

export const sendFailure = (response: Response, failure: Failure): void => {
  if (failure.retryAfter !== undefined) response.setHeader('Retry-After', failure.retryAfter)
  // What is left of a body that was not read ends with the connection.
  if (!response.req.complete) response.setHeader('Connection', 'close')
  response.status(failures[failure.code].status).json({ failure })
}

export const sendReply = async (response: Response, reply: Reply, secure: boolean): Promise<void> => {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value)
  if (reply.cookie !== undefined) response.setHeader('Set-Cookie', setToken(reply.cookie, secure))
  if (reply.stream) return sendStream(response, reply.stream)
  const text = reply.json ?? (reply.body === undefined ? undefined : Buffer.from(JSON.stringify(reply.body)))
  if (text === undefined) {
    response.status(reply.status ?? 204).end()
    return
  }
  response.status(reply.status ?? 200).setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Vary', 'Accept-Encoding')
  // Asked one by one: browsers name gzip first and mean nothing by it.
  const { req } = response
  const wanted = text.length <= tightUpTo ? (['br', 'zstd', 'gzip'] as const) : (['zstd', 'gzip'] as const)
  const codec = text.length < packFrom ? undefined : wanted.find((one) => req.acceptsEncodings(one))
  if (!codec) {
    response.setHeader('Content-Length', text.length)
    response.end(text)
    return
  }
  const packed = await packers[codec](text)
  response.setHeader('Content-Encoding', codec)
  response.setHeader('Content-Length', packed.length)
  response.end(packed)
}

/** A client that goes away in the middle ends the stream; that is no fault of ours. */
const sendStream = async (response: Response, stream: AsyncIterable<string>): Promise<void> => {
  try {
    await pipeline(Readable.from(stream), response)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
