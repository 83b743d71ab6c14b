import { trustedList } from '#domain/complaint/desk-list.ts'
import { type CourierKey, courierKeyText } from '#domain/courier-key.ts'
import { fromBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { endorsementText } from '#domain/receipt.ts'
import type { Core } from './core.ts'
import { forgetProvince } from './forget.ts'
import { persist } from './rows.ts'
import { settled } from './save.ts'
import { replay } from './start.ts'
import type { Identity, ReceiptKey, SignedInPerson, SignInNews, StorePorts } from './types.ts'

/** What of a tablet's identity belongs to no province. */
const withoutProvince = ({ courierKey: _, ...identity }: Identity): Identity => ({
  ...identity,
  people: [],
  keys: [],
  left: [],
  desk: null,
  former: [],
})

/** Takes in a sign-in (see `People`). */
export const signIn = async (
  core: Core,
  replace: (next: Identity) => Promise<void>,
  news: SignInNews,
): Promise<Result<SignedInPerson, Failure>> => {
  const before = core.identity()
  const moves = before.province !== null && before.province.id !== news.province.id
  if (moves && !before.province.sample && (await waiting(core)) > 0)
    return fail(failure('not-permitted', { detail: 'other-province' }))
  const after = await afterSignIn(core, moves ? withoutProvince(before) : before, news)
  if (!after.ok) return after
  const next = moves ? { ...after.value, after: core.memory.lastN } : after.value
  await replace(next)
  if (moves) {
    await forgetProvince(core, news.province.id)
    await replace(next)
  }
  if (moves || core.memory.epoch === '') core.memory.epoch = news.province.epoch
  return ok(after.value.people.find(({ id }) => id === news.person)!)
}

const waiting = async (core: Core): Promise<number> => {
  await settled(core)
  await replay(core)
  return persist(core, () => core.database.outbox.count())
}

/** The identity after a sign-in; a failure when a receipt key that this tablet does not trust is slipped in. */
const afterSignIn = async (
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
