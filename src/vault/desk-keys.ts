import type { DeskList, SignedDeskList } from '#domain/complaint/desk-list.ts'
import { newRoot, signList } from './desk-trust.ts'
import { newIdentity, open, seal } from './seal.ts'

/** A member of the desk as a list names them. */
export type DeskMember = DeskList['keys'][number]

export interface FirstKeys {
  readonly identity: string
  /** Shown once, for paper. */
  readonly recovery: string
  readonly signed: SignedDeskList
}

/** The keys that a province's desk begins with: a member's own, the one on paper, and the root that signs the lists. */
export const firstKeys = async (staff: string, desk: string): Promise<FirstKeys> => {
  const [own, paper, root] = await Promise.all([newIdentity(), newIdentity(), newRoot()])
  const keys = [{ staff, recipient: own.recipient }]
  const recovery = paper.recipient
  const rootKey = await seal(root.secret, [own.recipient, recovery])
  const signed = await signList({ number: 1, desk, keys, recovery, root: root.root, rootKey }, root.secret)
  return { identity: own.identity, recovery: paper.identity, signed }
}

/** The list after this one, with these members; null when `identity` is none that this list names. */
export const nextList = async (
  list: DeskList,
  keys: readonly DeskMember[],
  identity: string,
): Promise<SignedDeskList | null> => {
  const root = await open(list.rootKey, identity)
  if (root === null) return null
  const rootKey = await seal(root, [...keys.map(({ recipient }) => recipient), list.recovery])
  return signList({ ...list, number: list.number + 1, keys: [...keys], rootKey }, root)
}
