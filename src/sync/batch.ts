import { limits } from '#domain/protocol.ts'
import type { Queued } from '#src/store/types.ts'

/**
 * The order of sending (law 12): by lane, then as written; but before each change go the earlier ones to the same record and to every
 * record that it mentions.
 */
export const orderForSending = (queue: readonly Queued[]): readonly Queued[] => {
  const byRecord = new Map<string, Queued[]>()
  for (const one of [...queue].sort((a, b) => a.n - b.n)) {
    const same = byRecord.get(one.record)
    if (same) same.push(one)
    else byRecord.set(one.record, [one])
  }
  const ordered = new Set<Queued>()
  const emit = (one: Queued) => {
    if (ordered.has(one)) return
    for (const record of [...one.refers, one.record])
      for (const earlier of byRecord.get(record) ?? []) {
        if (earlier.n >= one.n) break
        emit(earlier)
      }
    ordered.add(one)
  }
  for (const one of [...queue].sort((a, b) => a.lane - b.lane || a.n - b.n)) emit(one)
  return [...ordered]
}

/** As many from the front as fit; always at least one, because one alone is never too large. */
export const cutBatch = (ordered: readonly Queued[], bytes: number): readonly Queued[] => {
  let room = bytes
  let count = 0
  for (const { size } of ordered) {
    room -= size + 1
    if (count > 0 && (room < 0 || count >= limits.changes)) break
    count++
  }
  return ordered.slice(0, count)
}

const smallest = 2_000
const largest = limits.requestBytes - 10_000
const firstSize = 64_000

/** How many bytes the line carries, learnt from what became of the batches before. */
export interface BatchSize {
  bytes(): number
  succeeded(): void
  failed(): void
}

export const batchSize = (): BatchSize => {
  let bytes = firstSize
  return {
    bytes: () => bytes,
    succeeded: () => {
      bytes = Math.min(largest, bytes * 2)
    },
    failed: () => {
      bytes = Math.max(smallest, Math.floor(bytes / 2))
    },
  }
}
