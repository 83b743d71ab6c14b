import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { gunzip } from 'node:zlib'

type Heard = (event: { readonly loaded: number; readonly total: number }) => void

/**
 * What the shipped transport asks of XMLHttpRequest, over Node's own HTTP client: a new connection each time, and status 0 when the answer
 * did not come whole, as browsers do it. `cookie` is what the browser would send by itself.
 */
export const nodeRequest = (origin: () => string, cookie: () => string) =>
  class {
    status = 0
    responseText = ''
    readonly upload: { onprogress: Heard | null } = { onprogress: null }
    onprogress: Heard | null = null
    onloadend: (() => void) | null = null
    private readonly headers: Record<string, string> = {}
    private sending: ClientRequest | null = null
    private answer: IncomingMessage | null = null
    private path = ''
    private ended = false

    open(_: string, path: string) {
      this.path = path
    }
    setRequestHeader(name: string, value: string) {
      this.headers[name] = value
    }
    getResponseHeader(name: string) {
      return this.answer?.headers[name.toLowerCase()]?.toString() ?? null
    }
    abort() {
      this.sending?.destroy()
      this.end(0)
    }
    send(body: ArrayBuffer | string) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body)
      const headers = { ...this.headers, 'Content-Length': bytes.length, 'Accept-Encoding': 'gzip', Cookie: cookie() }
      this.sending = request(origin() + this.path, { method: 'POST', agent: false, headers })
      this.sending.on('error', () => this.end(0))
      this.sending.on('response', (answer) => this.read(answer))
      this.sending.end(bytes, () => this.upload.onprogress?.({ loaded: bytes.length, total: bytes.length }))
    }

    private read(answer: IncomingMessage) {
      this.answer = answer
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        this.onprogress?.({ loaded: 0, total: 0 })
      })
      answer.on('error', () => this.end(0))
      answer.on('end', () => {
        const raw = Buffer.concat(chunks)
        if (answer.headers['content-encoding'] !== 'gzip') return this.end(answer.statusCode!, raw)
        gunzip(raw, (error, text) => (error ? this.end(0) : this.end(answer.statusCode!, text)))
      })
    }

    private end(status: number, text?: Buffer) {
      if (this.ended) return
      this.ended = true
      this.status = status
      this.responseText = text?.toString() ?? ''
      this.onloadend?.()
    }
  }
