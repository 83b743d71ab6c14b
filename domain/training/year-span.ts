import { type Day, fiscalYear } from '#domain/kernel/day.ts'

export type YearKind = 'school' | 'fiscal'
/** `year` is in the Buddhist Era, as people name it; both days are included. */
export type YearSpan = { year: number; from: Day; to: Day }

const BUDDHIST_ERA = 543

/**
 * The year in which completion is counted. A school year begins on 16 May and is named by its beginning, the holidays before the next one
 * still belong to it; a fiscal year ends on 30 September and is named by its end.
 */
export function yearSpan(kind: YearKind, day: Day): YearSpan {
  if (kind === 'fiscal') {
    const year = fiscalYear(day)
    const ends = year - BUDDHIST_ERA
    return { year, from: `${ends - 1}-10-01` as Day, to: `${ends}-09-30` as Day }
  }
  const begins = Number(day.slice(0, 4)) - (day.slice(5) < '05-16' ? 1 : 0)
  return { year: begins + BUDDHIST_ERA, from: `${begins}-05-16` as Day, to: `${begins + 1}-05-15` as Day }
}
