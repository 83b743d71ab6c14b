import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface RoundRobin {
  readonly port: number
  close(): void
}

/** A proxy that gives each new connection to the next of these ports, and to another where that one does not answer. */
export const roundRobin = async (ports: readonly number[]): Promise<RoundRobin> => {
  let turn = 0
  const reach = (client: Socket, tries: number) => {
    const server = connect(ports[turn++ % ports.length]!, '127.0.0.1')
    server.once('connect', () => {
      server.off('error', next)
      server.on('error', () => client.destroy())
      server.once('close', () => client.destroy())
      client.on('error', () => server.destroy())
      client.once('close', () => server.destroy())
      client.pipe(server)
      server.pipe(client)
    })
    const next = () => (tries > 1 ? reach(client, tries - 1) : client.destroy())
    server.once('error', next)
  }
  const proxy = createServer((client) => {
    client.setNoDelay(true)
    client.on('error', () => {})
    reach(client, ports.length)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', 4096, resolve))
  return { port: (proxy.address() as AddressInfo).port, close: () => proxy.close() }
}
