import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'

/** What one phase cost: wall time, the server's CPU time, and every byte on the wire both ways, headers included. */
export interface Cost {
  readonly ms: number
  readonly cpu: number
  readonly bytes: number
}

const ticksPerSecond = 100

/** User and system time of a process, in seconds. */
export const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Greatest resident memory of a process since its start, in MB. */
export const peakMemory = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

export interface Meter {
  readonly port: number
  measure(work: () => Promise<void>): Promise<Cost>
  close(): void
}

/** Stands on the wire before a server and counts what passes; it is the same for every server that is compared. */
export const meterBefore = async (server: { readonly port: number; readonly pid: number }): Promise<Meter> => {
  let bytes = 0
  const relay = createServer((here) => {
    const there = connect(server.port, '127.0.0.1')
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      from.setNoDelay(true)
      from.on('data', (chunk) => {
        bytes += chunk.length
      })
      from.on('error', () => to.destroy())
      from.pipe(to)
    }
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  return {
    port: (relay.address() as AddressInfo).port,
    measure: async (work) => {
      const before = { cpu: cpuOf(server.pid), bytes, at: performance.now() }
      await work()
      return { ms: performance.now() - before.at, cpu: cpuOf(server.pid) - before.cpu, bytes: bytes - before.bytes }
    },
    close: () => relay.close(),
  }
}

/** The value below which so great a share of them lies. */
export const atShare = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

export const medianOf = (values: readonly number[]): number => atShare(values, 0.5)
