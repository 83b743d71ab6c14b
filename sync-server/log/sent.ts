import { type Change, readChange } from '#domain/change.ts'
import { limits } from '#domain/protocol.ts'
import { changeDigest } from './hash.ts'

/** One line of a request: its id, its digest over the bytes as sent, and the change, where it is one. */
export interface Sent {
  readonly n: number
  readonly line: string
  readonly digest: string
  readonly change: Change | null
}

/** Reads the lines of a request before any lock is taken; null when one has not even an `n` to hold it under. */
export const readLines = (device: string, lines: readonly string[]): Sent[] | null => {
  const all: Sent[] = []
  for (const line of lines) {
    const change = Buffer.byteLength(line) <= limits.lineBytes ? readChange(line) : null
    const n = change?.n ?? numberIn(line)
    if (n === null) return null
    all.push({ n, line, digest: changeDigest(device, line), change })
  }
  return all.sort((a, b) => a.n - b.n)
}

/** The `n` of a line that is no change: of its object, or where even that is broken, the first that stands in it. */
const numberIn = (line: string): number | null => {
  let n: unknown
  try {
    n = (JSON.parse(line) as { n?: unknown } | null)?.n
  } catch {
    n = Number(/"n":(\d{1,15})[,}]/.exec(line)?.[1])
  }
  return Number.isSafeInteger(n) && (n as number) > 0 ? (n as number) : null
}
