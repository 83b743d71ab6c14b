import { beforeAll, describe, expect, it } from 'vitest'
import { trustedList, type VerifyEd25519 } from '#domain/complaint/desk-chain.ts'
import { type DeskList, listDigest, type SignedDeskList } from '#domain/complaint/desk-list.ts'
import { newId, type StaffId } from '#domain/kernel/id.ts'
import { type BegunDesk, beginDesk, type KeyHolder, listAfter, newKeyHolder } from '#test/support/desk-keys.ts'
import { confirmList, newPaper, nextList, readPaper } from './desk-keys.ts'
import { newRoot, rootSigner, signList, unsigned } from './desk-trust.ts'
import { open } from './seal.ts'

const verify: VerifyEd25519 = async (by, signature, message) => {
  const key = await crypto.subtle.importKey('raw', by as BufferSource, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, signature as BufferSource, message as BufferSource)
}
const staff = () => newId<StaffId>((length) => crypto.getRandomValues(new Uint8Array(length)))

let begun: BegunDesk
let [malee, somsri, thana] = [] as unknown as [KeyHolder, KeyHolder, KeyHolder]
/** Malee alone, then Malee and Somsri. */
let [first, second] = [] as unknown as [SignedDeskList, SignedDeskList]

beforeAll(async () => {
  begun = await beginDesk(staff())
  malee = begun.first
  somsri = await newKeyHolder(staff())
  thana = await newKeyHolder(staff())
  first = begun.signed
  second = await listAfter(first, { keys: [malee.member, somsri.member] }, malee.identity)
})

/** Where a tablet stands that knows `known` and is offered these. */
const offered = (known: SignedDeskList | null, lists: readonly SignedDeskList[], pin?: string) =>
  trustedList(verify, { known, pin }, lists)
const taken = (desk: SignedDeskList) => ({ desk, refused: false })
const refused = (desk: SignedDeskList | null) => ({ desk, refused: true })
const paper = () => begun.paper.secret

describe('a tablet', () => {
  it('walks from the list that it knows to the newest, one after another', async () => {
    const third = await listAfter(
      second,
      { keys: [malee.member, somsri.member, thana.member] },
      malee.identity,
      somsri.identity,
    )
    expect(await offered(first, [first, second, third])).toEqual(taken(third))
    expect(await offered(first, [second, third])).toEqual(taken(third))
    expect(await offered(first, [third])).toEqual(refused(first))
    expect(await offered(third, [third])).toEqual(taken(third))
    expect(await offered(third, [])).toEqual(taken(third))
  })

  it('refuses an older list, and one of the same number with other content, and goes on with its own', async () => {
    const fork = await listAfter(first, { keys: [malee.member, thana.member] }, malee.identity)
    expect(await offered(second, [first])).toEqual(refused(second))
    expect(await offered(second, [fork])).toEqual(refused(second))
    const beyondFork = await listAfter(fork, { keys: [malee.member] }, malee.identity, thana.identity)
    expect(await offered(second, [fork, beyondFork])).toEqual(refused(second))
  })

  it('goes on from the list that its link has pinned, and from nothing else', async () => {
    const third = await listAfter(second, { keys: [somsri.member] }, malee.identity, somsri.identity)
    const pin = listDigest(second.list)
    expect(await offered(null, [first, second, third], pin)).toEqual(taken(third))
    const intruder = (await beginDesk(staff())).signed
    expect(await offered(null, [intruder], pin)).toEqual(refused(null))
    expect(await offered(null, [first], pin)).toEqual(refused(null))
    // a member who has the root, and a server that helps: alone they begin no other desk for a new tablet
    const alone = await listAfter(first, { keys: [malee.member, thana.member] }, malee.identity)
    expect(await offered(null, [first, alone], pin)).toEqual(refused(null))
  })

  it('that no link has told anything believes the first list that its own root has signed', async () => {
    expect(await offered(null, [first, second])).toEqual(taken(second))
    const forged = { ...first, list: { ...first.list, desk: 'other' } }
    expect(await offered(null, [forged])).toEqual(refused(null))
  })

  it('refuses what was altered after it was signed, or lacks the root', async () => {
    const altered: DeskList[] = [
      { ...second.list, keys: [malee.member, thana.member] },
      { ...second.list, recovery: thana.member.recipient },
      { ...second.list, number: 3 },
    ]
    for (const list of altered) expect(await offered(first, [{ ...second, list }])).toEqual(refused(first))
    const { [first.list.root]: _, ...rootless } = second.signatures
    expect(await offered(first, [{ ...second, signatures: rootless }])).toEqual(refused(first))
    const other = await rootSigner(await newRoot())
    const foreign = await signList(unsigned({ ...second.list, root: other.public }), [other])
    expect(await offered(first, [foreign])).toEqual(refused(first))
  })
})

