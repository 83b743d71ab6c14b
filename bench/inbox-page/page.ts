// The shipped store and its inbox, filled and asked by bench/inbox.ts.
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { emptyRecord, merge, type Write } from '#domain/merge.ts'
import { browserPorts } from '#src/store/browser.ts'
import type { RecordRow } from '#src/store/database.ts'
import { emptyBody, rowOf, viewOf } from '#src/store/record-body.ts'
import { inboxPage, sortInbox } from '#src/store/review-index.ts'
import { openStore } from '#src/store/store.ts'

const ports = await browserPorts()
const { core } = await openStore(ports)
const epoch = 'epoch'
const places = Array.from({ length: 100 }, () => newId<RecordId>(ports.random))
const staff = newId<RecordId>(ports.random)
const begun = Date.UTC(2024, 0, 1)
const lines = 60
let seq = 0

/** The row that a record read from the server leaves. */
const rowFor = async (kind: string, set: Write['set'], id = newId<RecordId>(ports.random)): Promise<RecordRow> => {
  const at = begun + ++seq * 60_000
  const write: Write = { seq, stamp: at, base: 0, device: 'tablet', n: seq, author: staff, at, set }
  const body = { ...emptyBody(id, kind), confirmed: merge(emptyRecord(id, kind), write), epoch }
  return rowOf(viewOf(body, epoch), await core.codec.encode(body))
}

/** An activity; every tenth has been approved, and every fiftieth asked about and answered. */
const some = async (index: number): Promise<RecordRow[]> => {
  const activity = await rowFor('activity', {
    node: 'school',
    type: 'S1',
    place: places[index % places.length]!,
    heldOn: new Date(begun + index * 60_000).toISOString().slice(0, 10),
    from15Female: 1 + (index % 40),
    outcome: 'นักเรียนสรุปสิทธิของตน',
  })
  const about = activity.id
  if (index % 50 === 7)
    return [
      activity,
      await rowFor('question', { about, text: 'ขอใบลงชื่อ', answer: 'ส่งแล้ว', answeredAt: begun, answeredBy: staff }),
    ]
  if (index % 10 === 3) return [activity, await rowFor('decision', { about, verdict: 'approved', seen: seq })]
  return [activity]
}

const page = {
  /** Fills the tablet up to `count` records, with the marks that writing them would have left. */
  async fill(count: number) {
    const { records, unsorted } = core.database
    for (let index = 0, all = 0; all < count; ) {
      const rows: RecordRow[] = []
      while (rows.length < 2000 && all + rows.length < count) rows.push(...(await some(index++)))
      all += rows.length
      await core.database.transaction('rw', [records, unsorted], async () => {
        await records.bulkPut(rows)
        await unsorted.bulkPut(rows.map(({ id, parent }) => ({ id: parent ?? id })))
      })
    }
    return core.database.records.count()
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
