import { isEmpty } from '#domain/field-set.ts'
import { asItEntered } from '#domain/later-words.ts'
import { merge, mergeAll, type Origin, type RecordState, type Write } from '#domain/merge.ts'
import type { RecordBody } from './record-body.ts'

// What an answer of the server does to a record's row.

/**
 * The server's receipt: the write moves over to the confirmed ones, under the number and stamp it was given. Its number counts as seen
 * only where `read` says that everything up to it was: a base must not claim what nobody here has met. `sawNothing` where its base is of
 * an earlier epoch: what of that still counts the server alone can tell, and does.
 */
export const confirm = (
  body: RecordBody,
  n: number,
  given: { seq: number; stamp: number; epoch: string; read: boolean; sawNothing: boolean },
): RecordBody => {
  const pending = body.pending.find((one) => one.n === n)
  if (!pending) return body
  const { epoch: _, ...write } = pending
  const { numbered = body.epoch, ...rest } = withoutWordsOf(without(body, n), write, given.seq)
  const isThere = rest.confirmed.writes.some((one) => one.device === write.device && one.n === n)
  if (numbered === given.epoch && isThere) return { ...rest, ...(body.numbered !== undefined && { numbered }) }
  const begins = given.read && body.epoch !== given.epoch
  const before = numbered === given.epoch || numbered === '' ? rest.confirmed : ofEarlierEpoch(rest.confirmed)
  const confirmed = merge(before, {
    ...write,
    seq: given.seq,
    stamp: given.stamp,
    ...(given.sawNothing && { base: 0 }),
  })
  if (begins) return { ...rest, confirmed: { ...confirmed, seq: given.seq }, epoch: given.epoch }
  if (given.read) return { ...rest, confirmed }
  const isAhead = body.epoch !== given.epoch
  return {
    ...rest,
    confirmed: { ...confirmed, seq: body.confirmed.seq },
    ...(isAhead && { numbered: given.epoch }),
  }
}

/** Earlier changes of this tablet that get a greater number, because they were held: they lose what this one said later, as on the server. */
const withoutWordsOf = (body: RecordBody, later: Write, seq: number): RecordBody => {
  const standing = <W extends Write>(one: W): W =>
    one.seq > seq ? asItEntered(body.confirmed.kind, one, [later]) : one
  const writes = body.confirmed.writes.map(standing).filter(({ set }) => !isEmpty(set))
  return { ...body, confirmed: { ...body.confirmed, writes }, pending: body.pending.map(standing) }
}

/**
 * A record that the server has lost and knows again only by what this tablet offers anew. What others had written still shows, and gives
 * way to anything of the present epoch: numbers and stamps of the earlier one would stand against those that are given now.
 */
const ofEarlierEpoch = (record: RecordState): RecordState => ({
  ...record,
  writes: record.writes.map((write, order) => ({ ...write, seq: 0, base: 0, stamp: order })),
})

export const hold = (body: RecordBody, n: number): RecordBody =>
  body.held.includes(n) || !body.pending.some((one) => one.n === n) ? body : { ...body, held: [...body.held, n] }

/** A held change that was mended or dropped no longer shows; nor does what the log before a restore had taken of it. */
export const settle = (body: RecordBody, n: number): RecordBody => {
  const write = body.pending.find((one) => one.n === n)
  const { confirmed } = body
  const writes = confirmed.writes.filter((one) => one.n !== n || one.device !== write?.device)
  return { ...without(body, n), confirmed: { ...confirmed, writes } }
}

const without = (body: RecordBody, n: number): RecordBody => ({
  ...body,
  pending: body.pending.filter((one) => one.n !== n),
  held: body.held.filter((one) => one !== n),
})

/** Folds in what the server knows of it. Where it tells the whole, that is all there is: what this tablet knew may have been lost. */
export const withNews = (body: RecordBody, news: RecordState, epoch: string): RecordBody => {
  const isWhole = news.created !== null
  const known = isWhole ? { ...news, writes: [] } : body.confirmed
  const merged = mergeAll(known, news.writes)
  const seq = epoch === body.epoch ? Math.max(merged.seq, news.seq) : news.seq
  const { gone: _, numbered: __, ...kept } = body
  return { ...kept, confirmed: { ...merged, seq, created: earliest(merged.created, news.created) }, epoch }
}

const earliest = (a: Origin | null, b: Origin | null): Origin | null => (!a || (b && b.seq < a.seq) ? b : a)
