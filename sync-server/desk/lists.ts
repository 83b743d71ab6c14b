import * as z from 'zod/mini'
import {
  faultAfter,
  neededOf,
  rootsOf,
  signersOf,
  trueSigners,
  type VerifyEd25519,
} from '#domain/complaint/desk-chain.ts'
import {
  type DeskList,
  deskList,
  type ListSignatures,
  listDigest,
  listSignatures,
  type SignedDeskList,
} from '#domain/complaint/desk-list.ts'
import { toBase64Url } from '#domain/kernel/bytes.ts'
import { hasRole } from '#domain/roles.ts'
import type { Tx } from '#server/db/connect.ts'
import { type Act, writeDown } from '#server/log/access-log.ts'
import { isSignedBy } from '#server/log/ed25519.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from '#server/people/call.ts'
import { deskListsFor, latestDeskList } from '#server/people/desk-list.ts'
import { deskKeyInput, keepKey, keysOfDesk, type StoredKey } from './keys.ts'

/** A member's own key, a list, or both at once, which is how the first one begins. */
export const deskInput = z.object({
  key: z.optional(deskKeyInput),
  list: z.optional(deskList),
  signatures: z.optional(listSignatures),
})
type DeskInput = z.infer<typeof deskInput>

const digest = z.string().check(z.regex(/^[\w-]{43}$/))
export const proposalInput = z.object({ digest })
export const refusedListInput = z.object({ number: z.int().check(z.minimum(1)), digest })

interface Proposal extends SignedDeskList {
  readonly staff: string
  readonly at: number
}

const proposalsOf = async (db: Db, province: string): Promise<readonly Proposal[]> => {
  const rows = await db
    .selectFrom('desk_proposals')
    .selectAll()
    .where('province', '=', province)
    .orderBy('created_at')
    .orderBy('staff')
    .execute()
  return rows.map(({ staff, list, signatures, created_at }) => ({
    staff,
    at: created_at,
    list: JSON.parse(list) as DeskList,
    signatures: JSON.parse(signatures) as ListSignatures,
  }))
}

/** GET /api/desk: what opens, for its owner; who has a key, since which list it is known (`listed`: the last one that has it, or 0), and what waits for another
 * signature, for the desk. */
export const readDesk = async (db: Db, { province, person }: SignedInCall): Promise<Answer> => {
  const keys = await keysOfDesk(db, province.id)
  const lists = await deskListsFor(db, province.id, person.standing, 1)
  const lastOn = new Map(lists.flatMap(({ list }) => list.keys.map((key) => [key.recipient, list.number] as const)))
  const listed = ({ recipient }: StoredKey) => lastOn.get(recipient) ?? 0
  const isDesk = hasRole(person.standing, 'desk')
  return answer({
    number: lists.at(-1)?.list.number ?? 0,
    mine: keys
      .filter(({ staff }) => staff === person.staff)
      .map((key) => ({ ...publicOf(key), listed: listed(key), wrapped: JSON.parse(key.wrapped) as unknown })),
    members: isDesk ? keys.map((key) => ({ ...publicOf(key), listed: listed(key) })) : [],
    proposals: isDesk ? await proposalsOf(db, province.id) : [],
  })
}

const publicOf = ({ staff, recipient, signer }: StoredKey) => ({ staff, recipient, ...(signer && { signer }) })

/**
 * POST /api/desk/keys. A key is laid beside those that are there. A list is published when it follows the last one and enough have signed it
 * (docs/authority.md, "The desk"), each key in it is its owner's own, and a member of the last list, or the key on paper, is behind it. One that
 * lacks only a signature waits as its author's proposal. Answers whether a list was published.
 */
export const publishDeskKeys = async (tx: Tx, call: SignedInCall, input: DeskInput): Promise<Answer> => {
  const { db } = tx
  const { province, person, now } = call
  const { key, list, signatures } = input
  if (!list !== !signatures) return refuse('invalid-field', { field: list ? 'signatures' : 'list' })
  if (!key && !list) return refuse('invalid-field', { field: 'key' })
  await tx.hot.lockProvince(province.id)
  const known = await keysOfDesk(db, province.id)
  if (key) {
    const fault = await keepKey(db, known, { province: province.id, staff: person.staff, now }, key)
    if (fault === 'too-many') return refuse('too-many-attempts')
    if (fault) return refuse('invalid-field', { field: `key.${fault}` })
    await note(db, call, 'published-desk-key', 'key')
  }
  if (!list || !signatures) return answer({ published: false })
  return offer(db, call, key ? await keysOfDesk(db, province.id) : known, { list, signatures })
}

const verifyEd25519: VerifyEd25519 = async (publicKey, signature, message) =>
  isSignedBy(toBase64Url(publicKey), message, toBase64Url(signature))