describe('the next list', () => {
  it('of one member needs that member, or the key on paper', async () => {
    const keys = [thana.member]
    expect(await offered(first, [await listAfter(first, { keys }, paper())])).toMatchObject({ refused: false })
    expect(await offered(first, [await listAfter(first, { keys }, malee.identity)])).toMatchObject({ refused: false })
  })

  it('needs two members, or one and the key on paper, once there are two', async () => {
    const change = { keys: [malee.member, somsri.member, thana.member] }
    for (const alone of [malee.identity, somsri.identity, paper()])
      expect(await offered(second, [await listAfter(second, change, alone)])).toEqual(refused(second))
    for (const [one, other] of [
      [malee.identity, somsri.identity],
      [malee.identity, paper()],
      [somsri.identity, paper()],
    ] as const)
      expect(await offered(second, [await listAfter(second, change, one, other)])).toMatchObject({ refused: false })
  })

  it('is not moved by one person under two keys', async () => {
    const again = (await newKeyHolder(malee.member.staff)).member
    const twice = await listAfter(first, { keys: [malee.member, again] }, malee.identity)
    expect(await offered(first, [twice])).toEqual(refused(first))
    const sameSigner = { ...thana.member, signer: malee.member.signer }
    expect(
      await offered(first, [await listAfter(first, { keys: [malee.member, sameSigner] }, malee.identity)]),
    ).toEqual(refused(first))
  })

  it('has another root where somebody leaves or the paper is replaced, and the same where nobody does', async () => {
    const joined = await listAfter(
      second,
      { keys: [malee.member, somsri.member, thana.member] },
      malee.identity,
      paper(),
    )
    expect(joined.list.root).toBe(second.list.root)
    const left = await listAfter(second, { keys: [malee.member] }, malee.identity, somsri.identity)
    expect(left.list.root).not.toBe(second.list.root)
    const printed = await newPaper()
    const replaced = await listAfter(second, { keys: second.list.keys, paper: printed }, malee.identity, paper())
    expect(replaced.list.root).not.toBe(second.list.root)
    expect(await open(replaced.list.rootKey, paper())).toBeNull()
    // the root that whoever left has seen goes no further
    const kept = { ...left.list, root: second.list.root, rootKey: second.list.rootKey }
    const secret = (await open(second.list.rootKey, somsri.identity))!
    const forged = await signList({ list: kept, signatures: {} }, [await rootSigner(secret)])
    const both = await confirmAll(forged, malee, somsri)
    expect(await offered(second, [both])).toEqual(refused(second))
  })

  it('cannot be made by whoever has left', async () => {
    const left = await listAfter(second, { keys: [malee.member, thana.member] }, malee.identity, somsri.identity)
    expect(await nextList(left.list, { keys: [somsri.member] }, [somsri.identity])).toBeNull()
    // what she still knows is the root of before and her own key
    const secret = await rootSigner((await open(second.list.rootKey, somsri.identity))!)
    const takeOver: DeskList = {
      ...left.list,
      number: left.list.number + 1,
      after: listDigest(left.list),
      keys: [somsri.member],
      root: secret.public,
    }
    const forged = await confirmAll(await signList(unsigned(takeOver), [secret]), somsri)
    expect(await offered(left, [left, forged])).toEqual(refused(left))
  })

  it('of a list of before members signed needs the root alone, and names who signs from then on', async () => {
    const bare = (list: DeskList): DeskList => {
      const { recoverySigner: _, after: _a, ...rest } = list
      return { ...rest, keys: list.keys.map(({ signer: _s, ...key }) => key) }
    }
    const secret = (await open(second.list.rootKey, malee.identity))!
    const before = await signList(unsigned(bare(second.list)), [await rootSigner(secret)])
    const printed = await newPaper()
    const next = await listAfter(before, { keys: [malee.member, somsri.member], paper: printed }, malee.identity)
    expect(await offered(before, [next])).toEqual(taken(next))
    const withoutSigner = await listAfter(before, { keys: [malee.member, bare(second.list).keys[1]!] }, malee.identity)
    expect(await offered(before, [withoutSigner])).toEqual(refused(before))
  })
})

const confirmAll = async (list: SignedDeskList, ...holders: readonly KeyHolder[]): Promise<SignedDeskList> => {
  const { deskSigner } = await import('./desk-trust.ts')
  return signList(list, await Promise.all(holders.map(({ identity }) => deskSigner(identity))))
}

describe('a colleague who confirms', () => {
  it('adds the word that is missing', async () => {
    const proposed = await listAfter(second, { keys: [malee.member] }, malee.identity)
    expect(await offered(second, [proposed])).toEqual(refused(second))
    const confirmed = (await confirmList(second.list, proposed, [somsri.identity]))!
    expect(await offered(second, [confirmed])).toEqual(taken(confirmed))
  })

  it('does not put a name to a list whose root would not open for them, or that follows another one', async () => {
    const keys = [malee.member, somsri.member, thana.member]
    const proposed = await listAfter(second, { keys }, malee.identity)
    const shutOut = { ...proposed, list: { ...proposed.list, rootKey: first.list.rootKey } }
    expect(await confirmList(second.list, shutOut, [somsri.identity])).toBeNull()
    const otherRoot = { ...proposed, list: { ...proposed.list, root: (await rootSigner(await newRoot())).public } }
    expect(await confirmList(second.list, otherRoot, [somsri.identity])).toBeNull()
    expect(await confirmList(first.list, proposed, [somsri.identity])).toBeNull()
  })
})

describe('the key on paper', () => {
  it('is read however it was typed, and no other key is', async () => {
    const typed = paper()
      .toLowerCase()
      .match(/.{1,6}/g)!
      .join(' ')
    expect(await readPaper(first.list, typed)).toBe(paper())
    expect(await readPaper(first.list, malee.identity)).toBeNull()
    expect(await readPaper(first.list, '')).toBeNull()
  })
})
