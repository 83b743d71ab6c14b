// The shipped store and its inbox, filled and asked by bench/inbox.ts.
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { emptyRecord, merge, type Write } from '#domain/merge.ts'
import { reviewStates } from '#domain/review.ts'
import { browserPorts } from '#src/store/browser.ts'
import type { RecordRow, ReviewRow } from '#src/store/database.ts'
import { emptyBody, type RecordBody, rowOf, viewOf } from '#src/store/record-body.ts'
import { inboxPage, itemOf, sortInbox } from '#src/store/review-index.ts'
import { openStore } from '#src/store/store.ts'

const ports = await browserPorts({ sign: async () => null })
const { core } = await openStore(ports)
const epoch = 'epoch'
const places = Array.from({ length: 100 }, () => newId<RecordId>(ports.random))
const staff = newId<RecordId>(ports.random)
const begun = Date.UTC(2024, 0, 1)
const lines = 60
let seq = 0

/** A record as reading it from the server leaves it. */
const recordOf = (kind: string, set: Write['set']): RecordBody => {
  const id = newId<RecordId>(ports.random)
  const at = begun + ++seq * 60_000
  const write: Write = { seq, stamp: at, base: 0, device: 'tablet', n: seq, author: staff, at, set }
  return { ...emptyBody(id, kind), confirmed: merge(emptyRecord(id, kind), write), epoch }
}

const rowFor = async (body: RecordBody) => rowOf(viewOf(body, epoch), await core.codec.encode(body))

/** An activity; every tenth has been approved, and every fiftieth asked about and answered. */
const some = (index: number) => {
  const activity = recordOf('activity', {
    node: 'school',
    type: 'S1',
    place: places[index % places.length]!,
    heldOn: new Date(begun + index * 60_000).toISOString().slice(0, 10),
    from15Female: 1 + (index % 40),
    outcome: 'นักเรียนสรุปสิทธิของตน',
  })
  const about = activity.confirmed.id
  const asked = { about, text: 'ขอใบลงชื่อ', answer: 'ส่งแล้ว', answeredAt: begun, answeredBy: staff }
  const questions = index % 50 === 7 ? [recordOf('question', asked)] : []
  const decisions = index % 10 === 3 ? [recordOf('decision', { about, verdict: 'approved', seen: seq })] : []
  return { activity, questions, decisions }
}

/** Where it stands, by the shipped rules, as sorting it in would leave it. */
const reviewRow = ({ activity, questions, decisions }: ReturnType<typeof some>): ReviewRow => {
  const shown = (bodies: readonly RecordBody[]) => bodies.map((body) => viewOf(body, epoch))
  const { record, state, movedAt } = itemOf(viewOf(activity, epoch), {
    questions: shown(questions) as unknown as Parameters<typeof itemOf>[1]['questions'],
    decisions: shown(decisions) as unknown as Parameters<typeof itemOf>[1]['decisions'],
  })
  const { place, heldOn } = record.values as { place: string; heldOn: string }
  return { id: record.id, kind: record.kind, state, order: -movedAt, place, day: heldOn }
}

const page = {
  /** Fills the tablet up to `count` records: sorted in already, or with the marks that writing them would have left. */
  async fill(count: number, sorted: boolean) {
    const { records, review, unsorted, meta } = core.database
    const counts = Object.fromEntries(reviewStates.map((state) => [state, 0]))
    for (let index = 0, all = 0; all < count; ) {
      const rows: RecordRow[] = []
      const places: ReviewRow[] = []
      while (rows.length < 2000 && all + rows.length < count) {
        const family = some(index++)
        for (const body of [family.activity, ...family.questions, ...family.decisions]) rows.push(await rowFor(body))
        const row = reviewRow(family)
        places.push(row)
        counts[row.state]!++
      }
      all += rows.length
      await core.database.transaction('rw', [records, review, unsorted, meta], async () => {
        await records.bulkPut(rows)
        if (!sorted) return void (await unsorted.bulkPut(places.map(({ id }) => ({ id }))))
        await review.bulkPut(places)
        await meta.put({ key: 'review', value: counts })
      })
    }
    return records.count()
  },
  async sort() {
    const at = performance.now()
    await sortInbox(core)
    return performance.now() - at
  },
  /** Milliseconds for the first page of what waits; the views of it are read anew each time. */
  async first() {
    core.memory.views.clear()
    const at = performance.now()
    const answer = await inboxPage(core, {
      states: ['conflict', 'answered', 'new', 'changed-since-approval'],
      limit: lines,
    })
    if (answer?.lines.length !== lines) throw new Error(`${answer?.lines.length} lines`)
    return performance.now() - at
  },
}

export type InboxBench = typeof page
Object.assign(globalThis, { page })
document.title = 'ready'
