import { type Farewell, farewellText } from '#domain/authority/farewell.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { type Carried, type Cursor, limits, protocolsServed, type SyncHeader } from '#domain/protocol.ts'
import { type Receipt, runsOf, type SignedReceipt } from '#domain/receipt.ts'
import type { Standing } from '#domain/roles.ts'
import type { Store } from '#server/db/connect.ts'
import { prepared } from '#server/db/prepared.ts'
import { accessHeadName, readAccessHead } from './access-log.ts'
import { type Appended, append, type Taken } from './append.ts'
import { carriedBy } from './carried.ts'
import { epochsOf, isKnownHead, numberOf } from './epochs.ts'
import { digestOfDigests } from './hash.ts'
import { type News, readNews } from './read.ts'
import { type ReceiptKey, signReceipt, signText } from './receipts.ts'
import type { Numbered } from './run.ts'
import { readLines, type Unverified, verifyProofs } from './sent.ts'
import { type IsTheirs, nothingSettled, type SettledNews, settledSince, withoutSettled } from './settled.ts'
import { whyUnknown } from './unknown-head.ts'

export interface ExchangeFacts {
  readonly province: string
  /** The device that the credential has proven. */
  readonly device: string
  /** Whoever reads; null when nobody is signed in, or the device may not read any more: then it only sends. */
  readonly reader: Standing | null
  readonly now: number
  readonly key: ReceiptKey
  /** The tablet was revoked: it is told so, under the key that it has pinned. */
  readonly isRevoked?: boolean
  /** Told what the server keeps more than before, once that is written. */
  readonly taken?: (what: Taken) => void
}

/**
 * The whole of one exchange (docs/sync.md, "Messages") without HTTP: checks the device's head, appends in one transaction, signs, and reads after
 * the commit. Answers a SyncAnswer as JSON in UTF-8: stored records go into it as they lie.
 */
export const exchange = async (
  store: Store,
  facts: ExchangeFacts,
  header: SyncHeader,
  lines: readonly string[],
): Promise<Result<Buffer, Failure>> => {
  const { province, device, now } = facts
  if (!protocolsServed.includes(header.protocol)) return fail(failure('unsupported-protocol'))
  if (header.device !== device) return fail(failure('unknown-device'))
  if (lines.length > limits.changes) return fail(failure('too-large'))
  const read = readLines(device, lines)
  if (!read) return fail(failure('malformed-request'))
  let shown = header.head ?? header.lost ?? null
  if (shown && !(await isKnownHead(store.db, province, shown))) {
    const { why, counts } = await whyUnknown(store, { ...facts, head: shown, receipt: header.receipt })
    // a tablet that offers again has been told that its head is not known here
    if (header.head || why.code !== 'unknown-head') return fail(why)
    if (!counts) shown = null
  }

  const sent = await verifyProofs(store.db, province, read)
  const done =
    sent.length > 0 ? await store.transaction((tx) => append(tx, { province, device, now, shown }, sent)) : null
  if (done) facts.taken?.(done.taken)
  const lastN = done?.lastN ?? (await lastNumber(store, province, device))
  if (lastN === null) return fail(failure('unknown-device'))
  const head = await headOf(store, province)
  const isTheirs = knownTo(header, sent)
  const settled = await settledFor(store, facts, header, head, done, isTheirs)
  const appended = done && withoutSettled(done, settled)
  const seen = header.protocol > 1 ? head : { ...head, access: null }
  const receipt = signReceipt(facts.key, receiptOf(facts, seen, appended, settled, isTheirs))
  const news = facts.reader ? await newsFor(store, facts.reader, facts, header, head, appended) : null
  const had = appended?.already.map(({ n }) => n) ?? []
  const carried = await carriedBy(store.db, province, device, had)
  const farewell = facts.isRevoked ? farewellOf(facts) : null
  return ok(
    answerBytes({
      protocol: header.protocol,
      now,
      appended,
      settled,
      receipt,
      news,
      backup: head.backup_seq,
      lastN,
      carried,
      farewell,
    }),
  )
}

/**
 * What became of held changes since the device last heard. After a restore its head may stand above the number at which something was settled
 * before the log had grown again. Whoever has no head offers everything again: to them it tells what came of what they have just sent. A program
 * that does not name what it has held may have let go of it long ago, and could not check a receipt that names it.
 */
const settledFor = async (
  store: Store,
  { province, device }: ExchangeFacts,
  { head: known, held }: SyncHeader,
  { epoch }: HeadRow,
  done: Appended | null,
  isTheirs: IsTheirs,
): Promise<SettledNews> => {
  if (!known) {
    if (!done || done.heldDigests.size === 0) return nothingSettled
    const isSent: IsTheirs = (n, digest) => done.heldDigests.get(n) === digest
    return settledSince(store.db, province, device, done.headBefore, isSent)
  }
  const isPresent = known.epoch === epoch || !held
  const heard = isPresent ? known.seq : numberOf(await epochsOf(store.db, province), known, known.seq)
  const news = await settledSince(store.db, province, device, heard, isTheirs)
  return held ? news : { ...news, altered: [] }
}

/** A receipt speaks of what was sent with the request, and of what the tablet says that it has held; it could check no other. */
const knownTo = ({ held }: SyncHeader, sent: readonly Unverified[]): IsTheirs => {
  if (!held) return () => true
  const named = [...held, ...sent.map(({ n, digest }) => [n, digest] as const)]
  const known = new Set(named.map(([n, digest]) => `${n} ${digest}`))
  return (n, digest) => known.has(`${n} ${digest}`)
}

