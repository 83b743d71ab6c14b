import type { RecordId } from '#domain/kernel/id.ts'
import { decision } from '#domain/records/decision.ts'
import { recordKinds } from '#domain/records/index.ts'
import { question } from '#domain/records/question.ts'
import { type Decision, type Question, type ReviewState, reviewState, reviewStates } from '#domain/review.ts'
import type { View } from '#domain/view.ts'
import { breathe } from './breathe.ts'
import { alone, type Core, type Reader } from './core.ts'
import { codeFloor, type ReviewRow } from './database.ts'
import { findRecord, findRecords, viewsOf } from './query.ts'
import { commit, persist } from './rows.ts'
import type { RecordView } from './types.ts'

// The supervisor's inbox as an index of its own: whoever writes a record marks it, and who looks at the inbox sorts what is marked. So its
// first page costs the same however many records lie here.

/** A reviewed record with where it stands. */
export interface InboxItem {
  readonly record: RecordView
  readonly state: ReviewState
  /** Questions about it that were not taken back, the oldest first. */
  readonly questions: readonly Question[]
  /** Decisions about it that were not taken back, the oldest first. */
  readonly decisions: readonly Decision[]
  /** When it was last written, or an answer about it, in milliseconds. */
  readonly movedAt: number
}

/** What a row of the list shows; `questions` only where one was answered. */
export type InboxLine = Omit<InboxItem, 'decisions'>

export type StateCounts = Readonly<Record<ReviewState, number>>

export interface InboxPage {
  /** How many stand where, among those that match. */
  readonly counts: StateCounts
  /** The one that moved last first. */
  readonly lines: readonly InboxLine[]
  /** How many records wait to be sorted in. */
  readonly unsorted: number
}

/** Kinds that a supervisor reviews. */
export const reviewedKinds = recordKinds.filter(({ reviewed }) => reviewed)

const none = Object.fromEntries(reviewStates.map((state) => [state, 0])) as StateCounts

/**
 * The first `limit` lines of those states, and how many there are; null on a tablet that has never sorted any. With `matches` every row of
 * the index is looked at; without, only what is shown.
 */
export const inboxPage = async (
  reader: Reader,
  wanted: {
    readonly states: readonly ReviewState[]
    readonly limit: number
    readonly matches?: ((row: ReviewRow) => boolean) | undefined
  },
): Promise<InboxPage | null> => {
  const { review, meta } = reader.database
  const { states, limit, matches } = wanted
  const known = (await meta.get('review'))?.value as StateCounts | undefined
  if (!known) return null
  const unsorted = await reader.database.unsorted.count()
  if (!matches) {
    const parts = await Promise.all(
      states.map((state) =>
        review.where('[state+order]').between([state, farBack], [state, 0], true, true).limit(limit).toArray(),
      ),
    )
    return { counts: known, lines: await linesOf(reader, inOrder(parts.flat()).slice(0, limit)), unsorted }
  }
  const counts: Record<ReviewState, number> = { ...none }
  const found: ReviewRow[] = []
  for (let after = ''; ; ) {
    const rows = await review.where('id').above(after).limit(atOnce).toArray()
    for (const row of rows) {
      if (!matches(row)) continue
      counts[row.state]++
      if (states.includes(row.state)) found.push(row)
    }
    if (rows.length < atOnce) break
    after = rows.at(-1)!.id
  }
  return { counts, lines: await linesOf(reader, inOrder(found).slice(0, limit)), unsorted }
}

/** One record as the inbox shows it; null when there is no such record here. */
export const inboxItem = async (reader: Reader, id: RecordId): Promise<InboxItem | null> => {
  const [record, about] = await Promise.all([findRecord(reader, id), aboutOne(reader, id)])
  return record && itemOf(record, about)
}

/**
 * Sorts what was written since it was last asked. A tap may come in between; two tabs take turns. A tablet that never sorted sorts
 * everything.
 */
export const sortInbox = async (core: Core): Promise<void> => {
  if ((await persist(core, () => core.database.meta.get('review'))) === undefined) await begin(core)
  while (await sortSome(core)) await breathe(core.wait)
}

const atOnce = 1000
const sortedAtOnce = 300
/** Before any time, as an index that is ascending has it. */
const farBack = -Number.MAX_SAFE_INTEGER

const begin = (core: Core): Promise<void> =>
  alone(core, async () => {
    const { records, review, unsorted, meta } = core.database
    const ids = await persist(core, () =>
      records
        .where('kind')
        .anyOf(reviewedKinds.map(({ kind }) => kind))
        .primaryKeys(),
    )
    await commit(core, ['review', 'unsorted'], async () => {
      await review.clear()
      for (let at = 0; at < ids.length; at += atOnce)
        await unsorted.bulkPut(ids.slice(at, at + atOnce).map((id) => ({ id })))
      await meta.put({ key: 'review', value: none })
      // a program that does not mark what it writes must not write from here on
      await meta.put({ key: 'floor', value: codeFloor })
    })
  })

