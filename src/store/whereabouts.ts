import { readChange } from '#domain/change.ts'
import { kindOf } from '#domain/records/index.ts'
import type { Core } from './core.ts'
import type { OutboxRow } from './database.ts'
import type { EntryBody } from './rows.ts'
import type { WaitingLane, Whereabouts } from './types.ts'

export const nowhere: Whereabouts = { lanes: [], backup: null, backedUp: 0 }

/** Where the work of this tablet is, beyond what the badge counts. */
export const whereabouts = async (core: Core): Promise<Whereabouts> => {
  const { database } = core
  const [rows, backup, backedUp] = await database.transaction('r', ['outbox', 'acked', 'meta'], async () => {
    const [covered, head] = await database.meta.bulkGet(['backup', 'head'])
    const known = covered?.value as Whereabouts['backup']
    const current = known?.epoch === (head?.value as { epoch: string } | undefined)?.epoch ? (known ?? null) : null
    return [
      await database.outbox.orderBy('n').toArray(),
      current,
      current ? await database.acked.where('seq').belowOrEqual(current.seq).count() : 0,
    ] as const
  })
  const lanes = new Map<number, OutboxRow[]>()
  for (const row of rows) lanes.set(row.lane, [...(lanes.get(row.lane) ?? []), row])
  const inOrder = [...lanes].sort(([a], [b]) => a - b)
  return { lanes: await Promise.all(inOrder.map(([lane, mine]) => laneOf(core, lane, mine))), backup, backedUp }
}

const laneOf = async (core: Core, lane: number, rows: readonly OutboxRow[]): Promise<WaitingLane> => ({
  lane,
  count: rows.length,
  bytes: rows.reduce((sum, { size }) => sum + size, 0),
  since: await savedAt(core, rows[0]!),
})

/** What is sealed tells no time, only a day. */
const savedAt = async (core: Core, row: OutboxRow): Promise<number | null> => {
  const change = readChange((await core.codec.decode<EntryBody>(row.bytes)).line)
  return change && !kindOf(change.kind)?.unsigned ? change.at : null
}
