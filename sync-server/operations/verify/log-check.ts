import { chainHash, changeDigest } from '#server/log/hash.ts'

/** The last number of a province's log, and the chain hash of its row. */
export interface Head {
  readonly id: string
  readonly seq: number
  readonly chain: string
}

/** What of a row of the log its hashes cover. */
export interface LogRow {
  readonly province: string
  readonly seq: number
  readonly device: string
  readonly n: number
  readonly digest: string
  readonly chain: string
  readonly stamp: number
  readonly line: string
  /** Absent from a backup of a version that knew no signatures. */
  readonly proof?: string | null
}

/**
 * Follows every province's log from its first row to the head that the province names: digests over the lines as they were sent, numbers
 * without a gap, each chain hash from the one before it. Each call answers a fault in one sentence, or null.
 */
export const logCheck = () => {
  const ends = new Map<string, { seq: number; chain: string }>()
  const endOf = (province: string) => ends.get(province) ?? { seq: 0, chain: '' }
  return {
    see: (row: LogRow): string | null => {
      const before = endOf(row.province)
      const digest = changeDigest(row.device, row.line)
      const chain = chainHash(before.chain, { ...row, digest, proof: row.proof ?? null })
      ends.set(row.province, { seq: row.seq, chain: row.chain })
      if (row.seq !== before.seq + 1) return `The log has number ${row.seq} after ${before.seq}.`
      if (digest !== row.digest) return `The change at number ${row.seq} is not the one that was sent.`
      return chain === row.chain ? null : `The log breaks at number ${row.seq}.`
    },
    finish: (heads: readonly Head[]): string | null => {
      for (const { id, seq, chain } of heads) {
        const end = endOf(id)
        if (end.seq !== seq) return `The log ends at number ${end.seq}, not at ${seq}.`
        if (end.chain !== chain) return `The head of the log at number ${seq} is another one.`
      }
      const strange = [...ends.keys()].find((province) => !heads.some(({ id }) => id === province))
      return strange === undefined ? null : 'The log has rows of a province that is not there.'
    },
  }
}
