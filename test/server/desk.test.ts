import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskList, deskListText } from '#domain/complaint/desk-list.ts'
import { type Browser, beginProvince, makeId, startServer, type TestProvince, type TestServer } from './support.ts'

let server: TestServer
let province: TestProvince
interface Member {
  readonly staff: string
  readonly browser: Browser
  readonly recipient: string
}
let vimon: Member
let thana: Member
const wrapped = { format: 1, box: 'only its owner opens this' }

const newRoot = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { root: (publicKey.export({ format: 'jwk' }) as { x: string }).x, secret: privateKey }
}
const recipientOf = (sign: string) => `age1${sign.repeat(58)}`
const recovery = recipientOf('r')
const { root, secret } = newRoot()

const listOf = (number: number, members: readonly Member[], more: Partial<DeskList> = {}): DeskList => ({
  number,
  desk: 'main',
  keys: members.map(({ staff, recipient }) => ({ staff, recipient })),
  recovery,
  root,
  rootKey: 'c2VhbGVkIHRvIGV2ZXJ5IG1lbWJlcg',
  ...more,
})
const signed = (list: DeskList, key: KeyObject = secret) => ({
  list,
  signature: sign(null, Buffer.from(deskListText(list)), key).toString('base64url'),
})
const publish = ({ browser }: Member, body: object) => browser.post('/api/desk/keys', body)

beforeAll(async () => {
  server = await startServer()
  province = await beginProvince(server)
  vimon = { ...(await province.hire(['supervisor', 'desk'], [])), recipient: recipientOf('v') }
  thana = { ...(await province.hire(['supervisor', 'desk'], [])), recipient: recipientOf('t') }
})
afterAll(() => server.end())

test('before any key the desk is empty and intake has nothing to seal to', async () => {
  expect((await vimon.browser.get('/api/desk')).body).toEqual({
    list: null,
    signature: null,
    number: 0,
    mine: null,
    members: [],
  })
  expect((await vimon.browser.get('/api/session')).body.desk).toBeNull()
})

test('the first member brings a key and the first list, which pins the root', async () => {
  const first = signed(listOf(1, [vimon]))
  expect((await publish(vimon, { recipient: vimon.recipient, wrapped, ...first })).status).toBe(204)
  const desk = (await vimon.browser.get('/api/desk')).body
  expect(desk).toMatchObject({ ...first, number: 1, mine: { recipient: vimon.recipient, wrapped } })
  expect((await thana.browser.get('/api/session')).body.desk).toEqual({ ...first, number: 1 })
})

test('a colleague brings a key, and is in the list once the root has signed it', async () => {
  server.clock.now += 60_000
  expect((await publish(thana, { recipient: thana.recipient, wrapped })).status).toBe(204)
  expect((await vimon.browser.get('/api/desk')).body.members).toEqual([
    { staff: vimon.staff, recipient: vimon.recipient },
    { staff: thana.staff, recipient: thana.recipient },
  ])
  expect((await publish(vimon, signed(listOf(2, [vimon, thana])))).status).toBe(204)
  const desk = (await thana.browser.get('/api/desk')).body
  expect(desk.list.keys).toHaveLength(2)
  expect(desk.mine.recipient).toBe(thana.recipient)
})

test('a list that skips, repeats, changes the root, is not signed, or has somebody else’s key is refused', async () => {
  const other = newRoot()
  const slipped = listOf(3, [vimon, { ...thana, recipient: recipientOf('x') }])
  const faults: [object, string][] = [
    [signed(listOf(4, [vimon])), 'list.number'],
    [signed(listOf(2, [vimon])), 'list.number'],
    [signed(listOf(3, [vimon], { root: other.root }), other.secret), 'list.root'],
    [signed(listOf(3, [vimon]), other.secret), 'signature'],
    [{ ...signed(listOf(3, [vimon])), list: listOf(3, [vimon, thana]) }, 'signature'],
    [signed(slipped), 'list.keys'],
    [signed(listOf(3, [{ ...vimon, staff: makeId() }])), 'list.keys'],
    [{ list: listOf(3, [vimon]) }, 'signature'],
    [{ recipient: vimon.recipient }, 'wrapped'],
    [{}, 'recipient'],
  ]
  for (const [body, field] of faults) {
    expect((await publish(vimon, body)).body.failure, field).toEqual({ code: 'invalid-field', field })
  }
  expect((await vimon.browser.get('/api/desk')).body.number).toBe(2)
})

test('only members of the desk see who has a key, and nobody sees another’s wrapped key', async () => {
  const officer = await province.hire(['officer'], [])
  const desk = (await officer.browser.get('/api/desk')).body
  expect(desk.members).toEqual([])
  expect(desk.mine).toBeNull()
  expect(desk.list.keys).toHaveLength(2)
})

test('opening a complaint is written down with who did it', async () => {
  const parts = { one: { on: true, envelope: 'c2VhbGVk', size: 6 } }
  const complaint = await province.own('complaint', { desk: 'main', receivedOn: '2026-11-23', parts })
  const open = (record: string) => vimon.browser.post('/api/desk/openings', { record })
  expect((await open(complaint)).status).toBe(204)
  expect((await open(makeId())).code).toBe('not-found')
  expect((await open(vimon.staff)).code).toBe('not-found')
  await province.admin.post('/api/sign-in', { username: 'aree', password: 'ลำธารใสไหลเย็น' })
  const [line] = (await province.admin.get('/api/access-log')).body.lines.filter(
    (one: { act: string }) => one.act === 'opened-complaint',
  )
  expect(line).toMatchObject({ staff: vimon.staff, subject: complaint })
})
