import { createHash } from 'node:crypto'
import { changeLine } from '#domain/change.ts'
import { lifted } from '#domain/check.ts'
import type { DeviceId, RecordId } from '#domain/kernel/id.ts'
import { emptyRecord, merge } from '#domain/merge.ts'
import { activity } from '#domain/records/activity.ts'
import { openStore } from '#server/db/connect.ts'
import type { ChangeTable, RecordTable } from '#server/db/schema.ts'
import { chainHash, changeDigest } from '#server/log/hash.ts'
import { placementOf } from '#server/log/placement.ts'
import type { ServerData, ServerTablet } from '#test/support/server.ts'

const batch = 2000
const devices = 50
const places = 100

const idOf = <T extends string>(name: string) =>
  createHash('sha256').update(name).digest().subarray(0, 16).toString('base64url') as T

/** Every tenth of the filled records lies at the officer's own place. */
export const ownRecord = (index: number) => idOf<RecordId>(`record ${index * 10}`)

/**
 * Fills a log up to `count` records with the very rows that appending them one by one would have left: line, digest, chain, fold and
 * placement by the shipped code. Only the judging is left out, and they are written in bulk.
 */
export const fillLog = async (data: ServerData, tablet: ServerTablet, count: number): Promise<void> => {
  const store = await openStore(data)
  const { id: province } = await store.db.selectFrom('provinces').select('id').executeTakeFirstOrThrow()
  const now = Date.now()
  await store.transaction(async ({ db }) => {
    for (let i = 0; i < devices; i++) {
      const times = { last_n: count, last_stamp: now, created_at: now, seen_at: now, revoked_at: now }
      const row = { province, id: idOf(`device ${i}`), name: `แท็บเล็ต ${i}`, credential: 'none', ...times }
      await db.insertInto('devices').values(row).execute()
    }
  })
  for (let done = 0; done < count; done += batch) {
    await store.transaction(async ({ db, hot }) => {
      const head = (await hot.lockProvince(province))!
      const changes: ChangeTable[] = []
      const records: RecordTable[] = []
      for (let i = done; i < Math.min(count, done + batch); i++) {
        const device = idOf<DeviceId>(`device ${i % devices}`)
        const place = i % 10 === 0 ? tablet.place : idOf<RecordId>(`place ${i % places}`)
        const change = {
          n: Math.floor(i / devices) + 1,
          author: tablet.officer,
          at: now,
          seen: 0,
          kind: 'activity',
          v: activity.version,
          record: idOf<RecordId>(`record ${i}`),
          set: {
            node: 'school',
            type: 'S1',
            place,
            heldOn: `2026-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
            from15Female: 1 + (i % 40),
            outcome: 'นักเรียนสรุปสิทธิของตน',
          },
        }
        const line = changeLine(change)
        const seq = head.seq + 1
        const digest = changeDigest(device, line)
        head.chain = chainHash(head.chain, { seq, device, n: change.n, digest, stamp: now, proof: null })
        head.seq = seq
        const { n, author, at, record } = change
        const write = { seq, stamp: now, base: 0, device, n, author, at, set: lifted(activity, change) }
        const state = merge(emptyRecord(record, 'activity'), write)
        const row = { province, device, n, digest, chain: head.chain, stamp: now, base: 0, received_at: now }
        changes.push({ ...row, seq, proven: 1, record, line, proof: null })
        const placement = placementOf(activity, state, () => null)
        records.push({
          province,
          id: record,
          kind: 'activity',
          seq,
          ...placement,
          whole_from: seq,
          body: JSON.stringify(state),
        })
      }
      await hot.insertChanges(changes)
      await hot.upsertRecords(records)
      await db.updateTable('provinces').set({ seq: head.seq, chain: head.chain }).where('id', '=', province).execute()
    })
  }
  await store.close()
}
