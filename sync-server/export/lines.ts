import { type Column, cellsOf } from '#domain/derive/columns.ts'
import type { Cell, Field } from '#domain/fields/field.ts'
import { CSV_BOM, csvLine } from '#domain/kernel/csv.ts'
import { dayOfInstant, timeOfInstant } from '#domain/kernel/day.ts'
import type { RecordState } from '#domain/merge.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { type Decision, type Question, reviewState } from '#domain/review.ts'
import type { Reach } from '#domain/scope.ts'
import { type View, view } from '#domain/view.ts'
import { wordOf } from '#domain/words/lookup.ts'
import th from '#domain/words/th.ts'
import { within } from '#server/log/reach.ts'
import type { Db } from '#server/people/call.ts'
import { type ExportWords, exportWords } from './names.ts'
import { commonWords, plainWords, reviewWords, suffixWords } from './words.ts'

export interface Wanted {
  readonly kind: AnyRecordKind
  readonly columns: readonly Column[]
  readonly personal: boolean
  readonly withdrawn: boolean
  /** Days, inclusive; they filter kinds that have a day. */
  readonly from: string | null
  readonly to: string | null
  readonly reach: Reach
}

export const page = 200

/** The file, page by page, so that memory stays bounded: what it says of itself, headings, and a line for each of these records. */
export async function* exportLines(
  db: Db,
  province: string,
  wanted: Wanted,
  { cover, ids }: { readonly cover: string; readonly ids: readonly string[] },
): AsyncGenerator<string> {
  const words = await exportWords(db, province, wanted)
  yield CSV_BOM + cover + csvLine(headings(wanted))
  for (let at = 0; at < ids.length; at += page) {
    const records = await viewsOf(db, province, ids.slice(at, at + page))
    await words.learn(records)
    const states = wanted.kind.reviewed ? await reviewsOf(db, province, wanted.reach, records) : null
    yield records.map((record) => csvLine(lineOf(record, wanted, words, states))).join('')
  }
}

/** Headings are in the words of the screens, in Thai. */
const labelOf = (kind: AnyRecordKind, field: string): string => wordOf(th, kind.kind, 'fields', field) ?? field

const headings = ({ kind, columns, withdrawn }: Wanted): string[] => {
  const heading = ({ field, suffix }: Column) => {
    const second = (kind.fields[field] as Field).columns.find((one) => one !== '')
    const what = suffix ? suffixWords[suffix] : second && plainWords[second]
    const label = labelOf(kind, field)
    return what ? `${label} (${what})` : label
  }
  return [
    commonWords.record,
    ...columns.map(heading),
    ...(kind.reviewed ? [commonWords.review, commonWords.conflicts] : []),
    commonWords.author,
    commonWords.writtenAt,
    commonWords.writtenOn,
    ...(withdrawn ? [commonWords.withdrawn] : []),
  ]
}

const lineOf = (
  record: View,
  { kind, columns, withdrawn }: Wanted,
  words: ExportWords,
  states: ReadonlyMap<string, string> | null,
): Cell[] => {
  const conflicts = Object.keys(record.conflicts).map((field) => labelOf(kind, field))
  const { author = '', at = 0 } = record.created ?? {}
  return [
    record.id,
    ...cellsOf(kind, record.values, columns, words),
    ...(states ? [states.get(record.id) ?? '', conflicts.join('; ')] : []),
    words.name(author),
    ...inBothEras(at),
    ...(withdrawn ? [record.withdrawn?.reason ?? ''] : []),
  ]
}

/** A moment by the calendars of both eras. */
export const inBothEras = (at: number): [string, string] => {
  const [day, time] = [dayOfInstant(at), timeOfInstant(at)]
  return [`${day} ${time}`, `${day.slice(8)}/${day.slice(5, 7)}/${Number(day.slice(0, 4)) + 543} ${time}`]
}

const viewOf = (body: string) => view(JSON.parse(body) as RecordState) as View

export const viewsOf = async (db: Db, province: string, ids: readonly string[]): Promise<View[]> => {
  const rows = await db
    .selectFrom('records')
    .select(['id', 'body'])
    .where('province', '=', province)
    .where('id', 'in', ids)
    .execute()
  const byId = new Map(rows.map(({ id, body }) => [id, viewOf(body)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Where each record stands with its supervisor, in words. */
const reviewsOf = async (
  db: Db,
  province: string,
  reach: Reach,
  records: readonly View[],
): Promise<Map<string, string>> => {
  if (records.length === 0) return new Map()
  const rows = await db
    .selectFrom('records')
    .select(['parent', 'kind', 'body'])
    .where('province', '=', province)
    .where('kind', 'in', ['question', 'decision'])
    .where(within(reach))
    .where(
      'parent',
      'in',
      records.map(({ id }) => id),
    )
    .execute()
  const viewed = (id: string, kind: string) =>
    rows.filter((row) => row.parent === id && row.kind === kind).map(({ body }) => viewOf(body))
  return new Map(
    records.map((record) => {
      const questions = viewed(record.id, 'question') as Question[]
      const state = reviewState(record, questions, viewed(record.id, 'decision') as Decision[])
      return [record.id, reviewWords[state]]
    }),
  )
}
