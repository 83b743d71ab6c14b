import { withProof } from '#domain/authority/line-proof.ts'
import { type Change, changeLine, readChange } from '#domain/change.ts'
import { equalJson, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { alone, type Core } from './core.ts'
import type { OutboxRow } from './database.ts'
import { laneOf, mentionedIds } from './lanes.ts'
import { late } from './late.ts'
import { senderOf } from './own-devices.ts'
import { pendingWrite, type RecordBody, withPending } from './record-body.ts'
import { alterRecords, commit, type EntryBody, persist, recordTables, writeRecords } from './rows.ts'

export const entryOf = (change: Change, key?: string): EntryBody => ({
  line: changeLine(change),
  ...(key !== undefined && { key }),
})

/**
 * Brings journalled changes into IndexedDB, in one transaction: the record with the pending write, the outbox, the counter. Those that
 * are there already, in whatever state, stay as they are. Answers how many were new.
 */
export const bringIn = (core: Core, entries: readonly EntryBody[]): Promise<number> =>
  alone(core, async () => {
    const changes = new Map<number, { change: Change; entry: EntryBody }>()
    for (const entry of entries) {
      const change = readChange(entry.line)
      if (change) changes.set(change.n, { change, entry })
    }
    for (const n of await known(core, [...changes.keys()])) changes.delete(n)
    if (changes.size === 0) return 0
    const lastN = Math.max(...changes.keys())
    const fresh = await onceEach(
      core,
      [...changes.values()].sort((a, b) => a.change.n - b.change.n),
    )
    const twins = [...changes.keys()].filter((n) => !fresh.some(({ change }) => change.n === n))
    const outbox = await Promise.all(fresh.map(({ change, entry }) => outboxRow(core, change, entry)))
    const rows = await alterRecords(core, recordsOf(fresh.map(({ change }) => change)), (body, id) =>
      fresh
        .filter(({ change }) => change.record === id)
        .reduce((all, { change }) => withChange(core, all, change), body),
    )
    const keys = fresh.flatMap(({ change: { n, record }, entry: { key } }) =>
      key === undefined ? [] : { key, n, record },
    )
    await commit(core, [...recordTables, 'outbox', 'keys'], async () => {
      await writeRecords(core, rows)
      await core.database.outbox.bulkPut(outbox)
      await core.database.keys.bulkPut(keys)
      if (twins.length > 0)
        await core.database.meta.put({ key: 'twins', value: [...(await twinsHere(core)), ...twins] })
      for (const key of ['lastN', 'brought']) {
        const before = ((await core.database.meta.get(key))?.value ?? 0) as number
        await core.database.meta.put({ key, value: Math.max(before, lastN) })
      }
    })
    return fresh.length
  })

/** Almost always all of them: only a draft that has been saved twice may have twins. */
const onceEach = async <T extends { change: Change; entry: EntryBody }>(core: Core, all: readonly T[]) => {
  const keys = all.flatMap(({ entry: { key } }) => key ?? [])
  const rows = await persist(core, () => core.database.keys.bulkGet(all.map(({ entry }) => entry.key ?? '')))
  if (rows.every((row) => !row) && new Set(keys).size === keys.length) return all
  return (await late()).withoutTwins(
    core,
    all,
    rows.map((row) => row?.n),
  )
}

type Words = Pick<Change, 'record' | 'replaces' | 'set'>

/** Whether two saves of one draft are one change. */
export const saysTheSame = (a: Words, b: Words): boolean =>
  a.record === b.record && a.replaces === b.replaces && equalJson(a.set, b.set)

/** The record with a change of this device laid over it, waiting. */
export const withChange = (core: Core, body: RecordBody, change: Change): RecordBody =>
  withPending(
    body,
    pendingWrite(senderOf(core.identity(), change.n).device, change),
    change.base ?? null,
    core.memory.epoch,
  )

export const recordsOf = (changes: readonly Change[]): readonly { id: string; kind: string }[] => [
  ...new Map(changes.map(({ record, kind }) => [record, { id: record, kind }])).values(),
]

/** Numbers of journalled changes that another one stands for. */
export const twinsHere = async ({ database }: Core): Promise<readonly number[]> =>
  ((await database.meta.get('twins'))?.value ?? []) as readonly number[]

/** Which of these numbers IndexedDB has, waiting, acknowledged or held. */
export const known = async (core: Core, ns: readonly number[]): Promise<readonly number[]> => {
  if (ns.length === 0) return []
  const { outbox, acked, held } = core.database
  const inOrder = [...ns].sort((a, b) => a - b)
  const wanted = new Set(ns)
  // the whole range in one answer each: a question for every number would be a cursor
  const found = await persist(core, () =>
    Promise.all(
      [outbox, acked, held].map((table) =>
        table.where('n').between(inOrder[0], inOrder.at(-1), true, true).primaryKeys(),
      ),
    ),
  )
  return found.flat().filter((n) => wanted.has(n))
}

/** A change as it waits to be sent. */
export const outboxRow = async (core: Core, change: Change, entry: EntryBody): Promise<OutboxRow> => ({
  n: change.n,
  record: change.record,
  lane: laneOf(change.kind),
  refers: mentionedIds(change),
  size: utf8ToBytes(withProof(entry.line, entry.proof)).length,
  bytes: await core.codec.encode(entry),
})
