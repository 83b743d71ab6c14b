import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { listDigest, type SignedDeskList } from '#domain/complaint/desk-list.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { endorsementText } from '#domain/receipt.ts'
import { activity } from '#domain/records/activity.ts'
import { rootSigner, signList, unsigned } from '#src/vault/desk-trust.ts'
import { open as openSealed } from '#src/vault/seal.ts'
import { beginDesk, listAfter } from '#test/support/desk-keys.ts'
import { newActivity, officer, school, someId } from '#test/support/edits.ts'
import { makeTablet } from '#test/support/tablet.ts'
import type { ReceiptKey, SignInNews } from './identity-types.ts'
import type { Store } from './store.ts'

// What a tablet has pinned moves only forward, and never by itself (A10).

const makeKey = (id: string) => {
  const pair = generateKeyPairSync('ed25519')
  const { x } = pair.publicKey.export({ format: 'jwk' }) as { x: string }
  const endorses = (next: ReceiptKey): ReceiptKey => ({
    ...next,
    endorsedBy: id,
    endorsement: sign(null, Buffer.from(endorsementText(next.id, next.public)), pair.privateKey).toString('base64url'),
  })
  return { key: { id, public: x } as ReceiptKey, endorses }
}

const pinned = makeKey('pinned')
const stranger = makeKey('stranger')
const desk = await beginDesk(someId())
const intruder = await beginDesk(someId())
const nextOf = () => listAfter(desk.signed, { keys: [desk.first.member] }, desk.first.identity)

const news = (more: Partial<SignInNews> = {}): SignInNews => ({
  person: officer,
  username: 'somchai',
  standing: { staff: officer, roles: ['officer'], places: [school] },
  device: { id: 'x', credential: 'secret' },
  province: { id: 'p', name: 'จังหวัดสมมติ', sample: false, epoch: 'e', idKey: 'AA' },
  receiptKeys: [pinned.key],
  deskLists: [desk.signed],
  ...more,
})
const other = { ...news().province, id: 'q', name: 'จังหวัดอื่นสมมติ', idKey: 'BB', sample: true }
const fromElsewhere = news({ province: other, receiptKeys: [stranger.key], deskLists: [intruder.signed] })

let store: Store
beforeEach(async () => {
  store = await makeTablet().open()
  await store.people.signedIn(news())
})
const identity = () => store.people.identity.peek()

describe('an answer that nobody has asked for by a password', () => {
  test('from another province changes nothing, and is told', async () => {
    await store.save(newActivity())
    const before = identity()
    expect(await store.people.refreshed(fromElsewhere)).toMatchObject({ ok: false })
    expect(identity()).toEqual(before)
    expect(store.people.untaken.peek()).toEqual({ why: 'other-province', id: 'q', name: other.name })
    expect(await store.records(activity)).toHaveLength(1)
  })

  test('under receipt keys that no pinned one endorses changes nothing, and is told', async () => {
    const before = identity()
    const answer = news({ receiptKeys: [stranger.key], deskLists: [intruder.signed] })
    expect(await store.people.refreshed(answer)).toMatchObject({ failure: { detail: 'receipt-key' } })
    expect(identity()).toEqual(before)
    expect(store.people.untaken.peek()?.why).toBe('receipt-key')
  })

  test('brings a successor that a pinned key endorses, and none beside it', async () => {
    const next = pinned.endorses(makeKey('next').key)
    await store.people.refreshed(news({ receiptKeys: [next, stranger.key] }))
    expect(identity().receiptKeys).toEqual([pinned.key, next])
  })

  test('names no other sample, key of ids or credential for the province that is pinned', async () => {
    const before = identity()
    const province = { ...before.province!, sample: true, idKey: 'BB', epoch: 'f' }
    await store.people.refreshed(news({ province, device: { id: 'x', credential: 'other' } }))
    expect(identity()).toEqual(before)
  })

  test('that is true again ends the notice', async () => {
    await store.people.refreshed(fromElsewhere)
    await store.people.refreshed(news())
    expect(store.people.untaken.peek()).toBeNull()
  })

  test('of another time cannot bring an older list back while a newer one is taken in', async () => {
    const second = await nextOf()
    await Promise.all([
      store.people.refreshed(news({ deskLists: [desk.signed, second] })),
      store.people.refreshed(news()),
      store.people.refreshed(news({ deskLists: [] })),
    ])
    expect(identity().desk).toEqual(second)
  })
})

