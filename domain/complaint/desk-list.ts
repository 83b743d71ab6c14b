import * as z from 'zod/mini'
import { canonicalJson, type Json, sha256, toBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { isId } from '#domain/kernel/id.ts'

export const recipient = z.string().check(z.regex(/^age1[0-9a-z]{50,2000}$/))
/** Raw Ed25519 public key, base64url. */
export const publicKey = z.string().check(z.regex(/^[\w-]{43}$/))
export const signature = z.string().check(z.regex(/^[\w-]{86}$/))

const member = z.object({
  staff: z.string().check(z.refine(isId)),
  recipient,
  /** What this member signs lists with; absent from lists of before members signed. */
  signer: z.optional(publicKey),
})

/** The public keys that complaints are sealed to. Lists are numbered, and each follows the one before it (`desk-chain.ts`). */
export const deskList = z.object({
  number: z.int().check(z.minimum(1)),
  /** `listDigest` of the list before; absent from the first one, and from lists of before members signed. */
  after: z.optional(z.string().check(z.regex(/^[\w-]{43}$/))),
  desk: z.string().check(z.minLength(1), z.maxLength(40)),
  keys: z.array(member).check(z.minLength(1), z.maxLength(50)),
  /** The key on paper, and what it signs lists with. */
  recovery: recipient,
  recoverySigner: z.optional(publicKey),
  /** Public half of the province's root. */
  root: publicKey,
  /** The root's private key, sealed to the keys of this list and to the one on paper. */
  rootKey: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,20000}$/)),
})
export type DeskList = z.infer<typeof deskList>
/** A member of the desk as a list names them. */
export type DeskMember = DeskList['keys'][number]

/** Ed25519 over `deskListText`, base64url, by the public keys of those who have signed. */
export const listSignatures = z.record(publicKey, signature)
export type ListSignatures = Readonly<Record<string, string>>

export interface SignedDeskList {
  readonly list: DeskList
  readonly signatures: ListSignatures
}

/** The exact text that is signed. */
export const deskListText = (list: DeskList): string => `bowon desk list 1\n${canonicalJson(list as unknown as Json)}`

/** SHA-256 of that text, base64url: what the next list, and the link that enrols a tablet, name it by. */
export const listDigest = (list: DeskList): string => toBase64Url(sha256(utf8ToBytes(deskListText(list))))

/** The exact text by which a key that is registered shows that whoever registers it has its private halves; all parts public. */
export const deskKeyText = (
  province: string,
  key: { readonly staff: string; readonly recipient: string; readonly signer: string },
  wrapped: Json,
): string => {
  const { staff, recipient, signer } = key
  return ['bowon desk key 1', province, staff, recipient, signer, canonicalJson(wrapped)].join('\n')
}

export const recipientsOf = (list: DeskList): string[] => [...list.keys.map((key) => key.recipient), list.recovery]
