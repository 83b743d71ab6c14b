import { type Change, changeLine } from '#domain/change.ts'
import { kindOf } from '#domain/records/index.ts'
import type { Step } from '#domain/sample/step.ts'
import { unsignedEnvelope } from '#domain/unsigned.ts'
import type { Tx } from '#server/db/connect.ts'
import { append } from '#server/log/append.ts'
import { appendOwn } from '#server/log/own.ts'
import { readLines, verifyProofs } from '#server/log/sent.ts'
import { sampleKeys } from './sample-keys.ts'

/** Plays the story through the same door that tablets use, each batch at its own time. */
export const playStory = async (tx: Tx, province: string, story: readonly Step[]): Promise<void> => {
  const log = await logOf(tx, province)
  const keys = sampleKeys(tx, province)
  const counters = new Map<string, number>()
  const begun = new Set<string>()
  for (const batch of batchesOf([...story].sort((a, b) => a.at - b.at))) {
    const { device, at: now } = { ...batch[0]!, at: batch.at(-1)!.at }
    if (device === null) {
      await appendOwn(
        tx,
        { province, now },
        batch.map(({ by, kind, record, set, at }) => ({ author: by, kind, record, set: plain(set, log.numberOf), at })),
      )
    } else {
      const n = counters.get(device) ?? 0
      const lines: string[] = []
      for (const [i, step] of batch.entries()) {
        const change = changeOf(step, n + i + 1, log, begun)
        lines.push(await keys.signed(changeLine(change), device, change.author, now))
        begun.add(step.record)
      }
      counters.set(device, n + batch.length)
      const shown = { epoch: log.epoch, seq: log.seqAt(now) }
      const sent = await verifyProofs(tx.db, province, readLines(device, lines)!)
      const done = await append(tx, { province, device, now, shown }, sent)
      if (!done || done.held.length > 0) throw new Error(`The sample story was not accepted: ${done?.held[0]?.code}`)
    }
    await log.refresh(now)
  }
}

/** As far as possible one batch per device: a step that needs to know the log, or not to know it, begins another. */
const batchesOf = (steps: readonly Step[]): Step[][] => {
  const batches: Step[][] = []
  for (const step of steps) {
    const last = batches.at(-1)
    const goesOn = last?.[0]?.device === step.device && typeof step.set !== 'function' && step.knewAt === undefined
    if (last && goesOn) last.push(step)
    else batches.push([step])
  }
  return batches
}

const changeOf = (step: Step, n: number, log: Log, begun: ReadonlySet<string>): Change => ({
  n,
  ...(kindOf(step.kind)!.unsigned
    ? unsignedEnvelope(step.device!, step.at)
    : { author: step.by, at: step.at, seen: 0 }),
  kind: step.kind,
  v: kindOf(step.kind)!.version,
  record: step.record,
  ...(begun.has(step.record) && { base: { epoch: log.epoch, seq: log.seqAt(step.knewAt ?? step.at) } }),
  set: plain(step.set, log.numberOf),
})

const plain = (set: Step['set'], numberOf: Log['numberOf']) => (typeof set === 'function' ? set(numberOf) : set)

/** What has been played so far: numbers of records, and the head of the log over time. */
interface Log {
  readonly epoch: string
  readonly numberOf: (record: string) => number
  readonly seqAt: (at: number) => number
  readonly refresh: (at: number) => Promise<void>
}

const logOf = async (tx: Tx, province: string): Promise<Log> => {
  const { epoch } = await tx.db
    .selectFrom('provinces')
    .select('epoch')
    .where('id', '=', province)
    .executeTakeFirstOrThrow()
  const numbers = new Map<string, number>()
  const heads: { at: number; seq: number }[] = []
  return {
    epoch,
    numberOf: (record) => numbers.get(record) ?? 0,
    seqAt: (at) => heads.findLast((head) => head.at <= at)?.seq ?? 0,
    refresh: async (at) => {
      const seen = heads.at(-1)?.seq ?? 0
      const rows = await tx.db
        .selectFrom('changes')
        .select(['record', 'seq'])
        .where('province', '=', province)
        .where('seq', '>', seen)
        .orderBy('seq')
        .execute()
      for (const { record, seq } of rows) numbers.set(record, seq)
      heads.push({ at, seq: rows.at(-1)?.seq ?? seen })
    },
  }
}
