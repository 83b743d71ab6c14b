import { createHash } from 'node:crypto'
import { type Bundle, type DeliveryAnswer, deliveryText, readBundle } from '#domain/bundle.ts'
import { type Head, limits } from '#domain/protocol.ts'
import { bounds } from '#server/bounds.ts'
import type { Tx } from '#server/db/connect.ts'
import { append, type Taken } from '#server/log/append.ts'
import { openSealed } from '#server/log/courier-key.ts'
import { whatStandsOf } from '#server/log/epochs.ts'
import { signText } from '#server/log/receipts.ts'
import { readLines, type Sent, verifyProofs } from '#server/log/sent.ts'
import { type Answer, answer, type Call, refuse } from '#server/people/call.ts'
import { authenticateDevice } from '#server/people/device.ts'
import type { Quotas } from '#server/people/quotas.ts'
import type { Open } from '#server/province.ts'

interface Facts {
  readonly open: Open
  readonly call: Call
  readonly secret: string
  readonly authorization: string | undefined
  readonly quotas: Quotas
}

/**
 * POST /api/courier. Any tablet of the province, or anybody who is signed in, may bring what another device has sealed. It is appended
 * under the device that wrote it, which the credential inside the seal proves; bringing it twice, or after its own device has sent it,
 * changes nothing.
 */
export const deliver = async (
  { open, call, secret, authorization, quotas }: Facts,
  sealed: string,
): Promise<Answer> => {
  const { store, province, receiptKey } = open
  const brought = await authenticateDevice(store.db, province.id, authorization)
  const carrier = brought?.id ?? call.person?.staff
  if (!carrier) return refuse(authorization ? 'unknown-device' : 'not-signed-in')
  const text = await openSealed(store.db, { province: province.id, secret }, sealed)
  const bundle = text === null ? null : readBundle(text)
  if (!bundle) return refuse('unreadable-bundle', { detail: 'seal' })
  if (bundle.province !== province.id) return refuse('unreadable-bundle', { detail: 'province' })
  const origin = await authenticateDevice(store.db, province.id, `Device ${bundle.device}.${bundle.credential}`)
  if (!origin) return refuse('unreadable-bundle', { detail: 'device' })
  if (bundle.lines.length > bounds.bundleLines) return refuse('unreadable-bundle', { detail: 'lines' })
  const retryAfter = quotas.mayPush(origin.quotaOf, bundle.lines.length, call.now)
  if (retryAfter !== null) return refuse('too-many-attempts', { retryAfter })
  const taken = (what: Taken) => quotas.pushed(origin.quotaOf, what, call.now)
  const counted = await appendAll(open, call.now, bundle, { carrier, taken })
  if (!counted) return refuse('unreadable-bundle', { detail: 'lines' })
  const hash = createHash('sha256').update(sealed).digest('hex')
  const delivery = { key: receiptKey.id, province: province.id, bundle: hash, time: call.now }
  const signature = signText(receiptKey, deliveryText(delivery))
  return answer({ delivery, signature, ...counted } satisfies DeliveryAnswer)
}

type Counted = Pick<DeliveryAnswer, 'accepted' | 'already' | 'held'>

const appendAll = async (
  { store, province: { id: province } }: Open,
  now: number,
  { device, head, lines }: Bundle,
  { carrier, taken }: { readonly carrier: string; readonly taken: (what: Taken) => void },
): Promise<Counted | null> => {
  const read = readLines(device, lines)
  if (!read) return null
  const sent = await verifyProofs(store.db, province, read)
  const shown = head ? await whatStandsOf(store.db, province, head) : null
  const counted = { accepted: 0, already: 0, held: 0 }
  for (let at = 0; at < sent.length; at += limits.changes) {
    const some = sent.slice(at, at + limits.changes)
    const done = await store.transaction((tx) => appendSome(tx, { province, device, now, shown, carrier }, some))
    if (!done) return null
    taken(done.taken)
    counted.accepted += done.accepted.length
    counted.already += done.already.length + done.settled.length
    counted.held += done.held.length
  }
  return counted
}

const appendSome = async (
  tx: Tx,
  facts: { province: string; device: string; now: number; shown: Head | null; carrier: string },
  sent: readonly Sent[],
) => {
  const { province, device, now, shown, carrier } = facts
  const done = await append(tx, { province, device, now, shown }, sent)
  if (!done || carrier === device || done.accepted.length === 0) return done
  const rows = done.accepted.map(({ n }) => ({ province, device, n, carrier, delivered_at: now }))
  await tx.db
    .insertInto('deliveries')
    .values(rows)
    .onConflict((is) => is.columns(['province', 'device', 'n']).doNothing())
    .execute()
  return done
}
