/** What came back, whoever sent it: only `round.ts` judges whether it is an answer. */
export interface Reply {
  readonly status: number
  readonly text: string
  /** Seconds, from `Retry-After`. */
  readonly retryAfter?: number
}

export interface Transport {
  /** Null when nothing came back: no network, or no byte moved for too long. `moved` is told how much of the body is out, from 0 to 1. */
  exchange(body: string, authorization: string, moved?: (share: number) => void): Promise<Reply | null>
}

/** No byte in either direction for this long, and the exchange is given up. There is no limit to the whole. */
const stalledMs = 45_000

/** XMLHttpRequest, because fetch does not tell how an upload gets on, and only progress tells a slow line from a dead one. */
export const httpTransport = (path = '/api/sync'): Transport => ({
  async exchange(body, authorization, tell) {
    const packed = await gzip(body)
    return new Promise((resolve) => {
      const request = new XMLHttpRequest()
      let stalled = setTimeout(() => request.abort(), stalledMs)
      const moved = () => {
        clearTimeout(stalled)
        stalled = setTimeout(() => request.abort(), stalledMs)
      }
      request.upload.onprogress = ({ loaded, total }) => {
        moved()
        tell?.(total > 0 ? loaded / total : 0)
      }
      request.onprogress = () => {
        moved()
        tell?.(1)
      }
      request.onloadend = () => {
        clearTimeout(stalled)
        resolve(request.status === 0 ? null : replyOf(request))
      }
      request.open('POST', path)
      request.setRequestHeader('Content-Type', 'text/plain; charset=utf-8')
      request.setRequestHeader('Bowon-Request', '1')
      request.setRequestHeader('Authorization', authorization)
      if (packed) request.setRequestHeader('Content-Encoding', 'gzip')
      request.send(packed ?? body)
    })
  },
})

const replyOf = (request: XMLHttpRequest): Reply => {
  const retryAfter = Number(request.getResponseHeader('Retry-After') ?? Number.NaN)
  return {
    status: request.status,
    text: request.responseText,
    ...(Number.isFinite(retryAfter) && { retryAfter }),
  }
}

const gzip = async (text: string): Promise<ArrayBuffer | null> => {
  if (typeof CompressionStream === 'undefined') return null
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(packed).arrayBuffer()
}
