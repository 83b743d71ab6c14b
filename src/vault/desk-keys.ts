import { faultAfter } from '#domain/complaint/desk-chain.ts'
import {
  type DeskList,
  type DeskMember,
  deskKeyText,
  listDigest,
  recipientsOf,
  type SignedDeskList,
} from '#domain/complaint/desk-list.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { Wrapped } from '#src/store/identity-types.ts'
import { deriveKey } from './derive-key.ts'
import { deskSigner, newRoot, rootSigner, signList, unsigned } from './desk-trust.ts'
import { newIdentity, open, recipientOf, seal } from './seal.ts'
import { wrap } from './wrap.ts'

/** The public halves of a private key, as a list names them. */
const publicHalves = async (identity: string) => ({
  recipient: await recipientOf(identity),
  signer: (await deskSigner(identity)).public,
})

/** A key as its owner brings it to the server: `POST /api/desk/keys`. */
export interface BroughtKey {
  readonly recipient: string
  readonly signer: string
  readonly wrapped: Wrapped
  readonly proof: string
}

/** Lays a private key under a passphrase, with the word of the key itself that it is its owner's. */
export const bringKey = async (
  identity: string,
  passphrase: string,
  { province, staff }: { readonly province: string; readonly staff: string },
): Promise<BroughtKey> => {
  const [signer, wrapped] = await Promise.all([deskSigner(identity), wrap(identity, passphrase, deriveKey)])
  const key = { staff, recipient: await recipientOf(identity), signer: signer.public }
  const proof = await signer.sign(deskKeyText(province, key, wrapped as unknown as Json))
  return { recipient: key.recipient, signer: key.signer, wrapped, proof }
}

export interface PaperKey {
  /** Shown once, for paper. */
  readonly secret: string
  readonly recovery: string
  readonly recoverySigner: string
}

export const newPaper = async (): Promise<PaperKey> => {
  const { identity } = await newIdentity()
  const { recipient, signer } = await publicHalves(identity)
  return { secret: identity, recovery: recipient, recoverySigner: signer }
}

/** The list that a province's desk begins with: one member, the key on paper, and the root that signs the lists. */
export const firstList = async (
  { staff, desk }: { readonly staff: string; readonly desk: string },
  identity: string,
  { recovery, recoverySigner }: PaperKey,
): Promise<SignedDeskList> => {
  const [secret, own, signer] = await Promise.all([newRoot(), publicHalves(identity), deskSigner(identity)])
  const root = await rootSigner(secret)
  const list: DeskList = {
    number: 1,
    desk,
    keys: [{ staff, ...own }],
    recovery,
    recoverySigner,
    root: root.public,
    rootKey: await seal(secret, [own.recipient, recovery]),
  }
  return signList(unsigned(list), [root, signer])
}

export interface Alteration {
  readonly keys: readonly DeskMember[]
  readonly paper?: Pick<PaperKey, 'recovery' | 'recoverySigner'> | undefined
}

/**
 * The list after this one, signed by its roots and by the private keys that are at hand (a member's, the one on paper, or both). Where somebody
 * leaves, or the paper is replaced, it has another root. Null when none of the keys opens the root.
 */
export const nextList = async (
  known: DeskList,
  { keys, paper }: Alteration,
  identities: readonly string[],
): Promise<SignedDeskList | null> => {
  const opened = await Promise.all(identities.map((identity) => open(known.rootKey, identity)))
  const before = opened.find((secret) => secret !== null)
  if (!before) return null
  const bare = {
    desk: known.desk,
    number: known.number + 1,
    after: listDigest(known),
    keys: [...keys],
    recovery: known.recovery,
    ...(known.recoverySigner && { recoverySigner: known.recoverySigner }),
    ...paper,
  }
  const to = [...keys.map(({ recipient }) => recipient), bare.recovery]
  const stays = recipientsOf(known).every((one) => to.includes(one))
  const secret = stays ? before : await newRoot()
  const root = await rootSigner(secret)
  const list: DeskList = { ...bare, root: root.public, rootKey: await seal(secret, to) }
  return coSign(unsigned(list), identities, [root, await rootSigner(before)])
}

const coSign = async (
  proposed: SignedDeskList,
  identities: readonly string[],
  roots: Parameters<typeof signList>[1] = [],
): Promise<SignedDeskList> => signList(proposed, [...roots, ...(await Promise.all(identities.map(deskSigner)))])

/**
 * A colleague's proposal with the word of these private keys. Null when it does not follow the list that is known here, or when its root is
 * not theirs to open: then whoever signs would shut themselves out.
 */
export const confirmList = async (
  known: DeskList,
  proposed: SignedDeskList,
  identities: readonly string[],
): Promise<SignedDeskList | null> => {
  if (faultAfter(known, proposed.list) !== null) return null
  const recipients = await Promise.all(identities.map(recipientOf))
  const stays = recipients.some((one) => recipientsOf(proposed.list).includes(one))
  if (stays && !(await opensRoot(proposed.list, identities))) return null
  return coSign(proposed, identities)
}

const opensRoot = async (list: DeskList, identities: readonly string[]): Promise<boolean> => {
  for (const identity of identities) {
    const secret = await open(list.rootKey, identity)
    if (secret !== null && (await rootSigner(secret)).public === list.root) return true
  }
  return false
}

/** Whether this is the private half of the list's key on paper, however it was typed. */
export const readPaper = async (list: DeskList, typed: string): Promise<string | null> => {
  const secret = typed.toUpperCase().replace(/[^A-Z0-9-]/g, '')
  const recipient = await recipientOf(secret).catch(() => null)
  return recipient === list.recovery ? secret : null
}
