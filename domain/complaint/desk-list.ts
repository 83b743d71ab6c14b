import * as z from 'zod/mini'
import { canonicalJson, type Json } from '#domain/kernel/bytes.ts'
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
 * Whether a tablet may replace the list it has by another (security.md 1): the same root as pinned, and a number that does not fall. The
 * signature is verified beforehand, by whoever has the cryptography.
 */
export const mayReplace = (known: DeskList | null, next: DeskList): 'yes' | 'other-root' | 'older' => {
  if (!known) return 'yes'
  if (next.root !== known.root) return 'other-root'
  return next.number < known.number ? 'older' : 'yes'
}
