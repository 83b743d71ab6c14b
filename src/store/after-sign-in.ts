import { trustedList } from '#domain/complaint/desk-list.ts'
import { type CourierKey, courierKeyText } from '#domain/courier-key.ts'
import { fromBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { endorsementText } from '#domain/receipt.ts'
import type { Identity, ReceiptKey, SignInNews, StorePorts } from './types.ts'

/** The identity after a sign-in; a failure when a receipt key that this tablet does not trust is slipped in. */
export const afterSignIn = async (
  core: StorePorts,
  before: Identity,
  news: SignInNews,
): Promise<Result<Identity, Failure>> => {
  const pinned = before.province?.id === news.province.id ? before.receiptKeys : []
  const receiptKeys = await trustedKeys(core, pinned, news.receiptKeys)
  if (!receiptKeys) return fail(failure('not-permitted', { detail: 'receipt-key' }))
  const courierKey = await trustedCourierKey(core, receiptKeys, news.courierKey ?? undefined, before.courierKey)
  const { person: id, username, standing, province } = news
  const { keys, left } = before
  return ok({
    device: before.device,
    ...(before.former && { former: before.former }),
    credential: news.device?.credential ?? before.credential,
    province,
    receiptKeys,
    people: [...before.people.filter((one) => one.id !== id), { id, username, standing }],
    current: id,
    after: before.after,
    ...(keys && { keys }),
    // whoever signs in again has not left
    ...(left && { left: left.filter((one) => one.person !== id) }),
    desk: await trustedList(core.verify, before.desk, news.desk),
    ...(courierKey && { courierKey }),
  })
}

/** The offered key if a trusted receipt key endorses it, else the one known so far. */
const trustedCourierKey = async (
  { verify }: StorePorts,
  trusted: readonly ReceiptKey[],
  offered: CourierKey | undefined,
  known: CourierKey | undefined,
): Promise<CourierKey | undefined> => {
  const elder = offered && trusted.find(({ id }) => id === offered.endorsedBy)
  const signature = offered && fromBase64Url(offered.endorsement)
  if (!elder || !signature) return known
  const text = utf8ToBytes(courierKeyText(offered.id, offered.public))
  return (await verify(fromBase64Url(elder.public)!, signature, text).catch(() => false)) ? offered : known
}

/** Pinned keys and the successors that they endorse, in a chain; the first list is taken as it comes. Null when none of it fits. */
const trustedKeys = async (
  { verify }: StorePorts,
  pinned: readonly ReceiptKey[],
  offered: readonly ReceiptKey[],
): Promise<readonly ReceiptKey[] | null> => {
  if (pinned.length === 0) return offered
  const trusted = [...pinned]
  let grew = true
  while (grew) {
    grew = false
    for (const key of offered) {
      const elder = trusted.find(({ id }) => id === key.endorsedBy)
      if (!elder || !key.endorsement || trusted.some(({ id }) => id === key.id)) continue
      const text = utf8ToBytes(endorsementText(key.id, key.public))
      const signature = fromBase64Url(key.endorsement)
      if (!signature || !(await verify(fromBase64Url(elder.public)!, signature, text))) continue
      trusted.push(key)
      grew = true
    }
  }
  return offered.some(({ id }) => trusted.some((one) => one.id === id)) ? trusted : null
}
