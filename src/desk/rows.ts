import { daysLate, hasEnded } from '#domain/complaint/case-state.ts'
import { type Day, isDay } from '#domain/kernel/day.ts'
import { derivedId, type RecordId } from '#domain/kernel/id.ts'
import { searchKey } from '#domain/kernel/thai-text.ts'
import type { Values } from '#domain/record-kind.ts'
import type { complaintCase } from '#domain/records/case.ts'
import type { RecordView } from '#src/store/types.ts'
import { type OpenedPart, type Summary, summaryOf } from './open-parts.ts'
import type { ComplaintView } from './opening.ts'

export type CaseView = RecordView<Values<typeof complaintCase>>

export const caseId = (complaint: RecordId): RecordId => derivedId('case', complaint)

/** One line of the inbox: what is clear, and what has been opened. */
export interface InboxRow {
  readonly view: ComplaintView
  readonly state: string
  readonly next: Day | undefined
  readonly late: number
  readonly ended: boolean
  /** Null while the envelope is closed. */
  readonly summary: Summary | null
  readonly urgent: boolean
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

/** The inbox in the order of work: danger, then what is overdue, then the newest. */
export const inboxRows = (
  complaints: readonly ComplaintView[],
  cases: readonly CaseView[],
  opened: ReadonlyMap<string, readonly OpenedPart[]>,
  isUrgent: (category: string) => boolean,
  today: Day,
): readonly InboxRow[] => {
  const caseById = new Map(cases.map((one) => [one.id as string, one]))
  return complaints
    .map((view): InboxRow => {
      const { state = 'received', nextOn } = caseById.get(caseId(view.id))?.values ?? {}
      const next = isDay(nextOn) ? nextOn : undefined
      const parts = opened.get(view.id)
      const summary = isOpened(view, parts) ? summaryOf(parts) : null
      const urgent =
        summary !== null && (summary.inDanger || (summary.category !== undefined && isUrgent(summary.category)))
      return { view, state, next, late: daysLate(next, state, today), ended: hasEnded(state), summary, urgent }
    })
    .sort((a, b) => rank(b) - rank(a) || b.late - a.late || (receivedOn(a) < receivedOn(b) ? 1 : -1))
}

const rank = (row: InboxRow) => (row.ended ? 0 : row.urgent ? 2 : 1)
const receivedOn = (row: InboxRow) => row.view.values.receivedOn ?? ''

/** Whether what was told contains these words, or the slip has this number. Only what has been opened can be found. */
export const matches = (row: InboxRow, text: string, label: (row: InboxRow) => string): boolean => {
  const wanted = searchKey(text)
  if (wanted === '') return true
  const { summary } = row
  if (!summary) return false
  const number = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (number.length >= 4 && summary.numbers.some((one) => one.includes(number))) return true
  return [label(row), ...summary.words].some((words) => searchKey(words).includes(wanted))
}
