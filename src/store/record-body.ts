import type { Base, Change } from '#domain/change.ts'
import { lifted } from '#domain/check.ts'
import type { IndexRole } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { DeviceId, RecordId } from '#domain/kernel/id.ts'
import { emptyRecord, mergeAll, pendingSeq, type RecordState, type Write } from '#domain/merge.ts'
import { kindOf } from '#domain/records/index.ts'
import { view } from '#domain/view.ts'
import type { AttentionRow, RecordRow } from './database.ts'
import type { RecordSafety, RecordView } from './types.ts'

/** A change of this device that no server has numbered yet. */
export interface PendingWrite extends Write {
  /** In which the number of its base counts; absent where an older program has written it. */
  readonly epoch?: string
}

/** What lies sealed in a record's row: the confirmed state, and apart from it what this device has written and nobody has confirmed. */
export interface RecordBody {
  readonly confirmed: RecordState
  /** Epoch in which the confirmed number counts; '' before the first. */
  readonly epoch: string
  /** Epoch of the numbers that its confirmed writes bear, where that is later than `epoch`. */
  readonly numbered?: string
  readonly pending: readonly PendingWrite[]
  /** Numbers of those pending writes that the server holds back. */
  readonly held: readonly number[]
  /** Greatest base of this device's changes to it: a later change never claims to have seen less. */
  readonly ownBase: Base | null
  /** It has left this tablet's reach, and goes as soon as nothing of it is pending. */
  readonly gone?: true
}

export const emptyBody = (id: RecordId, kind: string): RecordBody => ({
  confirmed: emptyRecord(id, kind),
  epoch: '',
  pending: [],
  held: [],
  ownBase: null,
})

/** Nothing of it counts here and nothing waits: the change that began it was dropped, so there never was such a record. */
export const isNothing = ({ confirmed, pending }: RecordBody): boolean =>
  confirmed.writes.length === 0 && pending.length === 0

export const pendingWrite = (device: DeviceId, change: Change): PendingWrite => {
  const kind = kindOf(change.kind)
  const { n, author, at } = change
  const set = kind ? lifted(kind, change) : change.set
  const { seq: base = 0, epoch } = change.base ?? {}
  return { seq: pendingSeq, stamp: pendingSeq, base, device, n, author, at, set, ...(epoch !== undefined && { epoch }) }
}

/** What they had seen of the record as it lies here: what a base of another epoch still comes to, the server alone can tell. */
const pendingHere = ({ pending, numbered, epoch: read }: RecordBody): readonly Write[] => {
  const here = numbered ?? read
  return pending.map(({ epoch = here, ...write }) => (epoch === here ? write : { ...write, base: 0 }))
}

export const withPending = (body: RecordBody, write: PendingWrite, base: Base | null, epoch: string): RecordBody => ({
  ...body,
  pending: [...body.pending.filter(({ n }) => n !== write.n), write].sort((a, b) => a.n - b.n),
  ownBase: laterBase(body.ownBase, base, epoch),
})

/** The later of two bases: what either had seen counts as seen. Between epochs the present one speaks. */
export const laterBase = (a: Base | null, b: Base | null, epoch: string): Base | null => {
  if (!a || !b) return a ?? b
  if (a.epoch === b.epoch) return a.seq >= b.seq ? a : b
  return b.epoch === epoch ? b : a
}

/** Stands in a base for the epoch of a tablet that has never heard of one: a server takes it as nothing seen. */
const noEpoch = 'none'

/** `epoch` stands in the base of a record that no server has numbered yet. */
export const viewOf = (body: RecordBody, epoch: string): RecordView => ({
  ...view(mergeAll(body.confirmed, pendingHere(body))),
  seq: body.confirmed.seq,
  base: { epoch: body.epoch || epoch || noEpoch, seq: body.confirmed.seq },
  safety: safetyOf(body),
  waiting: body.pending.map(({ n }) => n),
})

const safetyOf = (body: Pick<RecordBody, 'held' | 'pending'>): RecordSafety =>
  body.held.length > 0 ? 'aside' : body.pending.length > 0 ? 'tablet' : 'safe'

export const rowOf = (shown: RecordView, bytes: Uint8Array): RecordRow => {
  const { id, kind, seq } = shown
  return { id, kind, seq, ...indexed(shown, 'place'), ...indexed(shown, 'day'), ...indexed(shown, 'parent'), bytes }
}

const indexed = ({ kind, values }: RecordView, role: IndexRole): { [K in IndexRole]?: string } => {
  const fields = Object.entries(kindOf(kind)?.fields ?? {}) as [string, { index?: IndexRole }][]
  const name = fields.find(([, field]) => field.index === role)?.[0]
  const value = name === undefined ? undefined : (values as Record<string, Json>)[name]
  return typeof value === 'string' ? { [role]: value } : {}
}

/** What a person must settle about it; null when nothing. */
export const attentionOf = (shown: RecordView): AttentionRow | null => {
  const { id, kind, withdrawn, conflicts } = shown
  const values = shown.values as { to?: string; answer?: string }
  if (withdrawn) return null
  // what the desk has to settle is counted with what else waits there (src/desk/clear-facts.ts)
  if (Object.keys(conflicts).length > 0 && kindOf(kind)?.scope.by !== 'desk') return { id, why: 'conflict' }
  if (kind !== 'question' || values.answer !== undefined) return null
  return { id, why: 'question', ...(values.to && { to: values.to }) }
}
