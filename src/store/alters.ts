import type { Change } from '#domain/change.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { DeviceId } from '#domain/kernel/id.ts'
import { mergeAll } from '#domain/merge.ts'
import { view } from '#domain/view.ts'
import type { Core } from './core.ts'
import { ownDevices } from './own-devices.ts'
import { emptyBody, isNothing, pendingWrite, type RecordBody } from './record-body.ts'

type FieldValues = Readonly<Record<string, Json>>

/** A record without a change and with it; `before` is null where without it there is none here. */
export interface Alters {
  readonly before: FieldValues | null
  readonly after: FieldValues
}

/** What a change that does not count yet would alter, as far as this tablet knows the record. `device` is whose change it is. */
export const altersOf = async (
  core: Core,
  change: Pick<Change, 'n' | 'author' | 'record' | 'kind' | 'v' | 'set'>,
  device: DeviceId,
): Promise<Alters> => {
  const row = await core.database.records.get(change.record)
  const body = row ? await core.codec.decode<RecordBody>(row.bytes) : emptyBody(change.record, change.kind)
  const isOwn = ownDevices(core.identity()).includes(device)
  const earlier = body.pending.filter(({ n }) => !isOwn || n < change.n)
  const without = mergeAll(body.confirmed, earlier)
  // as if its author had seen all of that: what was written at the same time is asked about when it is taken in
  const write = { ...pendingWrite(device, { ...change, at: 0, seen: 0 }), base: Number.MAX_SAFE_INTEGER }
  const valuesOf = (state: typeof without) => view(state).values as FieldValues
  return {
    before: isNothing({ ...body, pending: earlier }) ? null : valuesOf(without),
    after: valuesOf(mergeAll(without, [write])),
  }
}