type HeadRow = Awaited<ReturnType<typeof headOf>>

const findHead = prepared((db, province: string) =>
  db
    .selectFrom('provinces')
    .leftJoin('settings', (of) => of.onRef('settings.province', '=', 'id').on('settings.name', '=', accessHeadName))
    .select(['epoch', 'seq', 'chain', 'backup_seq', 'value as access'])
    .where('id', '=', province),
)
const headOf = async (store: Store, province: string) => (await findHead(store.db, province))[0]!

const findLastNumber = prepared((db, province: string, device: string) =>
  db.selectFrom('devices').select('last_n').where('province', '=', province).where('id', '=', device),
)
const lastNumber = async (store: Store, province: string, device: string): Promise<number | null> =>
  (await findLastNumber(store.db, province, device))[0]?.last_n ?? null

const receiptOf = (
  { key, device, now }: ExchangeFacts,
  head: HeadRow,
  appended: Appended | null,
  settled: SettledNews,
  isTheirs: IsTheirs,
): Receipt => {
  const numbered = new Map<number, Numbered>()
  for (const one of [...settled.accepted, ...(appended?.already ?? []), ...(appended?.accepted ?? [])]) {
    if (isTheirs(one.n, one.digest)) numbered.set(one.n, one)
  }
  const retold = settled.altered.map(({ n, digest }) => [n, digest] as const)
  const held = [...new Map([...retold, ...(appended?.heldDigests ?? [])])].filter(
    ([n, digest]) => isTheirs(n, digest) && !numbered.has(n),
  )
  const digests = new Map<number, string>([
    ...held,
    ...[...numbered.values()].map((one) => [one.n, one.digest] as const),
  ])
  const order = [...digests.keys()].sort((a, b) => a - b)
  return {
    key: key.id,
    device,
    epoch: head.epoch,
    seq: head.seq,
    chain: head.chain,
    ...(head.access !== null && { access: readAccessHead(head.access) }),
    time: now,
    runs: runsOf([...numbered.values()]),
    stamps: Object.fromEntries(
      [...numbered.values()].filter(({ at, stamp }) => at !== stamp).map(({ n, stamp }) => [n, stamp]),
    ),
    held: held.map(([n]) => n).sort((a, b) => a - b),
    digest: digestOfDigests(order.map((n) => digests.get(n)!)),
  }
}

const newsFor = (
  store: Store,
  reader: Standing,
  { province }: ExchangeFacts,
  header: SyncHeader,
  head: HeadRow,
  appended: Appended | null,
): Promise<News> => {
  const limit = appended ? limits.answerBytesWhileSending : limits.answerBytes
  return readNews(store, {
    province,
    reader,
    head,
    cursor: cursorOf(header),
    budget: Math.min(limit, header.room ?? limit),
    atLeastOne: !appended && header.room === undefined,
    own: appended,
  })
}

/**
 * Where the device's reading stands. Without a head it offers everything anew, because a log was lost: what it had read of that one says
 * nothing of this one, even where an old epoch has come back; only what it was allowed to read still tells what must leave it.
 */
const cursorOf = ({ cursor, head }: SyncHeader): Cursor | null => {
  if (!cursor) return null
  return head ? (cursor as Cursor) : { ...(cursor as Cursor), epoch: '' }
}

const farewellOf = ({ key, province, device, now: time }: ExchangeFacts): Farewell => ({
  time,
  signature: signText(key, farewellText(province, device, time)),
})

interface AnswerParts {
  readonly protocol: number
  readonly now: number
  readonly appended: Appended | null
  readonly settled: SettledNews
  readonly receipt: SignedReceipt
  readonly news: News | null
  readonly backup: number
  readonly lastN: number
  readonly carried: readonly Carried[]
  readonly farewell: Farewell | null
}

/** Everything but the stored records is small. */
const answerBytes = (parts: AnswerParts): Buffer => {
  const { protocol, now, appended, settled, receipt, news, backup, lastN, carried, farewell } = parts
  const said = new Set([...(appended?.held ?? []), ...(appended?.accepted ?? [])].map(({ n }) => n))
  const retold = settled.altered.filter(({ n }) => !said.has(n)).map(({ digest: _, ...result }) => result)
  const results = [...(appended?.held ?? []), ...retold]
  const settledNumbers = [...new Set([...settled.away.map(({ n }) => n), ...(appended?.settled ?? [])])]
  const before = [
    `"protocol":${protocol}`,
    `"now":${now}`,
    `"results":${JSON.stringify(results)}`,
    `"receipt":${JSON.stringify(receipt)}`,
  ]
  const after = [
    `"gone":${JSON.stringify(news?.gone ?? [])}`,
    `"cursor":${JSON.stringify(news?.cursor ?? null)}`,
    `"more":${news?.more ?? false}`,
    `"backup":${backup}`,
    `"lastN":${lastN}`,
    ...(settledNumbers.length > 0 ? [`"settled":${JSON.stringify(settledNumbers)}`] : []),
    ...(carried.length > 0 ? [`"carried":${JSON.stringify(carried)}`] : []),
    ...(farewell ? [`"farewell":${JSON.stringify(farewell)}`] : []),
  ]
  const records = (news?.records ?? []).flatMap((one, at) => (at === 0 ? [one] : [comma, one]))
  const [head, tail] = [`{${before.join(',')},"records":[`, `],${after.join(',')}}`]
  return Buffer.concat([Buffer.from(head), ...records, Buffer.from(tail)])
}
const comma = Buffer.from(',')
