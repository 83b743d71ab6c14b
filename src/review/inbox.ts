import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { type Decision, type Question, type ReviewState, reviewState } from '#domain/review.ts'
import type { View } from '#domain/view.ts'
import type { RecordView } from '#src/store/types.ts'

/** Parts of the inbox. `waiting` is all that a supervisor has to look at; `conflict` and `answered` are parts of it. */
export const tabs = ['waiting', 'conflict', 'answered', 'returned', 'approved', 'all'] as const
export type Tab = (typeof tabs)[number]

export interface InboxItem {
  readonly record: RecordView
  readonly state: ReviewState
  /** Questions about it that were not taken back, the oldest first. */
  readonly questions: readonly Question[]
  /** Decisions about it that were not taken back, the oldest first. */
  readonly decisions: readonly Decision[]
  /** When it was last written, or an answer about it, in milliseconds. */
  readonly movedAt: number
  readonly district: string | undefined
  /** The day on which it was held. */
  readonly day: string | undefined
}

export interface InboxFilter {
  readonly kind?: string | undefined
  readonly district?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const parts: Readonly<Record<ReviewState, readonly Tab[]>> = {
  conflict: ['waiting', 'conflict'],
  answered: ['waiting', 'answered'],
  new: ['waiting'],
  'changed-since-approval': ['waiting'],
  returned: ['returned'],
  approved: ['approved'],
  withdrawn: [],
}

/** Every reviewed record with where it stands, the one that moved last first. `districtOf` knows where a place lies. */
export const inboxOf = (
  records: readonly RecordView[],
  questions: readonly Question[],
  decisions: readonly Decision[],
  districtOf: (place: string | undefined) => string | undefined,
): readonly InboxItem[] => {
  const asked = byAbout(questions)
  const decided = byAbout(decisions)
  return records
    .map((record) => itemOf(record, asked.get(record.id) ?? [], decided.get(record.id) ?? [], districtOf))
    .sort((a, b) => b.movedAt - a.movedAt || (a.record.id < b.record.id ? -1 : 1))
}

const itemOf = (
  record: RecordView,
  questions: readonly Question[],
  decisions: readonly Decision[],
  districtOf: (place: string | undefined) => string | undefined,
): InboxItem => {
  const known = reviewState(record as View, questions, decisions)
  // what waits on this tablet has no number yet, so that no approval can have seen it
  const state = known === 'approved' && record.waiting.length > 0 ? 'changed-since-approval' : known
  const { place, heldOn } = record.values as { place?: string; heldOn?: string }
  const answers = questions.map(({ values }) => values.answeredAt ?? 0)
  const movedAt = Math.max(writtenAt(record), ...answers)
  return { record, state, questions, decisions, movedAt, district: districtOf(place), day: heldOn }
}

/** When a record was last written: the server's stamp, or the tablet's clock while it waits here. */
const writtenAt = ({ last, created }: Pick<RecordView, 'last' | 'created'>): number => {
  if (last && last.stamp !== Number.MAX_SAFE_INTEGER) return last.stamp
  return last?.at ?? created?.at ?? 0
}

export const isIn = (item: InboxItem, tab: Tab): boolean => tab === 'all' || parts[item.state].includes(tab)

/** Why a record cannot be approved as it stands; null when it can. */
export const approvalBlock = ({ record, state }: InboxItem): 'withdrawn' | 'unsent' | 'conflict' | 'asked' | null => {
  if (state === 'withdrawn') return 'withdrawn'
  // an approval names a number, and what waits on this tablet has none
  if (record.waiting.length > 0) return 'unsent'
  if (state === 'conflict') return 'conflict'
  return state === 'returned' ? 'asked' : null
}

export const matches = (item: InboxItem, { kind, district, from, to }: InboxFilter): boolean =>
  (kind === undefined || item.record.kind === kind) &&
  (district === undefined || item.district === district) &&
  (from === undefined || (item.day !== undefined && item.day >= from)) &&
  (to === undefined || (item.day !== undefined && item.day <= to))

export const isFiltered = (filter: InboxFilter): boolean => Object.values(filter).some((one) => one !== undefined)

export const countTabs = (items: readonly InboxItem[]): Readonly<Record<Tab, number>> => {
  const counts = { waiting: 0, conflict: 0, answered: 0, returned: 0, approved: 0, all: items.length }
  for (const { state } of items) for (const tab of parts[state]) counts[tab] += 1
  return counts
}

export interface InboxDay {
  readonly day: Day
  readonly items: readonly InboxItem[]
}

/** The items in the order given, parted by the day (in Thailand) on which they moved. */
export const groupByDay = (items: readonly InboxItem[]): readonly InboxDay[] => {
  const days: { day: Day; items: InboxItem[] }[] = []
  for (const item of items) {
    const day = dayOfInstant(item.movedAt)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(item)
    else days.push({ day, items: [item] })
  }
  return days
}

/** Ids of the items beside one; from an item that is no longer in the list one goes on at its beginning. */
export const besides = (items: readonly InboxItem[], id: string | undefined): { before?: string; after?: string } => {
  const at = items.findIndex(({ record }) => record.id === id)
  const [before, after] = [items[at - 1], items[at + 1]]
  return { ...(at > 0 && before && { before: before.record.id }), ...(after && { after: after.record.id }) }
}

type About = { readonly values: { readonly about?: string }; readonly withdrawn: unknown }

const byAbout = <T extends About & { readonly created: { readonly at: number } | null }>(all: readonly T[]) => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const { about } = one.values
    if (about === undefined || one.withdrawn) continue
    const group = groups.get(about)
    if (group) group.push(one)
    else groups.set(about, [one])
  }
  for (const group of groups.values()) group.sort((a, b) => (a.created?.at ?? 0) - (b.created?.at ?? 0))
  return groups
}
