import { withProof } from '#domain/authority/line-proof.ts'
import { changeDigest } from '#domain/change.ts'
import { type Failure, failure, failures, isFailureCode } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { protocolVersion, type SyncAnswer, type SyncHeader, syncAnswer } from '#domain/protocol.ts'
import type { Identity, Left } from '#src/store/identity-types.ts'
import { type Sender, senderOf } from '#src/store/own-devices.ts'
import type { Exchange, JournalledLine, Queued, StorePorts } from '#src/store/types.ts'
import { type BatchSize, cutBatch, orderForSending } from './batch.ts'
import type { Reply, Transport } from './transport.ts'
import { isFarewell, isTrueReceipt, namedBy } from './verify.ts'

/** What one exchange needs. No clock is read while sending, but for the header's own. */
export interface RoundPorts {
  readonly exchange: Exchange
  readonly transport: Transport
  readonly verify: StorePorts['verify']
  now(): number
  identity(): Identity
  /** For whom is read; null when nobody works here. */
  person(): StaffId | null
  /** False once the exchange was given up: another may have read further meanwhile, and this one's answer must not count. */
  alive?(): boolean
  /** Told of every step: bytes of changes that are on their way. */
  moved?(bytes: number): void
}

interface Progress {
  /** Changes that still wait, and their bytes. */
  readonly waiting: number
  readonly bytes: number
  /** How far has been read, and how far there is; null when everything has been. */
  readonly reading: { readonly seq: number; readonly of: number } | null
  /** The server's head. */
  readonly head: number
  /** The server's time, in milliseconds, and the device's when it came. */
  readonly serverNow: number
  readonly receivedAt: number
  /** False when the server gave nothing to read: nobody is signed in there. */
  readonly reads: boolean
  readonly revoked: boolean
}

export type Outcome =
  /** Both sides are quiet. */
  | { readonly state: 'quiet'; readonly progress: Progress }
  /** Something moved and more is to come: ask again at once. */
  | { readonly state: 'more'; readonly progress: Progress }
  /** It may work later by itself. */
  | { readonly state: 'later'; readonly failure: Failure }
  /** It will not work before somebody does something. */
  | { readonly state: 'stuck'; readonly failure: Failure }

/** One exchange: send what fits, verify what comes back, take it in. */
export const exchangeOnce = async (ports: RoundPorts, size: BatchSize): Promise<Outcome> => {
  const { exchange, transport } = ports
  const identity = ports.identity()
  const queue = await exchange.queue()
  const { sender, mine } = nextSender(identity, queue)
  if (!sender.credential) {
    await exchange.becomeAnother()
    return { state: 'stuck', failure: failure('unknown-device') }
  }
  const person = sender.former ? null : ports.person()
  const batch = cutBatch(orderForSending(mine), size.bytes())
  const signedOut = sender.former ? [] : (identity.left ?? [])
  const ask = async (isProven: boolean) => {
    const body = await bodyOf(ports, sender, { batch, person, signedOut, isProven })
    const reply = await transport.exchange(body, `Device ${sender.device}.${sender.credential}`, (share) =>
      ports.moved?.(Math.round(share * bytesOf(batch))),
    )
    return { reply, answer: reply && readAnswer(reply) }
  }
  const first = await ask(false)
  // its operator is told of the other log only under a signature
  const isOfAnother = first.answer && 'failure' in first.answer && first.answer.failure.code === 'split-server'
  const { reply, answer } = isOfAnother ? await ask(true) : first
  ports.moved?.(bytesOf(batch))
  if (!answer || 'failure' in answer) return failed(ports, size, reply, answer?.failure ?? null)
  const lines = await exchange.lines(namedBy(answer.receipt))
  if (
    !(await isTrueReceipt(
      answer.receipt,
      { ...identity, device: sender.device },
      (n) => lines.get(n)?.line,
      ports.verify,
    ))
  ) {
    size.failed()
    return { state: 'later', failure: failure('unavailable', { detail: 'receipt' }) }
  }
  if (ports.alive?.() === false) return { state: 'later', failure: failure('unavailable', { detail: 'late' }) }
  const applied = await exchange.apply(answer, person)
  if (signedOut.length > 0) await exchange.toldLeft(signedOut)
  if (batch.length > 0) size.succeeded()
  const another = (await exchange.queue()).length === 0 && (await exchange.becomeAnother())
  const left = await exchange.queue()
  const waiting = left.length
  const { cursor, more } = answer
  const head = answer.receipt.receipt.seq
  const progress: Progress = {
    waiting,
    bytes: bytesOf(left),
    reading: cursor && more ? { seq: cursor.fill?.seq ?? cursor.seq, of: head } : null,
    head,
    serverNow: answer.now,
    receivedAt: ports.now(),
    reads: answer.cursor !== null,
    revoked: !sender.former && (await isFarewell(answer, identity, ports.verify)),
  }
  if (waiting === 0 && !answer.more && !sender.former && !another) return { state: 'quiet', progress }
  const { acknowledged, held, records, gone } = applied
  const moved = another || acknowledged + held + records + gone > 0 || answer.more
  return moved
    ? { state: 'more', progress }
    : { state: 'later', failure: failure('server-fault', { detail: 'no-progress' }) }
}

