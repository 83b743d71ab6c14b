import { createPublicKey, verify } from 'node:crypto'
import * as z from 'zod/mini'
import { type DeskList, deskList, deskListText } from '#domain/complaint/desk-list.ts'
import { hasRole } from '#domain/roles.ts'
import { writeDown } from '#server/log/access-log.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from '#server/people/call.ts'
import { deskListFor, latestDeskList } from '#server/people/desk-list.ts'

const recipient = z.string().check(z.regex(/^age1[0-9a-z]{50,2000}$/))
/** A private key under its owner's passphrase: the server keeps it and cannot open it. */
const wrapped = z.looseObject({ format: z.int() })
const maxWrapped = 20_000

/** A member's own key, a new list that the root has signed, or both at once. */
export const deskKeysInput = z.object({
  recipient: z.optional(recipient),
  wrapped: z.optional(wrapped.check(z.refine((value) => JSON.stringify(value).length <= maxWrapped))),
  list: z.optional(deskList),
  signature: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/))),
})
type DeskKeysInput = z.infer<typeof deskKeysInput>

/** GET /api/desk: what seals, for whoever may take a complaint; what opens, for its owner; who has a key, for the desk. */
export const readDesk = async (db: Db, { province, person }: SignedInCall): Promise<Answer> => {
  const newest = await deskListFor(db, province.id, person.standing)
  const members = await membersOf(db, province.id)
  const mine = members.find(({ staff }) => staff === person.staff)
  const mayAdmit = hasRole(person.standing, 'desk')
  return answer({
    list: newest?.list ?? null,
    signature: newest?.signature ?? null,
    number: newest?.number ?? 0,
    mine: mine ? { recipient: mine.recipient, wrapped: JSON.parse(mine.wrapped) as unknown } : null,
    members: mayAdmit ? members.map(({ staff, recipient }) => ({ staff, recipient })) : [],
  })
}

const membersOf = (db: Db, province: string) =>
  db
    .selectFrom('desk_keys')
    .selectAll()
    .where('province', '=', province)
    .orderBy('created_at')
    .orderBy('staff')
    .execute()

/**
 * POST /api/desk/keys. A list is taken when its number follows the last one's, the root that the first list named has signed it, and
 * every key in it is its owner's own: a server may not slip a key in, and neither may one member for another.
 */
export const publishDeskKeys = async (db: Db, call: SignedInCall, input: DeskKeysInput): Promise<Answer> => {
  const { province, person, now } = call
  const { recipient, wrapped, list, signature } = input
  if (!recipient !== !wrapped) return refuse('invalid-field', { field: recipient ? 'wrapped' : 'recipient' })
  if (!list !== !signature) return refuse('invalid-field', { field: list ? 'signature' : 'list' })
  if (!recipient && !list) return refuse('invalid-field', { field: 'recipient' })
  const own = recipient ? [{ staff: person.staff as string, recipient }] : []
  if (list && signature) {
    const fault = await faultOf(db, province.id, list, signature, own)
    if (fault) return refuse('invalid-field', { field: fault })
  }
  if (recipient) await storeKey(db, province.id, person.staff, recipient, JSON.stringify(wrapped), now)
  if (list && signature) {
    await db
      .insertInto('desk_lists')
      .values({ province: province.id, number: list.number, list: JSON.stringify(list), signature, created_at: now })
      .execute()
  }
  const device = call.session.device
  const subject = list ? `list ${list.number}` : 'key'
  await writeDown(db, province.id, { at: now, staff: person.staff, device, act: 'published-desk-key', subject })
  return answer()
}

const storeKey = (db: Db, province: string, staff: string, recipient: string, wrapped: string, now: number) =>
  db
    .insertInto('desk_keys')
    .values({ province, staff, recipient, wrapped, created_at: now })
    .onConflict((there) => there.columns(['province', 'staff']).doUpdateSet({ recipient, wrapped, created_at: now }))
    .execute()

type KeyOfMember = { readonly staff: string; readonly recipient: string }

/** The part of a list that cannot be accepted; null when all of it can. */
const faultOf = async (
  db: Db,
  province: string,
  list: DeskList,
  signature: string,
  own: readonly KeyOfMember[],
): Promise<string | null> => {
  const last = await latestDeskList(db, province)
  if (list.number !== (last?.number ?? 0) + 1) return 'list.number'
  if (last && list.root !== last.list.root) return 'list.root'
  const known = [...own, ...(await membersOf(db, province))]
  const isOwners = (key: KeyOfMember) => known.find(({ staff }) => staff === key.staff)?.recipient === key.recipient
  if (!list.keys.every(isOwners)) return 'list.keys'
  return isSignedBy(list, signature) ? null : 'signature'
}

const isSignedBy = (list: DeskList, signature: string): boolean => {
  try {
    const root = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: list.root }, format: 'jwk' })
    return verify(null, Buffer.from(deskListText(list)), root, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
