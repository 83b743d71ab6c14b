import type { Signal } from '@preact/signals'
import { trustedList } from '#domain/complaint/desk-chain.ts'
import { type CourierKey, courierKeyText } from '#domain/courier-key.ts'
import { fromBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { endorsementText } from '#domain/receipt.ts'
import type { Core } from './core.ts'
import { forgetProvince } from './forget.ts'
import type { Identity, ReceiptKey, SignedInPerson, SignInNews, Untaken } from './identity-types.ts'
import { persist } from './rows.ts'
import { settled } from './save.ts'
import { replay } from './start.ts'
import type { StorePorts } from './types.ts'

interface Taking {
  readonly core: Core
  replace(next: Identity): Promise<void>
  readonly untaken: Signal<Untaken | null>
}

/** What of a tablet's identity belongs to no province. */
const withoutProvince = ({ courierKey: _, slip: _s, deskPin: _d, ...identity }: Identity): Identity => ({
  ...identity,
  province: null,
  receiptKeys: [],
  people: [],
  keys: [],
  left: [],
  desk: null,
  former: [],
})

const isElsewhere = ({ province }: Identity, news: SignInNews) => province !== null && province.id !== news.province.id

/** Takes in a sign-in (see `People`). A person is asked before the tablet goes to another province, and until then nothing of that one is taken. */
export const signIn = async (
  { core, replace, untaken }: Taking,
  news: SignInNews,
  movesTo?: string,
): Promise<Result<SignedInPerson, Failure>> => {
  const before = core.identity()
  const moves = isElsewhere(before, news)
  const told = before.enrolment?.pins
  // a tablet that is signed in to its own province follows no link to another one
  if (told && told.province !== news.province.id && before.province?.id !== news.province.id) {
    untaken.value = untakenOf(news, 'enrolment')
    return fail(failure('not-permitted', { detail: 'enrolment' }))
  }
  if (moves) {
    const waits = !before.province!.sample && (await waiting(core)) > 0
    if (waits || movesTo !== news.province.id) {
      untaken.value = untakenOf(news, 'other-province')
      return fail(failure('not-permitted', { detail: waits ? 'other-province' : 'which-province' }))
    }
  }
  const baseOf = moves ? withoutProvince : (identity: Identity) => identity
  const next = await withTrust(core, news, baseOf, async (base, trust) => {
    untaken.value = trust.untaken
    if (!trust.pins) return null
    const after = { ...afterSignIn(base, news), ...trust.pins, ...(moves && { after: core.memory.lastN }) }
    await replace(after)
    return after
  })
  if (!next) return fail(failure('not-permitted', { detail: 'receipt-key' }))
  if (moves) {
    await forgetProvince(core, news.province.id)
    await replace(next)
  }
  if (moves || core.memory.epoch === '') core.memory.epoch = news.province.epoch
  return ok(next.people.find(({ id }) => id === news.person)!)
}

/** Takes in an answer that nobody has asked for by a password (see `People`): from another province, or under keys that none here endorses, nothing. */
export const refresh = async (
  { core, replace, untaken }: Taking,
  news: SignInNews,
): Promise<Result<SignedInPerson, Failure>> => {
  if (core.identity().province?.id !== news.province.id) {
    untaken.value = untakenOf(news, 'other-province')
    return fail(failure('not-permitted', { detail: 'other-province' }))
  }
  return withTrust(
    core,
    news,
    (identity) => identity,
    async (base, trust) => {
      untaken.value = trust.untaken
      // the first keys are pinned where a person has typed a password
      if (!trust.pins || base.receiptKeys.length === 0) return fail(failure('not-permitted', { detail: 'receipt-key' }))
      const people = withPerson(base.people, news)
      const slip = news.device?.slip
      await replace({ ...base, ...trust.pins, ...(slip && { slip }), people, current: news.person })
      return ok(people.at(-1)!)
    },
  )
}

const untakenOf = ({ province: { id, name } }: SignInNews, why: Untaken['why']): Untaken => ({ why, id, name })

/** Of two answers that come in together the later one is judged by what the first has left: else the tablet could go back by it. */
const withTrust = async <T>(
  core: Core,
  news: SignInNews,
  baseOf: (identity: Identity) => Identity,
  /** Replaces the identity before it waits for anything. */
  take: (base: Identity, trust: Trust) => Promise<T>,
): Promise<T> => {
  for (;;) {
    const before = core.identity()
    const base = baseOf(before)
    const trust = await trustAfter(core, base, news)
    if (core.identity() === before) return take(base, trust)
  }
}

const waiting = async (core: Core): Promise<number> => {
  await settled(core)
  await replay(core)
  return persist(core, () => core.database.outbox.count())
}

const withPerson = (people: Identity['people'], { person: id, username, standing }: SignInNews) => [
  ...people.filter((one) => one.id !== id),
  { id, username, standing },
]

/** The identity after a sign-in, but for what is pinned. */
const afterSignIn = (before: Identity, news: SignInNews): Identity => {
  const { keys, left, former, courierKey, device, receiptKeys, desk, after } = before
  const slip = news.device?.slip ?? before.slip
  const { name, epoch } = news.province
  return {
    device,
    ...(former && { former }),
    ...(slip && { slip }),
    credential: news.device?.credential ?? before.credential,
    // a sample that may be left with its work, and the key of derived ids, are what they were when the province was pinned
    province: before.province ? { ...before.province, name, epoch } : news.province,
    receiptKeys,
    people: withPerson(before.people, news),
    current: news.person,
    after,
    ...(keys && { keys }),
    // whoever signs in again has not left
    ...(left && { left: left.filter((one) => one.person !== news.person) }),
    desk,
    ...(courierKey && { courierKey }),
  }
}

interface Trust {
  readonly pins: Pick<Identity, 'receiptKeys' | 'desk' | 'courierKey' | 'deskPin'> | null
  readonly untaken: Untaken | null
}

/** Where what is pinned has come by an answer, and what of that was refused; no pins where none of its receipt keys is trusted. */
const trustAfter = async (core: StorePorts, before: Identity, news: SignInNews): Promise<Trust> => {
  const told = before.enrolment?.pins?.province === news.province.id ? before.enrolment.pins : undefined
  const pinned =
    before.receiptKeys.length > 0 || !told
      ? before.receiptKeys
      : news.receiptKeys.filter((key) => key.public === told.receiptKey)
  const isAsTold = !told || pinned.length > 0
  const receiptKeys = isAsTold ? await trustedKeys(core, pinned, news.receiptKeys) : null
  if (!receiptKeys) return { pins: null, untaken: untakenOf(news, 'receipt-key') }
  const courierKey = await trustedCourierKey(core, receiptKeys, news.courierKey ?? undefined, before.courierKey)
  const deskPin = before.deskPin ?? told?.deskList ?? undefined
  const { desk, refused } = await trustedList(core.verify, { known: before.desk, pin: deskPin }, news.deskLists)
  return {
    pins: { receiptKeys, desk, ...(courierKey && { courierKey }), ...(deskPin && !desk && { deskPin }) },
    untaken: refused ? untakenOf(news, 'desk-list') : null,
  }
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
