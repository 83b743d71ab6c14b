import { daysLate, hasEnded } from '#domain/complaint/case-state.ts'
import { type Day, isDay } from '#domain/kernel/day.ts'
import type { CaseView } from './rows.ts'

/** What can be told of a case without opening anything. */
export interface ClearFacts {
  readonly state: string
  readonly next: Day | undefined
  readonly late: number
  readonly ended: boolean
  /**
   * No member has decided anything: still `received`, and no next date. Who has opened an envelope stands in the server's access log alone, and
   * opening it helps nobody: what somebody has read and left is still there to be taken up.
   */
  readonly untouched: boolean
  /** Two members have decided without having seen each other. */
  readonly conflicting: boolean
}

/** Of a complaint without a case nobody has decided anything. */
export const clearFacts = (view: CaseView | undefined, today: Day): ClearFacts => {
  const { state = 'received', nextOn } = view?.values ?? {}
  const next = isDay(nextOn) ? nextOn : undefined
  const conflicting = Object.keys(view?.conflicts ?? {}).length > 0
  return {
    state,
    next,
    late: daysLate(next, state, today),
    ended: hasEnded(state),
    untouched: state === 'received' && next === undefined && !conflicting,
    conflicting,
  }
}

export const casesByComplaint = (cases: readonly CaseView[]): ReadonlyMap<string, CaseView> =>
  new Map(cases.flatMap((one) => (one.values.complaint ? [[one.values.complaint as string, one]] : [])))

/** How many complaints wait for the desk, and for what. One may wait for two things. */
export interface DeskWaits {
  readonly untouched: number
  readonly late: number
  readonly conflicting: number
  /** Complaints that wait for at least one of them. */
  readonly all: number
}

export const deskWaits = (
  complaints: readonly { readonly id: string }[],
  cases: readonly CaseView[],
  today: Day,
): DeskWaits => {
  const caseOf = casesByComplaint(cases)
  const facts = complaints.map(({ id }) => clearFacts(caseOf.get(id), today))
  const count = (waits: (one: ClearFacts) => boolean) => facts.filter(waits).length
  const isLate = ({ late }: ClearFacts) => late > 0
  return {
    untouched: count(({ untouched }) => untouched),
    late: count(isLate),
    conflicting: count(({ conflicting }) => conflicting),
    all: count((one) => one.untouched || one.conflicting || isLate(one)),
  }
}
