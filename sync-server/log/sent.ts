import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type LineProof, lineText, readProof, splitProof } from '#domain/authority/line-proof.ts'
import { type Change, readChange } from '#domain/change.ts'
import type { RecordState } from '#domain/merge.ts'
import { limits } from '#domain/protocol.ts'
import { key } from '#domain/records/key.ts'
import { view } from '#domain/view.ts'
import type { Tx } from '#server/db/connect.ts'
import { changeDigest } from './hash.ts'

/** One line of a request: its id, its digest over the bytes as sent, and the change, where it is one. */
export interface Sent {
  readonly n: number
  readonly line: string
  readonly digest: string
  readonly change: Change | null
  readonly proof: SentProof | null
}

export interface SentProof extends LineProof {
  /** Whether the named key has signed this very line; `unknown-key` where there is none of that name. */
  readonly verdict: 'true' | 'false' | 'unknown-key'
}

/** A line before its signature was looked at. */
export type Unverified = Omit<Sent, 'proof'> & { readonly proof: LineProof | null }

/** Reads the lines of a request before any lock is taken; null when one has not even an `n` to hold it under. */
export const readLines = (device: string, lines: readonly string[]): Unverified[] | null => {
  const all: Unverified[] = []
  for (const sent of lines) {
    const { line, proof } = splitProof(sent)
    const change = Buffer.byteLength(line) <= limits.lineBytes ? readChange(line) : null
    const n = change?.n ?? numberIn(line)
    if (n === null) return null
    all.push({ n, line, digest: changeDigest(device, line), change, proof })
  }
  return all.sort((a, b) => a.n - b.n)
}

/**
 * Looks at every signature, before the lock where there is one to take: a key's public half never alters. Whether the key may still
 * speak for its person is judged under the lock.
 */
export const verifyProofs = async (
  db: Tx['db'],
  province: string,
  sent: readonly Unverified[],
): Promise<readonly Sent[]> => {
  if (sent.every(({ proof }) => proof === null)) return sent as readonly Sent[]
  const keys = await publicKeys(db, province, new Set(sent.flatMap(({ proof }) => proof?.key ?? [])))
  return sent.map(({ proof, ...one }) => ({
    ...one,
    proof: proof && { ...proof, verdict: verdictOn(province, one, proof, keys) },
  }))
}

const verdictOn = (
  province: string,
  { digest }: Pick<Sent, 'digest'>,
  { key: id, signature }: LineProof,
  keys: ReadonlyMap<string, KeyObject>,
): SentProof['verdict'] => {
  const publicKey = keys.get(id)
  if (!publicKey) return 'unknown-key'
  const text = Buffer.from(lineText(province, digest))
  return verify(null, text, publicKey, Buffer.from(signature, 'base64url')) ? 'true' : 'false'
}

/** A line as it was kept, with the signature that came with it. */
export const keptProof = (proof: string | null): LineProof | null => (proof === null ? null : readProof(proof))

const publicKeys = async (db: Tx['db'], province: string, ids: ReadonlySet<string>) => {
  const rows = await db
    .selectFrom('records')
    .select(['id', 'body'])
    .where('province', '=', province)
    .where('kind', '=', key.kind)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, body }) => [id, publicKeyOf(JSON.parse(body) as RecordState)]))
}

const publicKeyOf = (record: RecordState): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: view<typeof key>(record).values.public! }, format: 'jwk' })

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