const offer = async (
  db: Db,
  call: SignedInCall,
  keys: readonly StoredKey[],
  { list, signatures }: SignedDeskList,
): Promise<Answer> => {
  const { province, person, now } = call
  const last = (await latestDeskList(db, province.id))?.list ?? null
  const refuseList = async (field: string) => {
    await note(db, call, 'refused-desk-list', `list ${list.number}`)
    return refuse('invalid-field', { field })
  }
  const fault = last ? faultAfter(last, list) : faultOfFirst(list)
  if (fault) return refuseList(fault)
  const isOwners = (one: DeskList['keys'][number]) =>
    keys.some((key) => key.staff === one.staff && key.recipient === one.recipient && key.signer === one.signer)
  if (!list.keys.every(isOwners)) return refuseList('list.keys')
  const waiting = (await proposalsOf(db, province.id)).find((one) => listDigest(one.list) === listDigest(list))
  const offered = { list, signatures: { ...waiting?.signatures, ...signatures } }
  const roots = rootsOf(last, list)
  const signers = await trueSigners(verifyEd25519, offered, [...roots, ...signersOf(last ?? list)])
  if (!roots.every((root) => signers.includes(root))) return refuseList('signatures')
  const behind = signersOf(last ?? list).filter((one) => signers.includes(one))
  // nothing is kept of it that says nothing
  const signed = { list, signatures: Object.fromEntries(signers.map((one) => [one, offered.signatures[one]!])) }
  const own = last?.keys.find(({ staff }) => staff === person.staff)
  const mayOffer = !last || own !== undefined || (last.recoverySigner && behind.includes(last.recoverySigner))
  if (!mayOffer) {
    await note(db, call, 'refused-desk-list', `list ${list.number}`)
    return refuse('not-permitted', { detail: 'not-on-the-list' })
  }
  if (last && behind.length < neededOf(last)) {
    if (behind.length === 0) return refuseList('signatures')
    await propose(db, call, waiting?.staff ?? person.staff, signed)
    return answer({ published: false })
  }
  await db
    .insertInto('desk_lists')
    .values({
      province: province.id,
      number: list.number,
      list: JSON.stringify(list),
      signature: JSON.stringify(signed.signatures),
      created_at: now,
    })
    .execute()
  await db.deleteFrom('desk_proposals').where('province', '=', province.id).execute()
  await note(db, call, 'published-desk-key', `list ${list.number}`)
  return answer({ published: true })
}

const faultOfFirst = (list: DeskList): string | null => {
  if (list.number !== 1) return 'list.number'
  return signersOf(list).length === list.keys.length + 1 ? null : 'list.keys'
}

/** The list waits for another member; one that its author had proposed before gives way. */
const propose = async (db: Db, call: SignedInCall, author: string, { list, signatures }: SignedDeskList) => {
  const row = { list: JSON.stringify(list), signatures: JSON.stringify(signatures), created_at: call.now }
  await db
    .insertInto('desk_proposals')
    .values({ province: call.province.id, staff: author, ...row })
    .onConflict((there) => there.columns(['province', 'staff']).doUpdateSet(row))
    .execute()
  await note(db, call, 'proposed-desk-list', `list ${list.number}`)
}

/** POST /api/desk/proposals/drop: its author takes it back, or another member of the list declines it. */
export const dropProposal = async (db: Db, call: SignedInCall, digest: string): Promise<Answer> => {
  const { province, person } = call
  const last = await latestDeskList(db, province.id)
  const found = (await proposalsOf(db, province.id)).find(({ list }) => listDigest(list) === digest)
  if (!found) return refuse('not-found')
  const isMember = last?.list.keys.some(({ staff }) => staff === person.staff)
  if (!isMember && found.staff !== person.staff) return refuse('not-permitted', { detail: 'not-on-the-list' })
  await db.deleteFrom('desk_proposals').where('province', '=', province.id).where('staff', '=', found.staff).execute()
  await note(db, call, 'dropped-desk-list', `list ${found.list.number}`)
  return answer()
}

/** POST /api/desk/refused: a tablet was offered a list that is not the desk's, and has not taken it. Each is written down once. */
export const noteRefusedList = async (
  db: Db,
  call: SignedInCall,
  { number, digest }: z.infer<typeof refusedListInput>,
): Promise<Answer> => {
  const subject = `list ${number} ${digest.slice(0, 8)}`
  const told = await db
    .selectFrom('access_log')
    .select('seq')
    .where('province', '=', call.province.id)
    .where('act', '=', 'tablet-refused-desk-list')
    .where('subject', '=', subject)
    .where('device', 'is not distinct from', call.session.device)
    .executeTakeFirst()
  if (!told) await note(db, call, 'tablet-refused-desk-list', subject)
  return answer()
}

const note = (db: Db, { province, person, session, now }: SignedInCall, act: Act, subject: string) =>
  writeDown(db, province.id, { at: now, staff: person.staff, device: session.device, act, subject })
