import { signal } from '@preact/signals'
import type { DeskList, SignedDeskList } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { Result } from '#domain/kernel/result.ts'
import type { Api } from '#src/session/api.ts'
import type { Wrapped } from '#src/store/identity-types.ts'

export interface Member {
  readonly staff: string
  readonly recipient: string
}

/** What the server says of the desk: the list that seals, one's own wrapped key, and who has made one. */
export interface DeskNews {
  readonly list: DeskList | null
  readonly signature: string | null
  readonly number: number
  readonly mine: { readonly recipient: string; readonly wrapped: Wrapped } | null
  readonly members: readonly Member[]
}

/** Null while it was not asked; a failure when it could not be. */
export const deskNews = signal<Result<DeskNews, Failure> | null>(null)

export const askDesk = async (api: Api): Promise<void> => {
  deskNews.value = await api.get<DeskNews>('/api/desk')
}

/** Where a member stands: without a key, waiting to be admitted, or on the list. */
export const standingAtDesk = ({ list, mine }: DeskNews): 'no-key' | 'pending' | 'member' => {
  if (!mine) return 'no-key'
  return list?.keys.some(({ recipient }) => recipient === mine.recipient) ? 'member' : 'pending'
}

/** Colleagues whose key is on no list yet. */
export const pendingMembers = ({ list, members }: DeskNews): readonly Member[] =>
  members.filter(({ recipient }) => !list?.keys.some((key) => key.recipient === recipient))

export const publish = (api: Api, body: Partial<SignedDeskList> & { recipient?: string; wrapped?: Wrapped }) =>
  api.post<void>('/api/desk/keys', body)
