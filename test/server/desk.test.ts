import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DeskList, deskKeyText, listDigest, type SignedDeskList } from '#domain/complaint/desk-list.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { confirmList, newPaper } from '#src/vault/desk-keys.ts'
import { deskSigner, rootSigner, signList, unsigned } from '#src/vault/desk-trust.ts'
import { open as openSealed } from '#src/vault/seal.ts'
import { type BegunDesk, beginDesk, type KeyHolder, listAfter, newKeyHolder } from '#test/support/desk-keys.ts'
import { type Browser, beginProvince, makeId, startServer, type TestProvince, type TestServer } from './support.ts'

let server: TestServer
let province: TestProvince
let provinceId: string
interface Member extends KeyHolder {
  readonly staff: string
  readonly browser: Browser
}
let vimon: Member
let thana: Member
let malee: Member
let desk: BegunDesk
/** What was published last. */
let newest: SignedDeskList
const wrapped = { format: 1, box: 'only its owner opens this' }

const publish = ({ browser }: Pick<Member, 'browser'>, body: object) => browser.post('/api/desk/keys', body)
/** A key as its owner brings it. */
const brought = async ({ identity, member }: KeyHolder, box = wrapped, at = provinceId) => {
  const { staff, recipient } = member
  const signer = await deskSigner(identity)
  const key = { staff, recipient, signer: signer.public }
  const proof = await signer.sign(deskKeyText(at, key, box as unknown as Json))
  return { recipient, signer: signer.public, wrapped: box, proof }
}
const hire = async (): Promise<Member> => {
  const hired = await province.hire(['supervisor', 'desk'], [])
  return { ...hired, ...(await newKeyHolder(hired.staff)) }
}
const deskOf = async ({ browser }: Pick<Member, 'browser'>) => (await browser.get('/api/desk')).body
const listsOf = async ({ browser }: Pick<Member, 'browser'>, known = 0) =>
  (await browser.get(`/api/session?desk-list=${known}`)).body.deskLists
const deeds = async (act: string) => {
  await province.admin.post('/api/sign-in', { username: 'aree', password: 'ลำธารใสไหลเย็น' })
  const { lines } = (await province.admin.get('/api/access-log')).body
  return lines.filter((one: { act: string }) => one.act === act)
}
const refused = (field: string) => ({ code: 'invalid-field', field })

beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  provinceId = (await province.admin.get('/api/session')).body.province.id
  ;[vimon, thana, malee] = [await hire(), await hire(), await hire()]
  desk = await beginDesk(vimon.staff)
  vimon = { ...vimon, ...desk.first }
})
afterAll(() => server.end())

test('before any key the desk is empty and intake has nothing to seal to', async () => {
  expect(await deskOf(vimon)).toEqual({ number: 0, mine: [], members: [], proposals: [] })
  expect(await listsOf(vimon)).toEqual([])
})

test('the first member brings a key and the first list', async () => {
  newest = desk.signed
  expect((await publish(vimon, { key: await brought(vimon), ...newest })).body).toEqual({ published: true })
  const found = await deskOf(vimon)
  expect(found).toMatchObject({ number: 1, mine: [{ ...vimon.member, wrapped, listed: 1 }] })
  expect(await listsOf(thana)).toEqual([newest])
})

test('a colleague brings a key, and is on the list once its one member has signed', async () => {
  server.clock.now += 60_000
  expect((await publish(thana, { key: await brought(thana) })).body).toEqual({ published: false })
  expect((await deskOf(vimon)).members).toEqual([
    { ...vimon.member, listed: 1 },
    { ...thana.member, listed: 0 },
  ])
  const second = await listAfter(newest, { keys: [vimon.member, thana.member] }, vimon.identity)
  expect((await publish(vimon, second)).body).toEqual({ published: true })
  expect(await listsOf(thana, 1)).toEqual([newest, second])
  expect(await listsOf(thana, 2)).toEqual([second])
  // who knows more than the server is offered what there is
  expect(await listsOf(thana, 9)).toEqual([second])
  newest = second
})