/** Under the lock of those who write records, so that no mark is taken away that was set meanwhile. False when nothing is left. */
const sortSome = (core: Core): Promise<boolean> =>
  alone(core, async () => {
    const { review, unsorted, meta } = core.database
    const ids = await persist(core, () => unsorted.limit(sortedAtOnce).primaryKeys())
    if (ids.length === 0) return false
    const views = await persist(core, () => viewsHere(core, ids))
    const about = await aboutAll(core, ids)
    const rows = views.filter(isReviewed).map((record) => rowOf(itemOf(record, about.get(record.id) ?? nothing)))
    const here = new Set(rows.map(({ id }) => id))
    await commit(core, ['review', 'unsorted'], async () => {
      const before = await review.bulkGet([...ids])
      const counts: Record<ReviewState, number> = { ...(((await meta.get('review'))?.value ?? none) as StateCounts) }
      for (const row of before) if (row) counts[row.state]--
      for (const { state } of rows) counts[state]++
      await review.bulkPut(rows)
      await review.bulkDelete(ids.filter((id) => !here.has(id)))
      await unsorted.bulkDelete([...ids])
      await meta.put({ key: 'review', value: counts })
    })
    return true
  })

const isReviewed = ({ kind }: RecordView): boolean => reviewedKinds.some((one) => one.kind === kind)

const rowOf = ({ record, state, movedAt }: InboxItem): ReviewRow => {
  const { place, heldOn } = record.values as { place?: string; heldOn?: string }
  return {
    id: record.id,
    kind: record.kind,
    state,
    order: -movedAt,
    ...(place && { place }),
    ...(heldOn && { day: heldOn }),
  }
}

const inOrder = (rows: ReviewRow[]): ReviewRow[] => rows.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

/** Those of the records that are on this tablet. */
const viewsHere = async (reader: Reader, ids: readonly string[]): Promise<readonly RecordView[]> => {
  const rows = await reader.database.records.bulkGet([...ids])
  return viewsOf(
    reader,
    rows.filter((row) => row !== undefined),
  )
}

const linesOf = async (reader: Reader, rows: readonly ReviewRow[]): Promise<readonly InboxLine[]> => {
  const here = await viewsHere(
    reader,
    rows.map(({ id }) => id),
  )
  const views = new Map(here.map((view) => [view.id as string, view]))
  const lines: InboxLine[] = []
  for (const { id, state, order } of rows) {
    const record = views.get(id)
    const questions = state === 'answered' ? (await aboutOne(reader, id)).questions : []
    if (record) lines.push({ record, state, movedAt: -order, questions })
  }
  return lines
}

/** What supervisors and authors have said about a record. */
interface About {
  readonly questions: readonly Question[]
  readonly decisions: readonly Decision[]
}

const nothing: About = { questions: [], decisions: [] }

const aboutOne = async (reader: Reader, parent: string): Promise<About> => {
  const [questions, decisions] = await Promise.all([
    findRecords(reader, question, { parent }),
    findRecords(reader, decision, { parent }),
  ])
  return { questions: questions.toSorted(byAge), decisions: decisions.toSorted(byAge) }
}

/** What was said about records that lie in the order of their ids: in one answer where little else was said between them. */
const aboutAll = async (reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, About>> => {
  const { records } = reader.database
  const [questions, decisions] = await Promise.all(
    ['question', 'decision'].map((kind) =>
      records
        .where('[kind+parent]')
        .between([kind, ids[0]], [kind, ids.at(-1)], true, true)
        .limit(mostBetween)
        .toArray(),
    ),
  )
  if (questions!.length === mostBetween || decisions!.length === mostBetween)
    return new Map(await Promise.all(ids.map(async (id) => [id, await aboutOne(reader, id)] as const)))
  const about = new Map<string, { questions: Question[]; decisions: Decision[] }>(
    ids.map((id) => [id, { questions: [], decisions: [] }]),
  )
  for (const one of notWithdrawn(await viewsOf<typeof question>(reader, questions!)))
    about.get(one.values.about ?? '')?.questions.push(one)
  for (const one of notWithdrawn(await viewsOf<typeof decision>(reader, decisions!)))
    about.get(one.values.about ?? '')?.decisions.push(one)
  for (const { questions, decisions } of about.values()) {
    questions.sort(byAge)
    decisions.sort(byAge)
  }
  return about
}

const mostBetween = 500
const notWithdrawn = <V>(all: readonly RecordView<V>[]) => all.filter(({ withdrawn }) => withdrawn === null)

const byAge = (a: View<object>, b: View<object>) => (a.created?.at ?? 0) - (b.created?.at ?? 0)

export const itemOf = (record: RecordView, { questions, decisions }: About): InboxItem => {
  const known = reviewState(record as View, questions, decisions)
  // what waits on this tablet has no number yet, so that no approval can have seen it
  const state = known === 'approved' && record.waiting.length > 0 ? 'changed-since-approval' : known
  const answers = questions.map(({ values }) => values.answeredAt ?? 0)
  return { record, state, questions, decisions, movedAt: Math.max(writtenAt(record), ...answers) }
}

/** When a record was last written: the server's stamp, or the tablet's clock while it waits here. */
const writtenAt = ({ last, created }: Pick<RecordView, 'last' | 'created'>): number => {
  if (last && last.stamp !== Number.MAX_SAFE_INTEGER) return last.stamp
  return last?.at ?? created?.at ?? 0
}
