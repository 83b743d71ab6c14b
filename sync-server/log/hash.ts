import { hash } from 'node:crypto'
import { type ChainedRow, chainText } from '#domain/change.ts'

/*
 * The hashes of domain/change.ts by Node's own code, several times faster on the hot path. A test proves that both give the same text.
 */

export const changeDigest = (device: string, line: string): string => hash('sha256', `${device}\n${line}`, 'hex')

export const digestOfDigests = (digests: readonly string[]): string => hash('sha256', digests.join(''), 'hex')

export const chainHash = (before: string, row: ChainedRow): string => hash('sha256', chainText(before, row), 'hex')
