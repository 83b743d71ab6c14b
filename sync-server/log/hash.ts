import { hash } from 'node:crypto'

/*
 * The hashes of domain/change.ts by Node's own code, several times faster on the hot path. A test proves that both give the same text.
 */

export const changeDigest = (device: string, line: string): string => hash('sha256', `${device}\n${line}`, 'hex')

export const digestOfDigests = (digests: readonly string[]): string => hash('sha256', digests.join(''), 'hex')

export const chainHash = (
  before: string,
  row: {
    readonly seq: number
    readonly device: string
    readonly n: number
    readonly digest: string
    readonly stamp: number
  },
): string => hash('sha256', `${before}:${row.seq}:${row.device}:${row.n}:${row.digest}:${row.stamp}`, 'hex')
