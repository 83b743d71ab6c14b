import type { DeskMember, SignedDeskList } from '#domain/complaint/desk-list.ts'
import { type Alteration, firstList, newPaper, nextList, type PaperKey } from '#src/vault/desk-keys.ts'
import { deskSigner } from '#src/vault/desk-trust.ts'
import { newIdentity } from '#src/vault/seal.ts'

/** Somebody of the desk, with the private key that in life is in their browser alone. */
export interface KeyHolder {
  readonly identity: string
  readonly member: DeskMember
}

export const newKeyHolder = async (staff: string): Promise<KeyHolder> => {
  const { identity, recipient } = await newIdentity()
  return { identity, member: { staff, recipient, signer: (await deskSigner(identity)).public } }
}

export interface BegunDesk {
  readonly first: KeyHolder
  readonly paper: PaperKey
  readonly signed: SignedDeskList
}

/** A desk with one member, as its first list stands. */
export const beginDesk = async (staff: string): Promise<BegunDesk> => {
  const [first, paper] = [await newKeyHolder(staff), await newPaper()]
  return { first, paper, signed: await firstList({ staff, desk: 'main' }, first.identity, paper) }
}

/** The list after this one; throws when none of the keys opens its root. */
export const listAfter = async (
  { list }: SignedDeskList,
  change: Alteration,
  ...identities: readonly string[]
): Promise<SignedDeskList> => {
  const next = await nextList(list, change, identities)
  if (!next) throw new Error('none of these keys opens the root')
  return next
}