export const bytesOf = (queue: readonly Queued[]) => queue.reduce((sum, { size }) => sum + size, 0)

/** What is still a former device's goes first, as that one and without reading; the rest as the present one. */
const nextSender = (identity: Identity, queue: readonly Queued[]) => {
  const senders = queue.map(({ n }) => senderOf(identity, n))
  const { device, credential } = identity
  const sender: Sender = senders.find(({ former }) => former) ?? { device, credential, former: false }
  return { sender, mine: queue.filter((_, at) => senders[at]!.device === sender.device) }
}

interface Asking {
  readonly batch: readonly Queued[]
  readonly person: StaffId | null
  readonly signedOut: readonly Left[]
  /** The receipt goes along though nothing is offered again. */
  readonly isProven: boolean
}

const bodyOf = async (
  ports: RoundPorts,
  sender: Sender,
  { batch, person, signedOut, isProven }: Asking,
): Promise<string> => {
  const { head, lost, receipt, cursor } = await ports.exchange.standpoint(person)
  const identity = ports.identity()
  const held = (await ports.exchange.heldNumbers()).filter((n) => senderOf(identity, n).device === sender.device)
  const lines = await ports.exchange.lines([...batch.map(({ n }) => n), ...held])
  const header: SyncHeader = {
    protocol: protocolVersion,
    device: sender.device,
    now: ports.now(),
    ...(person && { person, cursor: cursor as SyncHeader['cursor'] }),
    ...(signedOut.length > 0 && { left: signedOut.map((one): [string, number] => [one.person, one.upTo]) }),
    ...shownBy(sender, head ?? undefined, lost ?? undefined),
    ...(receipt && (isProven || sender.former || !head) && { receipt }),
    held: held.map((n) => [n, changeDigest(sender.device, lines.get(n)!.line)]),
  }
  return [JSON.stringify(header), ...batch.map(({ n }) => sentLine(lines.get(n)!))].join('\n')
}

const sentLine = ({ line, proof }: JournalledLine) => withProof(line, proof)

/** What this tablet has heard. It stands on its head as the present device alone: as one that it was before it offers all of that anew. */
const shownBy = ({ former }: Sender, head: SyncHeader['head'], lost: SyncHeader['lost']) =>
  head && !former ? { head } : { lost: head ?? lost }

/** Only a whole SyncAnswer or a failure of the catalogue counts; a portal's page, a proxy's error and half an answer are null. */
const readAnswer = ({ status, text, retryAfter }: Reply): SyncAnswer | { failure: Failure } | null => {
  const body = parsed(text)
  if (status === 200) {
    const answer = syncAnswer.safeParse(body)
    return answer.success && answer.data.protocol === protocolVersion ? (answer.data as unknown as SyncAnswer) : null
  }
  const said = (body as { failure?: Failure } | null)?.failure
  if (!said || !isFailureCode(said.code)) return null
  return { failure: retryAfter === undefined || said.retryAfter ? said : { ...said, retryAfter } }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const failed = async (
  { exchange }: RoundPorts,
  size: BatchSize,
  reply: Reply | null,
  said: Failure | null,
): Promise<Outcome> => {
  if (said?.code === 'unknown-head') {
    await exchange.reoffer()
    return { state: 'later', failure: said }
  }
  size.failed()
  if (said?.code === 'too-large') return { state: 'later', failure: said }
  if (said && !failures[said.code].retry) return { state: 'stuck', failure: said }
  const retryAfter = said?.retryAfter ?? reply?.retryAfter
  return { state: 'later', failure: said ?? failure('unavailable', retryAfter === undefined ? {} : { retryAfter }) }
}
