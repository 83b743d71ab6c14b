import { connect, createServer, type Socket } from 'node:net'

/** Where a line ends: after so many bytes of the request, or of the answer, that is, of all that a socket carries. */
export interface Cut {
  readonly side: 'request' | 'answer'
  readonly after: number
}

/** A line to a server on TCP that can be cut at any byte. */
export interface CutLine {
  readonly port: number
  /** Where the next connections are cut; null lets everything through. */
  cut: Cut | null
  /** Asked for every piece: whether the line dies `before` it or `after` it. */
  dies: ((side: Cut['side'], bytes: Buffer) => 'before' | 'after' | null) | null
  /** Bytes that the last connection was given, before any cut. */
  readonly given: { request: number; answer: number }
  close(): Promise<void>
}

export const openCutLine = async (port: number): Promise<CutLine> => {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true })
    const { cut } = line
    line.given.request = 0
    line.given.answer = 0
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    const carry = (side: Cut['side'], from: Socket, to: Socket) => {
      const end = cut?.side === side ? cut.after : Number.POSITIVE_INFINITY
      const cutHere = () => {
        // what was carried so far arrives; then both sides find the line dead
        to.destroySoon()
        from.destroy()
      }
      if (end === 0) return cutHere()
      from.on('data', (bytes) => {
        const before = line.given[side]
        line.given[side] += bytes.length
        if (before >= end) return
        const death = line.dies?.(side, bytes)
        if (death === 'before') return cutHere()
        to.write(bytes.subarray(0, end - before))
        if (line.given[side] >= end || death) cutHere()
      })
      from.on('end', () => to.end())
      from.on('close', () => to.destroySoon())
    }
    carry('request', near, far)
    carry('answer', far, near)
  })
  const line: CutLine = {
    port: await new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    }),
    cut: null,
    dies: null,
    given: { request: 0, answer: 0 },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return line
}
