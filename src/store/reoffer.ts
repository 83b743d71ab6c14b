import { type Change, readChange } from '#domain/change.ts'
import { cursorsAnew, plainRow } from './answer.ts'
import { recordsOf, withChange } from './bring-in.ts'
import { alone, type Core } from './core.ts'
import type { OutboxRow } from './database.ts'
import type { RecordBody } from './record-body.ts'
import { alterRecords, commit, type EntryBody, persist, recordTables, writeRecords } from './rows.ts'

/**
 * The server does not know the newest receipt: it was restored from a backup. Everything that it acknowledged or held and that is still
 * here is offered again (law 8); what it has it merely names. Everybody reads
 * from the beginning: an old epoch may come back with a log that has grown otherwise.
 */
export const reoffer = (core: Core): Promise<number> =>
  alone(core, async () => {
    const { database } = core
    const kept = await persist(core, () => Promise.all([database.acked.toArray(), database.held.toArray()]))
    const rows: readonly OutboxRow[] = kept.flat()
    const entries = await Promise.all(rows.map((row) => core.codec.decode<EntryBody>(row.bytes)))
    const changes = entries.flatMap(({ line }) => readChange(line) ?? [])
    const records = await alterRecords(core, recordsOf(changes), (body, id) =>
      changes.filter(({ record }) => record === id).reduce((all, change) => offered(core, all, change), body),
    )
    const cursors = await cursorsAnew(core, null)
    await commit(core, [...recordTables, 'outbox', 'acked', 'held'], async () => {
      await writeRecords(core, records)
      await database.outbox.bulkPut(rows.map(plainRow))
      await database.acked.clear()
      await database.held.clear()
      await database.meta.bulkPut(cursors)
      const head = await database.meta.get('head')
      if (head) await database.meta.put({ key: 'lost', value: head.value })
      await database.meta.delete('head')
    })
    return rows.length
  })

const offered = (core: Core, body: RecordBody, change: Change): RecordBody => {
  const waiting = withChange(core, body, change)
  return { ...waiting, held: waiting.held.filter((n) => n !== change.n) }
}
