import { readChange } from '#domain/change.ts'
import type { FailureCode } from '#domain/kernel/failure.ts'
import { type DeviceId, newId } from '#domain/kernel/id.ts'
import { plainRow } from './answer.ts'
import { recordsOf } from './bring-in.ts'
import { alone, type Core } from './core.ts'
import type { HeldRow } from './database.ts'
import type { FormerDevice, Identity } from './identity-types.ts'
import { senderOf } from './own-devices.ts'
import { type PendingWrite, pendingWrite, type RecordBody } from './record-body.ts'
import { alterRecords, commit, type EntryBody, persist, recordTables, writeRecords } from './rows.ts'

/** The server has told this tablet that another one uses its device. */
const isFork = ({ code }: HeldRow) => code === ('forked-device' satisfies FailureCode)

/**
 * Law 4: a tablet that was copied whole shares its device with the copy, and whichever of the two the server tells of it becomes a new
 * device. What the log has of it stays the old device's and is offered again as such; what the server holds back is sent again, the same
 * bytes under the same numbers, as the new one, because the device is said once for a batch. The identity is written first: after a crash
 * between the two, the rest is done again.
 */
export const becomeAnother = (core: Core, replace: (next: Identity) => Promise<void>): Promise<boolean> =>
  // what is being saved is signed for the device that it is until then
  core.locks.exclusive('bowon-save', () => alone(core, () => becomeNow(core, replace)))

const becomeNow = async (core: Core, replace: (next: Identity) => Promise<void>): Promise<boolean> => {
  const { database } = core
  const [waiting, held, copied, lastAcked] = await persist(core, () =>
    Promise.all([
      database.outbox.count(),
      database.held.toArray(),
      database.meta.get('copied'),
      database.acked.orderBy('n').last(),
    ]),
  )
  if (waiting > 0) return false
  const identity = core.identity()
  const isNew = (copied?.value === true || held.some(isFork)) && identity.credential !== null
  const { former = [], device, credential, slip, ...rest } = identity
  const isOld = ({ n }: HeldRow) => senderOf(identity, n).former
  const left = held.filter((row) => isOld(row) || isNew || credential === null)
  if (!isNew && left.length === 0) return false
  const present: readonly FormerDevice[] =
    isNew && credential !== null
      ? [...former, { device, credential, ...(slip && { slip }), upTo: lastAcked?.n ?? 0, moved: [] }]
      : former
  const moved = left.map(({ n }) => n)
  const next: Identity = {
    ...rest,
    ...(isNew ? { device: newId<DeviceId>(core.random), credential: null } : { device, credential }),
    ...(!isNew && slip && { slip }),
    former: present.map((one) => ({
      ...one,
      moved: [...new Set([...one.moved, ...moved.filter((n) => n <= one.upTo)])],
    })),
  }
  await replace(next)
  await sendAgain(core, left, next.device)
  return true
}

const sendAgain = async (core: Core, rows: readonly HeldRow[], device: DeviceId): Promise<void> => {
  const { database } = core
  const entries = await Promise.all(rows.map((row) => core.codec.decode<EntryBody>(row.bytes)))
  // what was signed for one device is worth nothing on another: its author signs again
  const unsigned = await Promise.all(
    rows.map(async (row, at) => {
      const { proof, ...entry } = entries[at]!
      return proof === undefined ? plainRow(row) : { ...plainRow(row), bytes: await core.codec.encode(entry) }
    }),
  )
  const changes = entries.flatMap(({ line }) => readChange(line) ?? [])
  const moved = new Map(changes.map((change) => [change.n, pendingWrite(device, change)]))
  const altered = await alterRecords(core, recordsOf(changes), (body) => asDevice(body, moved))
  await commit(core, [...recordTables, 'outbox', 'held'], async () => {
    await writeRecords(core, altered)
    await database.outbox.bulkPut(unsigned)
    await database.held.bulkDelete(rows.map(({ n }) => n))
    await database.meta.delete('copied')
  })
}

/** The same words as another device: what that has said later is no longer said by the same one. */
const asDevice = (body: RecordBody, moved: ReadonlyMap<number, PendingWrite>): RecordBody => ({
  ...body,
  pending: body.pending.map((write) => moved.get(write.n) ?? write),
  held: body.held.filter((n) => !moved.has(n)),
})
