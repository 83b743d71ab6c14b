import { Agent, request } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Reply, Transport } from '#src/sync/transport.ts'
import { unpack } from './server.ts'

/** What became of one exchange: its status (0 when the line broke) and how long it took. */
export interface Talk {
  readonly status: number
  readonly ms: number
  readonly text: string
}

const agent = new Agent({ keepAlive: true })

/** The line of a tablet, as Node speaks it: HTTP over loopback, gzip one way, whatever the server chooses the other. */
export const nodeTransport = (port: number, cookie: string, heard: (talk: Talk) => void): Transport => ({
  async exchange(body, authorization) {
    const packed = await promisify(gzip)(body)
    const begun = performance.now()
    const reply = await new Promise<Reply | null>((resolve) => {
      const sending = request(
        {
          agent,
          port,
          host: '127.0.0.1',
          path: '/api/sync',
          method: 'POST',
          headers: {
            'Content-Type': 'text/plain; charset=utf-8',
            'Content-Encoding': 'gzip',
            'Content-Length': packed.length,
            'Accept-Encoding': 'gzip, br, zstd',
            'Bowon-Request': '1',
            Authorization: authorization,
            Cookie: cookie,
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk) => chunks.push(chunk))
          response.once('error', () => resolve(null))
          response.once('end', async () => {
            const retryAfter = Number(response.headers['retry-after'] ?? Number.NaN)
            resolve({
              status: response.statusCode!,
              text: await unpack(Buffer.concat(chunks), response.headers['content-encoding']),
              ...(Number.isFinite(retryAfter) && { retryAfter }),
            })
          })
        },
      )
      sending.once('error', () => resolve(null))
      sending.end(packed)
    })
    heard({ status: reply?.status ?? 0, ms: performance.now() - begun, text: reply?.text ?? '' })
    return reply
  },
})
