import * as z from 'zod/mini'
import { canonicalJson, fromBase64Url, type Json, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { isId } from '#domain/kernel/id.ts'

const recipient = z.string().check(z.regex(/^age1[0-9a-z]{50,}$/))

/** The public keys that complaints are sealed to: numbered, signed by the province's root in a supervisor's browser. */
export const deskList = z.object({
  number: z.int().check(z.minimum(1)),
  desk: z.string().check(z.minLength(1), z.maxLength(40)),
  keys: z.array(z.object({ staff: z.string().check(z.refine(isId)), recipient })).check(z.minLength(1)),
  /** The key on paper. */
  recovery: recipient,
  /** Ed25519 public key of the province's root, base64url. */
  root: z.string(),
  /** The root's private key, sealed to the keys of this list and to the one on paper: each of them can sign the next list. */
  rootKey: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,20000}$/)),
})
export type DeskList = z.infer<typeof deskList>

export interface SignedDeskList {
  readonly list: DeskList
  /** Ed25519 over `deskListText`, base64url. */
  readonly signature: string
}

/** The exact text that the root signs. */
export const deskListText = (list: DeskList): string => `bowon desk list 1\n${canonicalJson(list as unknown as Json)}`

export const recipientsOf = (list: DeskList): string[] => [...list.keys.map((key) => key.recipient), list.recovery]

/**
 * Whether a tablet may replace the list it has by another (docs/security.md): the same root as pinned, and a greater number, since two lists of
 * one number cannot both be the desk's. The signature is judged by `trustedList`.
 */
const mayReplace = (known: DeskList | null, next: DeskList): boolean =>
  !known || (next.root === known.root && next.number > known.number)

/** Ed25519 over raw keys; whoever calls has the cryptography. */
export type VerifyEd25519 = (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array) => Promise<boolean>

/** Whether a list is what the root that it names has signed. */
const isSigned = async (verify: VerifyEd25519, { list, signature }: SignedDeskList): Promise<boolean> => {
  if (!deskList.safeParse(list).success) return false
  const [root, sign] = [fromBase64Url(list.root), fromBase64Url(signature)]
  if (root?.length !== 32 || sign?.length !== 64) return false
  return verify(root, sign, utf8ToBytes(deskListText(list))).catch(() => false)
}

/** The list to seal to, once the server has offered another: the offered one if it can be trusted, else the one known so far. */
export const trustedList = async (
  verify: VerifyEd25519,
  known: SignedDeskList | null,
  offered: SignedDeskList | null,
): Promise<SignedDeskList | null> => {
  if (!offered || !(await isSigned(verify, offered))) return known
  return mayReplace(known?.list ?? null, offered.list) ? offered : known
}
