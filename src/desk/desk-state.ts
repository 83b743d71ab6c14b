import { signal } from '@preact/signals'
import { neededOf, signersOf } from '#domain/complaint/desk-chain.ts'
import type { DeskList, DeskMember, SignedDeskList } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { Result } from '#domain/kernel/result.ts'
import type { Api } from '#src/session/api.ts'
import { useApp } from '#src/session/context.ts'
import type { Wrapped } from '#src/store/identity-types.ts'
import type { BroughtKey } from '#src/vault/desk-keys.ts'

/** A key that somebody of the desk has made. */
interface MemberKey extends DeskMember {
  /** Number of the last list that has it; 0 when none ever had. */
  readonly listed: number
}

/** A list that waits for another member's word. */
export interface Proposal extends SignedDeskList {
  readonly staff: string
  /** Milliseconds. */
  readonly at: number
}

/** What the server says of the desk. Which list counts it does not say: that is what this browser trusts (`useDeskList`). */
export interface DeskNews {
  /** Number of the newest list. */
  readonly number: number
  /** One's own keys, the oldest first. */
  readonly mine: readonly (MemberKey & { readonly wrapped: Wrapped })[]
  /** Everybody's, the oldest first. */
  readonly members: readonly MemberKey[]
  readonly proposals: readonly Proposal[]
}

/** Null while it was not asked; a failure when it could not be. */
export const deskNews = signal<Result<DeskNews, Failure> | null>(null)

/** Asks again; what is known stays when the server cannot be reached. */
export const askDesk = async (api: Api): Promise<void> => {
  const answer = await api.get<DeskNews>('/api/desk')
  if (answer.ok || !deskNews.peek()?.ok || answer.failure.code !== 'unavailable') deskNews.value = answer
}

/** The list that this browser seals to, whatever the server says. */
export const useDeskList = (): DeskList | null => useApp().store.people.identity.value.desk?.list ?? null

/** Where a member stands: without a key, waiting to be admitted, on the list, or taken off it. */
export const standingAtDesk = (
  { mine }: Pick<DeskNews, 'mine'>,
  list: DeskList | null,
): 'no-key' | 'pending' | 'member' | 'removed' => {
  if (keyOnList(mine, list)) return 'member'
  const newest = mine.at(-1)
  if (!newest) return 'no-key'
  return newest.listed > 0 && newest.listed < (list?.number ?? 0) ? 'removed' : 'pending'
}

/** The newest of these keys that the list has. */
export const keyOnList = <K extends { readonly recipient: string }>(
  keys: readonly K[],
  list: DeskList | null,
): K | undefined => keys.findLast(({ recipient }) => list?.keys.some((key) => key.recipient === recipient))

/**
 * The newest key of each colleague, where no list has ever had it: whoever was taken off a list does not wait for anything. On a list of before
 * members signed, those too whose signing half is new.
 */
export const pendingMembers = ({ members }: Pick<DeskNews, 'members'>, list: DeskList): readonly DeskMember[] =>
  members
    .filter((one, at) => one.signer && !members.slice(at + 1).some(({ staff }) => staff === one.staff))
    .filter((one) => one.listed === 0 || list.keys.some((key) => key.recipient === one.recipient && !key.signer))
    .map(({ listed: _, ...one }) => one)

/** Whether the next list needs another word than the one of whoever makes it. */
export const needsAnother = (list: DeskList): boolean => neededOf(list) > 1

/** Who has signed a proposal, of those whose word it needs. */
export const behind = (list: DeskList, { signatures }: SignedDeskList): readonly string[] =>
  signersOf(list).filter((one) => Object.hasOwn(signatures, one))

/** Brings a key, a list, or both; whether the list is the desk's now. */
export const publish = (api: Api, body: Partial<SignedDeskList> & { key?: BroughtKey }) =>
  api.post<{ readonly published: boolean }>('/api/desk/keys', body)

export const dropProposal = (api: Api, digest: string) => api.post<void>('/api/desk/proposals/drop', { digest })