describe('a list is refused', () => {
  const both = () => [vimon.identity, thana.identity]
  const keysNow = () => [vimon.member, thana.member]

  test('that skips, repeats, follows another one, names a key that is not its owner’s, or lacks the root', async () => {
    const right = await listAfter(newest, { keys: keysNow() }, ...both())
    const altered = async (more: Partial<DeskList>) => {
      const secret = (await openSealed(newest.list.rootKey, vimon.identity))!
      const signers = [await rootSigner(secret), ...(await Promise.all(both().map(deskSigner)))]
      return signList(unsigned({ ...right.list, ...more }), signers)
    }
    const { [newest.list.root]: _, ...rootless } = right.signatures
    const stranger = await newKeyHolder(makeId())
    const faults: [object, string][] = [
      [await altered({ number: 4 }), 'list.number'],
      [{ ...newest, signatures: right.signatures }, 'list.number'],
      [await altered({ after: listDigest(desk.signed.list) }), 'list.after'],
      [await altered({ keys: [vimon.member, { ...thana.member, recipient: stranger.member.recipient }] }), 'list.root'],
      [await altered({ keys: [...keysNow(), { ...stranger.member, staff: malee.staff }] }), 'list.keys'],
      [await altered({ keys: [...keysNow(), stranger.member] }), 'list.keys'],
      [{ ...right, signatures: rootless }, 'signatures'],
      [{ ...right, list: { ...right.list, rootKey: 'QUJD' } }, 'signatures'],
      [{ list: right.list }, 'signatures'],
      [{}, 'key'],
    ]
    for (const [body, field] of faults) expect((await publish(vimon, body)).body.failure, field).toEqual(refused(field))
    expect((await deskOf(vimon)).number).toBe(2)
    expect((await deeds('refused-desk-list')).length).toBeGreaterThan(0)
  })

  test('of the same number with other content, and it stands in the access log', async () => {
    const before = (await deeds('refused-desk-list')).length
    const fork = await listAfter(desk.signed, { keys: [vimon.member] }, vimon.identity)
    expect((await publish(vimon, fork)).body.failure).toEqual(refused('list.number'))
    expect(await deeds('refused-desk-list')).toHaveLength(before + 1)
    expect(await listsOf(vimon)).toEqual([desk.signed, newest])
  })

  test('that a session alone, without the private key, offers', async () => {
    const forged = await listAfter(newest, { keys: [thana.member] }, vimon.identity)
    const { [vimon.member.signer!]: _, ...rest } = forged.signatures
    expect((await publish(vimon, { ...forged, signatures: rest })).body.failure).toEqual(refused('signatures'))
  })
})

describe('with two members', () => {
  test('one word makes a proposal, which the other can see, confirm, and alone cannot alter', async () => {
    await publish(malee, { key: await brought(malee) })
    const proposed = await listAfter(newest, { keys: [vimon.member, thana.member, malee.member] }, vimon.identity)
    expect((await publish(vimon, proposed)).body).toEqual({ published: false })
    const [seen] = (await deskOf(thana)).proposals
    expect(seen).toMatchObject({ staff: vimon.staff, ...proposed })
    expect((await deskOf(thana)).number).toBe(2)
    expect((await publish(vimon, proposed)).body).toEqual({ published: false })
    const confirmed = (await confirmList(newest.list, seen, [thana.identity]))!
    expect((await publish(thana, confirmed)).body).toEqual({ published: true })
    newest = (await listsOf(thana)).at(-1)
    expect(newest.list).toEqual(proposed.list)
    expect(Object.keys(newest.signatures)).toEqual(expect.arrayContaining([vimon.member.signer!, thana.member.signer!]))
    expect((await deskOf(thana)).proposals).toEqual([])
  })

  test('a proposal is taken back by its author, and declined by a member, not by anybody else', async () => {
    const proposed = await listAfter(newest, { keys: [vimon.member, malee.member] }, vimon.identity)
    const drop = ({ browser }: Pick<Member, 'browser'>) =>
      browser.post('/api/desk/proposals/drop', { digest: listDigest(proposed.list) })
    await publish(vimon, proposed)
    expect((await drop(await hire())).code).toBe('not-permitted')
    expect((await drop(thana)).status).toBe(204)
    expect((await drop(vimon)).code).toBe('not-found')
  })

  test('who is taken off it can neither publish nor propose, whatever they still know', async () => {
    const left = await listAfter(newest, { keys: [vimon.member, malee.member] }, vimon.identity, malee.identity)
    expect((await publish(vimon, left)).body).toEqual({ published: true })
    expect(left.list.root).not.toBe(newest.list.root)
    const secret = await rootSigner((await openSealed(newest.list.rootKey, thana.identity))!)
    const own = { ...left.list, number: 4 + 1, after: listDigest(left.list), keys: [thana.member], root: secret.public }
    const forged = await signList(unsigned(own), [secret, await deskSigner(thana.identity)])
    expect((await publish(thana, forged)).body.failure).toEqual(refused('signatures'))
    // with a list that lacks nothing but members behind it
    newest = left
    const proposed = await listAfter(newest, { keys: [vimon.member, malee.member] }, vimon.identity)
    expect((await publish(thana, proposed)).body.failure).toMatchObject({ detail: 'not-on-the-list' })
    expect((await deskOf(vimon)).proposals).toEqual([])
    expect((await deskOf(thana)).mine).toMatchObject([{ listed: 3 }])
  })

  test('a member and the key on paper replace the paper, and the old one signs nothing more', async () => {
    const paper = await newPaper()
    const { secret, ...halves } = paper
    const keys = [vimon.member, malee.member]
    const replaced = await listAfter(newest, { keys, paper: halves }, vimon.identity, desk.paper.secret)
    expect((await publish(vimon, replaced)).body).toEqual({ published: true })
    newest = replaced
    const withOld = await listAfter(newest, { keys }, vimon.identity)
    const old = await deskSigner(desk.paper.secret)
    expect((await publish(vimon, await signList(withOld, [old]))).body).toEqual({ published: false })
    const withNew = await signList(withOld, [await deskSigner(secret)])
    expect((await publish(vimon, withNew)).body).toEqual({ published: true })
    newest = withNew
  })
})

