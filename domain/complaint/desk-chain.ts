import { fromBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import {
  type DeskList,
  deskList,
  deskListText,
  type ListSignatures,
  listDigest,
  recipientsOf,
  type SignedDeskList,
} from './desk-list.ts'

// Which list of desk keys may take the place of another (docs/authority.md, "The desk"): the same on tablets, in members' browsers and on the
// server. Nobody can move it alone once there are two members, and nobody who has left can move it at all.

/** Ed25519 over raw keys; whoever calls has the cryptography. */
export type VerifyEd25519 = (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array) => Promise<boolean>

/** Public keys of those whose word alters this list: its members, and the key on paper. None for a list of before members signed. */
export const signersOf = (list: DeskList): string[] =>
  [...list.keys.map(({ signer }) => signer), list.recoverySigner].filter((one) => one !== undefined)

/** How many of `signersOf` the next list needs: two members, or one and the key on paper, once there are two. */
export const neededOf = (list: DeskList): number => Math.min(2, list.keys.length, signersOf(list).length)

const areDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length

/** The part of a list that cannot follow this one, whoever signs it; null when all of it can. */
export const faultAfter = (known: DeskList, next: DeskList): string | null => {
  if (next.number !== known.number + 1) return 'list.number'
  if (next.after !== listDigest(known)) return 'list.after'
  if (next.desk !== known.desk) return 'list.desk'
  if (signersOf(next).length !== next.keys.length + 1) return 'list.keys'
  // one person with two keys would be two members
  if (!areDistinct(next.keys.map(({ staff }) => staff)) || !areDistinct(recipientsOf(next))) return 'list.keys'
  if (!areDistinct(signersOf(next))) return 'list.keys'
  const stay = new Set(recipientsOf(next))
  const somebodyLeft = recipientsOf(known).some((one) => !stay.has(one))
  // whoever leaves has had the root's private half
  return somebodyLeft && next.root === known.root ? 'list.root' : null
}

const isSignedBy = async (verify: VerifyEd25519, list: DeskList, signatures: ListSignatures, by: string) => {
  const [key, sign] = [fromBase64Url(by), fromBase64Url(Object.hasOwn(signatures, by) ? signatures[by]! : '')]
  if (key?.length !== 32 || sign?.length !== 64) return false
  return verify(key, sign, utf8ToBytes(deskListText(list))).catch(() => false)
}

/** Those of `by` whose signature over the list is true. */
export const trueSigners = async (
  verify: VerifyEd25519,
  { list, signatures }: SignedDeskList,
  by: readonly string[],
): Promise<readonly string[]> => {
  const distinct = [...new Set(by)]
  const isTrue = await Promise.all(distinct.map((one) => isSignedBy(verify, list, signatures, one)))
  return distinct.filter((_, at) => isTrue[at])
}

/** The roots that have to sign: the list's own, and the one of the list that it follows. */
export const rootsOf = (known: DeskList | null, next: DeskList): string[] => [
  ...new Set([next.root, ...(known ? [known.root] : [])]),
]

/** Whether they have. */
const isRooted = async (verify: VerifyEd25519, known: DeskList | null, next: SignedDeskList): Promise<boolean> => {
  const roots = rootsOf(known, next.list)
  return (await trueSigners(verify, next, roots)).length === roots.length
}

/** Whether it takes the place of `known`: it follows it, and everybody who must has signed. */
const follows = async (verify: VerifyEd25519, known: DeskList, next: SignedDeskList): Promise<boolean> =>
  deskList.safeParse(next.list).success &&
  faultAfter(known, next.list) === null &&
  (await isRooted(verify, known, next)) &&
  (await trueSigners(verify, next, signersOf(known))).length >= neededOf(known)

export interface TrustedList {
  readonly desk: SignedDeskList | null
  /** Something was offered that is not the desk's: an older list, another one under the same number, or one that lacks a signature. */
  readonly refused: boolean
}

/**
 * Where a browser stands after a server has offered its lists, oldest first. It goes on from the one it knows, else from the one that its link
 * has pinned (`pin`: its digest; from links of before, its root), else from the first that is offered.
 */
export const trustedList = async (
  verify: VerifyEd25519,
  { known, pin }: { readonly known: SignedDeskList | null; readonly pin: string | undefined },
  offered: readonly SignedDeskList[],
): Promise<TrustedList> => {
  if (offered.length === 0) return { desk: known, refused: false }
  let desk = known ?? (await anchorOf(verify, pin, offered))
  if (!desk) return { desk: null, refused: true }
  for (const next of offered) {
    if (next.list.number < desk.list.number) continue
    if (listDigest(next.list) === listDigest(desk.list)) continue
    if (!(await follows(verify, desk.list, next))) return { desk, refused: true }
    desk = next
  }
  return { desk, refused: offered.at(-1)!.list.number < desk.list.number }
}

const anchorOf = async (
  verify: VerifyEd25519,
  pin: string | undefined,
  offered: readonly SignedDeskList[],
): Promise<SignedDeskList | null> => {
  const isPinned = ({ list }: SignedDeskList) => pin === undefined || pin === listDigest(list) || pin === list.root
  const first = offered.find((one) => deskList.safeParse(one.list).success && isPinned(one))
  return first && (await isRooted(verify, null, first)) ? first : null
}
