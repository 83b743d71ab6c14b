import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { type ReviewState, reviewStates } from '#domain/review.ts'
import type { ReviewRow } from '#src/store/database.ts'
import type { InboxItem, InboxLine, StateCounts } from '#src/store/review-index.ts'

/** Parts of the inbox. `waiting` is all that a supervisor has to look at; `conflict` and `answered` are parts of it. */
export const tabs = ['waiting', 'conflict', 'answered', 'returned', 'approved', 'all'] as const
export type Tab = (typeof tabs)[number]

export const statesIn: Readonly<Record<Tab, readonly ReviewState[]>> = {
  waiting: ['conflict', 'answered', 'new', 'changed-since-approval'],
  conflict: ['conflict'],
  answered: ['answered'],
  returned: ['returned'],
  approved: ['approved'],
  all: reviewStates,
}

export interface InboxFilter {
  readonly kind?: string | undefined
  readonly district?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** `districtOf` knows where a place lies. */
export const matches = (
  row: ReviewRow,
  { kind, district, from, to }: InboxFilter,
  districtOf: (place: string | undefined) => string | undefined,
): boolean =>
  (kind === undefined || row.kind === kind) &&
  (district === undefined || districtOf(row.place) === district) &&
  (from === undefined || (row.day !== undefined && row.day >= from)) &&
  (to === undefined || (row.day !== undefined && row.day <= to))

export const isFiltered = (filter: InboxFilter): boolean => Object.values(filter).some((one) => one !== undefined)

export const countIn = (counts: StateCounts, tab: Tab): number =>
  statesIn[tab].reduce((sum, state) => sum + counts[state], 0)

/** Why a record cannot be approved as it stands; null when it can. */
export const approvalBlock = ({
  record,
  state,
}: Pick<InboxItem, 'record' | 'state'>): 'withdrawn' | 'unsent' | 'unread' | 'conflict' | 'asked' | null => {
  if (state === 'withdrawn') return 'withdrawn'
  // an approval names a number, and what waits on this tablet has none
  if (record.waiting.length > 0) return 'unsent'
  // which version is approved only the server's number tells, and that has not been read back
  if (record.seq === 0) return 'unread'
  if (state === 'conflict') return 'conflict'
  return state === 'returned' ? 'asked' : null
}

interface InboxDay {
  readonly day: Day
  readonly lines: readonly InboxLine[]
}

/** The lines in the order given, parted by the day (in Thailand) on which they moved. */
export const groupByDay = (lines: readonly InboxLine[]): readonly InboxDay[] => {
  const days: { day: Day; lines: InboxLine[] }[] = []
  for (const line of lines) {
    const day = dayOfInstant(line.movedAt)
    const last = days.at(-1)
    if (last?.day === day) last.lines.push(line)
    else days.push({ day, lines: [line] })
  }
  return days
}

/** Ids of the records beside one; from one that is no longer in the list one goes on at its beginning. */
export const besides = (
  lines: readonly Pick<InboxLine, 'record'>[],
  id: string | undefined,
): { before?: string; after?: string } => {
  const at = lines.findIndex(({ record }) => record.id === id)
  const [before, after] = [lines[at - 1], lines[at + 1]]
  return { ...(at > 0 && before && { before: before.record.id }), ...(after && { after: after.record.id }) }
}
