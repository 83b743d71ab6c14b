import { type CaseFault, caseFault } from '#domain/complaint/case-rule.ts'
import { isAskedFor } from '#domain/complaint/slip-number.ts'
import type { Day } from '#domain/kernel/day.ts'
import { derivedId, type RecordId } from '#domain/kernel/id.ts'
import { searchKey } from '#domain/kernel/thai-text.ts'
import type { Values } from '#domain/record-kind.ts'
import type { complaintCase } from '#domain/records/case.ts'
import type { RecordView } from '#src/store/types.ts'
import { reasonGiven } from './case/decision.ts'
import { type ClearFacts, casesByComplaint, clearFacts } from './clear-facts.ts'
import { type OpenedPart, type Summary, summaryOf } from './open-parts.ts'
import type { ComplaintView } from './opening.ts'

export type CaseView = RecordView<Values<typeof complaintCase>>

export const caseId = (complaint: RecordId): RecordId => derivedId('case', complaint)

/** One line of the inbox: what is clear, and what has been opened. */
export interface InboxRow extends ClearFacts {
  readonly view: ComplaintView
  /** Null while the envelope is closed. */
  readonly summary: Summary | null
  readonly urgent: boolean
  /** What the rule refuses of what was decided; null also while the envelope is closed, for then nobody here can know. */
  readonly fault: Exclude<CaseFault, 'unread'> | null
}

/** Every part that is here has been tried; one that came later is still closed, and so is one that did not open and was sealed again. */
export const isOpened = (
  view: ComplaintView,
  parts: readonly OpenedPart[] | undefined,
): parts is readonly OpenedPart[] =>
  parts !== undefined &&
  Object.entries(view.values.parts ?? {}).every(([key, { envelope }]) =>
    parts.some((one) => one.key === key && (one.state === 'open' || one.envelope === envelope)),
  )

/** The inbox in the order of work: danger, then what a member must settle, then what is overdue, then the newest. */
export const inboxRows = (
  complaints: readonly ComplaintView[],
  cases: readonly CaseView[],
  opened: ReadonlyMap<string, readonly OpenedPart[]>,
  isUrgent: (category: string) => boolean,
  today: Day,
): readonly InboxRow[] => {
  const caseOf = casesByComplaint(cases)
  return complaints
    .map((view): InboxRow => {
      const known = caseOf.get(view.id)
      const parts = opened.get(view.id)
      const summary = isOpened(view, parts) ? summaryOf(parts) : null
      const urgent =
        summary !== null && (summary.inDanger || (summary.category !== undefined && isUrgent(summary.category)))
      return { view, ...clearFacts(known, today), summary, urgent, fault: faultIn(known, summary?.categories ?? null) }
    })
    .sort((a, b) => rank(b) - rank(a) || b.late - a.late || (receivedOn(a) < receivedOn(b) ? 1 : -1))
}

/** What the rule refuses of a decision that is there; `categories` is null where this browser cannot know. */
export const faultIn = (known: CaseView | undefined, categories: readonly string[] | null): InboxRow['fault'] => {
  const state = known?.values.state
  const fault = caseFault({ state, categories, hasReason: reasonGiven(known, state) })
  return fault === 'unread' ? null : fault
}

/** Whether there is still something to do: a case that has ended may be in conflict, or have ended as it must not. */
export const isOngoing = (row: InboxRow): boolean => !row.ended || mustSettle(row)

const mustSettle = (row: InboxRow) => row.conflicting || row.fault !== null
const rank = (row: InboxRow) => (row.urgent && !row.ended ? 3 : mustSettle(row) ? 2 : row.ended ? 0 : 1)
const receivedOn = (row: InboxRow) => row.view.values.receivedOn ?? ''

/** Whether what was told contains these words, or the slip has this number. Only what has been opened can be found. */
export const matches = (row: InboxRow, text: string, label: (row: InboxRow) => string): boolean => {
  const wanted = searchKey(text)
  if (wanted === '') return true
  const { summary } = row
  if (!summary) return false
  if (summary.numbers.some((number) => isAskedFor(number, text))) return true
  return [label(row), ...summary.words].some((words) => searchKey(words).includes(wanted))
}
