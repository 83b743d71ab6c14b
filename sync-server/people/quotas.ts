import { bounds } from '#server/bounds.ts'
import type { Taken } from '#server/log/append.ts'
import { quota } from './quota.ts'

/** What tablets and people have left of what makes the server grow. */
export interface Quotas {
  /** Seconds until a tablet may send these lines; null: at once. */
  mayPush(tablet: string, lines: number, now: number): number | null
  /** What became of lines that were sent. */
  pushed(tablet: string, taken: Taken, now: number): void
  /** Seconds until somebody may bring in another tablet; null: at once. */
  mayEnrol(person: string, now: number): number | null
  enrolled(person: string, devices: number, now: number): void
}

type Rates = Pick<typeof bounds, 'lines' | 'newRecords' | 'heldLines' | 'enrolments'>
type AnyRates = { readonly [Of in keyof Rates]: { readonly atOnce: number; readonly perHour: number } }

export const newQuotas = (rates: AnyRates = bounds): Quotas => {
  const lines = quota(rates.lines)
  const newRecords = quota(rates.newRecords)
  const heldLines = quota(rates.heldLines)
  const enrolments = quota(rates.enrolments)
  return {
    mayPush(tablet, count, now) {
      // whoever has nothing to send only reads
      if (count === 0) return null
      return newRecords.wait(tablet, now) ?? heldLines.wait(tablet, now) ?? lines.spend(tablet, count, now)
    },
    pushed(tablet, { begun, held }, now) {
      newRecords.take(tablet, begun, now)
      heldLines.take(tablet, held, now)
    },
    mayEnrol: (person, now) => enrolments.wait(person, now),
    enrolled: (person, devices, now) => enrolments.take(person, devices, now),
  }
}