describe('a list of the desk', () => {
  const offered = async (list: SignedDeskList | null) => {
    await store.people.refreshed(news({ deskLists: list ? [list] : [] }))
    return { taken: identity().desk, why: store.people.untaken.peek()?.why }
  }

  test('is taken with a greater number under the pinned root; an older one is refused and told', async () => {
    const second = await nextOf()
    expect(await offered(second)).toEqual({ taken: second, why: undefined })
    expect(await offered(desk.signed)).toEqual({ taken: second, why: 'desk-list' })
  })

  test('of another root, of the same number with other keys, or not signed is refused and told', async () => {
    const { list } = desk.signed
    const root = await rootSigner((await openSealed(list.rootKey, desk.first.identity))!)
    const sameNumber = await signList(unsigned({ ...list, keys: intruder.signed.list.keys }), [root])
    const next = await nextOf()
    for (const one of [intruder.signed, sameNumber, { ...next, signatures: {} }])
      expect(await offered(one)).toEqual({ taken: desk.signed, why: 'desk-list' })
  })

  test('stays when an answer has none, also at a sign-in', async () => {
    expect(await offered(null)).toEqual({ taken: desk.signed, why: undefined })
    await store.people.signedIn(news({ deskLists: [], person: someId() as StaffId }))
    expect(identity().desk).toEqual(desk.signed)
  })
})

describe('a sign-in that another province answers', () => {
  test('is asked about before anything is taken in or forgotten, and goes on only to the one that was named', async () => {
    const before = identity()
    for (const word of [undefined, 'r']) {
      const asked = await store.people.signedIn(fromElsewhere, word)
      expect(asked).toMatchObject({ ok: false, failure: { detail: 'which-province' } })
      expect(identity()).toEqual(before)
      expect(store.people.untaken.peek()).toMatchObject({ name: other.name })
    }
    expect((await store.people.signedIn(fromElsewhere, 'q')).ok).toBe(true)
    expect(identity()).toMatchObject({ province: other, receiptKeys: [stranger.key], desk: intruder.signed })
    expect(store.people.untaken.peek()).toBeNull()
  })

  test('does not move it on anybody’s word while work waits to be sent', async () => {
    await store.save(newActivity())
    expect(await store.people.signedIn(fromElsewhere, 'q')).toMatchObject({ failure: { detail: 'other-province' } })
    expect(identity().province?.id).toBe('p')
  })
})

describe('what the link of an administrator has pinned', () => {
  const told = { province: 'p', receiptKey: pinned.key.public, deskList: listDigest(desk.signed.list) }
  const enrolled = async () => {
    const tablet = await makeTablet({ seed: 7 }).open()
    await tablet.people.enrol({ code: 'six-words-of-an-administrator', pins: told })
    return tablet.people
  }

  test.each([
    ['another list at first', intruder.signed],
    ['no list at first', null],
  ])('holds beyond the first answer: %s, and the intruder’s is never taken', async (_, first) => {
    const people = await enrolled()
    expect(await people.signedIn(news({ deskLists: first ? [first] : [] }))).toMatchObject({ ok: true })
    await people.refreshed(news({ deskLists: [intruder.signed] }))
    expect(people.identity.peek().desk).toBeNull()
    expect(people.untaken.peek()?.why).toBe('desk-list')
    await people.refreshed(news())
    expect(people.identity.peek().desk).toEqual(desk.signed)
  })

  test('another province or another receipt key is not that of the link: nothing is taken', async () => {
    for (const answer of [news({ province: other }), news({ receiptKeys: [stranger.key] })]) {
      const people = await enrolled()
      expect(await people.signedIn(answer)).toMatchObject({ ok: false })
      expect(people.identity.peek()).toMatchObject({ province: null, people: [] })
    }
  })

  test('a link to another province does not stand before a tablet that signs in to its own', async () => {
    await store.people.enrol({ code: 'junk', pins: { province: 'q', receiptKey: stranger.key.public, deskList: null } })
    expect(await store.people.signedIn(news())).toMatchObject({ ok: true })
    expect(identity().receiptKeys).toEqual([pinned.key])
  })
})
