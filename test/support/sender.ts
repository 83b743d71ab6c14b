import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { chainHash, changeDigest, changeLine, firstChain } from '#domain/change.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import type { SyncAnswer } from '#domain/protocol.ts'
import { numbersOf } from '#domain/receipt.ts'
import { openStore } from '#server/db/connect.ts'
import { activityFields } from './province.ts'
import { exchangeWith, type ServerData, type ServerTablet } from './server.ts'

/** A tablet that goes on offering what no receipt has acknowledged, byte for byte, whatever happens to the server. */
export interface Sender {
  readonly device: string
  /** Number in the log and line, by `n`, as receipts have told. */
  readonly acknowledged: ReadonlyMap<number, { readonly seq: number; readonly line: string }>
  /** One request with what waits and three more; throws when the server is gone. */
  push(port: number): Promise<void>
}

export const makeSender = (tablet: ServerTablet): Sender => {
  let n = 0
  const waiting = new Map<number, string>()
  const acknowledged = new Map<number, { seq: number; line: string }>()
  const capture = () => {
    const line = changeLine({
      n: ++n,
      author: tablet.officer,
      at: Date.now(),
      seen: 0,
      kind: 'activity',
      v: 1,
      record: newId<RecordId>(randomBytes),
      set: activityFields(tablet.place, { outcome: 'บันทึกของวันนี้'.repeat(20) }),
    })
    waiting.set(n, line)
  }
  return {
    device: tablet.device,
    acknowledged,
    push: async (port) => {
      for (let i = 0; i < 3; i++) capture()
      const sent = new Map(waiting)
      const { status, text } = await exchangeWith(port, tablet, {}, [...sent.values()])
      expect(status).toBe(200)
      for (const [one, seq] of numbersOf((JSON.parse(text) as SyncAnswer).receipt.receipt)) {
        acknowledged.set(one, { seq, line: sent.get(one) ?? acknowledged.get(one)!.line })
        waiting.delete(one)
      }
    },
  }
}

/** The log of an ended server, as its database has it; its numbers and its chain must be without a break. */
export const readLog = async (data: ServerData) => {
  const store = await openStore(data)
  try {
    const log = await store.db.selectFrom('changes').selectAll().orderBy('seq').execute()
    const records = await store.db.selectFrom('records').select('id').execute()
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1))
    let chain = firstChain
    for (const row of log) {
      chain = chainHash(chain, row)
      if (row.chain !== chain) throw new Error(`the chain breaks at number ${row.seq}`)
    }
    expect(records).toHaveLength(new Set(log.map(({ record }) => record)).size)
    return log
  } finally {
    await store.close()
  }
}

/** Every acknowledged change is in the log under the number that its receipt told, with its very bytes; answers how many there are. */
export const expectNoneLost = (log: Awaited<ReturnType<typeof readLog>>, senders: readonly Sender[]): number => {
  let acknowledged = 0
  for (const one of senders) {
    const rows = new Map(log.filter(({ device }) => device === one.device).map((row) => [row.n, row]))
    for (const [n, { seq, line }] of one.acknowledged) {
      const row = rows.get(n)
      const isThere = row?.seq === seq && row.line === line && row.digest === changeDigest(one.device as never, line)
      if (!isThere) throw new Error(`lost: change ${n} of ${one.device}, acknowledged as number ${seq}`)
    }
    acknowledged += one.acknowledged.size
  }
  return acknowledged
}

/** Everything has been acknowledged, and the log has each once and nothing more of these devices. */
export const expectNoneDoubled = (log: Awaited<ReturnType<typeof readLog>>, senders: readonly Sender[]): void => {
  for (const one of senders)
    expect(log.filter(({ device }) => device === one.device)).toHaveLength(one.acknowledged.size)
}
