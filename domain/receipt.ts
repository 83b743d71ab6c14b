import * as z from 'zod/mini'
import { canonicalJson, type Json } from '#domain/kernel/bytes.ts'
import { digestOfDigests } from './change.ts'

/**
 * The server's signed word that it holds changes (law 7). `runs` are the numbers given, as [n, seq, how many]: change n+i has number seq+i.
 * `stamps` names the changes whose stamp is not simply their own time. `held` are kept back, and kept.
 */
export interface Receipt {
  /** Fingerprint of the key that signed. */
  readonly key: string
  readonly device: string
  readonly epoch: string
  /** Head of the log when this was signed. */
  readonly seq: number
  readonly chain: string
  /**
   * Head of the access log, from protocol 2 on: who was given which right stands under it (A11). A program of before would find that the signature
   * is not over what it knows of a receipt.
   */
  readonly access?: { readonly seq: number; readonly chain: string } | undefined
  /** The server's time, in milliseconds. */
  readonly time: number
  readonly runs: readonly (readonly [n: number, seq: number, count: number])[]
  readonly stamps: Readonly<Record<string, number>>
  readonly held: readonly number[]
  /** `digestOfDigests` over every change named, in the order of n. */
  readonly digest: string
}

export interface SignedReceipt {
  readonly receipt: Receipt
  /** Ed25519 over `receiptText`, base64url. */
  readonly signature: string
}

const whole = z.int().check(z.minimum(0))

export const signedReceipt = z.object({
  receipt: z.object({
    key: z.string(),
    device: z.string(),
    epoch: z.string(),
    seq: whole,
    chain: z.string(),
    access: z.optional(z.object({ seq: whole, chain: z.string() })),
    time: whole,
    runs: z.array(z.tuple([whole, whole, whole])),
    stamps: z.record(z.string(), whole),
    held: z.array(whole),
    digest: z.string(),
  }),
  signature: z.string(),
})

/** The exact text that is signed. */
export const receiptText = (receipt: Receipt): string => `bowon receipt 1\n${canonicalJson(receipt as unknown as Json)}`

/** What a key signs when it names its successor. */
export const endorsementText = (id: string, publicKey: string): string => `bowon receipt key 1\n${id}\n${publicKey}`

/** Numbers given by a receipt, by `n`. */
export const numbersOf = (receipt: Receipt): Map<number, number> => {
  const numbers = new Map<number, number>()
  for (const [n, seq, count] of receipt.runs) for (let i = 0; i < count; i++) numbers.set(n + i, seq + i)
  return numbers
}

/** Packs (n, seq) pairs, in the order of n, into runs. */
export const runsOf = (pairs: readonly { n: number; seq: number }[]): Receipt['runs'] => {
  const runs: [number, number, number][] = []
  for (const { n, seq } of [...pairs].sort((a, b) => a.n - b.n)) {
    const run = runs.at(-1)
    if (run && n === run[0] + run[2] && seq === run[1] + run[2]) run[2]++
    else runs.push([n, seq, 1])
  }
  return runs
}

/** Whether a receipt speaks of exactly these bytes; the signature is verified by whoever holds the key. */
export const covers = (receipt: Receipt, digestOf: (n: number) => string | undefined): boolean => {
  const named = [...numbersOf(receipt).keys(), ...receipt.held].sort((a, b) => a - b)
  const digests = named.map(digestOf)
  return digests.every((one) => one !== undefined) && digestOfDigests(digests as string[]) === receipt.digest
}