describe('a wrapped key is never overwritten', () => {
  test('a borrowed session lays nothing over it', async () => {
    const before = (await deskOf(vimon)).mine
    const thief = await newKeyHolder(vimon.staff)
    const theirs = await brought(thief)
    const wrongs: [object, string][] = [
      [{ ...theirs, recipient: vimon.member.recipient }, 'key.proof'],
      [
        { ...(await brought({ ...thief, member: { ...thief.member, recipient: vimon.member.recipient } })) },
        'key.signer',
      ],
      [{ ...(await brought(vimon)), wrapped: { format: 1, box: 'another' } }, 'key.proof'],
      [await brought({ ...thief, member: { ...thief.member, recipient: malee.member.recipient } }), 'key.recipient'],
    ]
    for (const [key, field] of wrongs)
      expect((await publish(vimon, { key })).body.failure, field).toEqual(refused(field))
    // one that is truly new lies beside it, and opens nothing
    expect((await publish(vimon, { key: theirs })).body).toEqual({ published: false })
    expect((await deskOf(vimon)).mine).toEqual([...before, { ...thief.member, wrapped, listed: 0 }])
  })

  test('its owner lays it under another passphrase beside the one before', async () => {
    const again = { format: 1, box: 'under other words' }
    expect((await publish(malee, { key: await brought(malee, again) })).body).toEqual({ published: false })
    expect((await deskOf(malee)).mine).toMatchObject([{ wrapped }, { wrapped: again, listed: newest.list.number }])
  })

  test('nobody fills the disk with keys', async () => {
    const flood = async () => (await publish(thana, { key: await brought(await newKeyHolder(thana.staff)) })).code
    const codes = []
    for (let n = 0; n < 12; n++) codes.push(await flood())
    expect(codes.at(-1)).toBe('too-many-attempts')
    expect((await deskOf(thana)).mine.length).toBeLessThanOrEqual(10)
  })
})

test('a desk of one whose member forgot goes on with the key on paper', async () => {
  const other = await startServer()
  try {
    const elsewhere = await beginProvince(other)
    const alone = { ...(await elsewhere.hire(['supervisor', 'desk'], [])) }
    const begun = await beginDesk(alone.staff)
    const { id } = (await elsewhere.admin.get('/api/session')).body.province
    await publish(alone, { key: await brought(begun.first, wrapped, id), ...begun.signed })
    const again = await newKeyHolder(alone.staff)
    await publish(alone, { key: await brought(again, wrapped, id) })
    const next = await listAfter(begun.signed, { keys: [again.member] }, begun.paper.secret)
    expect((await publish(alone, next)).body).toEqual({ published: true })
  } finally {
    await other.end()
  }
})

test('only members of the desk see who has a key, and nobody sees another’s wrapped key', async () => {
  const officer = await province.hire(['officer'], [])
  expect(await deskOf(officer)).toMatchObject({ mine: [], members: [], proposals: [] })
  expect((await listsOf(officer)).at(-1)).toEqual(newest)
  const observer = await province.hire(['observer'], [])
  expect(await listsOf(observer)).toEqual([])
})

test('a tablet that was offered another list says so once, and every administrator hears of it', async () => {
  const officer = await province.hire(['officer'], [])
  const tell = () => officer.browser.post('/api/desk/refused', { number: 3, digest: 'd'.repeat(43) })
  expect((await tell()).status).toBe(204)
  await tell()
  expect(await deeds('tablet-refused-desk-list')).toMatchObject([{ staff: officer.staff, subject: 'list 3 dddddddd' }])
  const { lines } = (await province.admin.get('/api/rights-news')).body
  expect(lines.map(({ act }: { act: string }) => act)).toContain('tablet-refused-desk-list')
})

test('opening a complaint, and taking envelopes out, is written down with who did it', async () => {
  const parts = { one: { on: true, envelope: 'c2VhbGVk', size: 6 } }
  const complaint = await province.own('complaint', { desk: 'main', receivedOn: '2026-11-23', parts })
  const open = (record: string) => vimon.browser.post('/api/desk/openings', { record })
  expect((await open(complaint)).status).toBe(204)
  expect((await open(makeId())).code).toBe('not-found')
  expect((await open(vimon.staff)).code).toBe('not-found')
  expect((await vimon.browser.post('/api/desk/exports', { envelopes: 12 })).status).toBe(204)
  expect(await deeds('opened-complaint')).toMatchObject([{ staff: vimon.staff, subject: complaint }])
  expect(await deeds('exported')).toMatchObject([{ staff: vimon.staff, subject: 'envelopes 12' }])
})
