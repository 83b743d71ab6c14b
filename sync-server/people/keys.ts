import * as z from 'zod/mini'
import { keyId, keyText } from '#domain/authority/line-proof.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { RecordState } from '#domain/merge.ts'
import { key } from '#domain/records/key.ts'
import { isGuarded } from '#domain/roles.ts'
import { view } from '#domain/view.ts'
import type { Tx } from '#server/db/connect.ts'
import { writeDown } from '#server/log/access-log.ts'
import { doubtOf, mustWaitForReview } from '#server/log/doubt.ts'
import { isSignedBy } from '#server/log/ed25519.ts'
import { appendOwn } from '#server/log/own.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from './call.ts'

/** A key is registered while the password is fresh: whoever finds a session open later cannot make one. */
const passwordIsFreshFor = 5 * 60_000

const whole = z.int().check(z.minimum(0))

export const keyInput = z.object({
  public: z.string().check(z.regex(/^[\w-]{43}$/)),
  proof: z.string().check(z.regex(/^[\w-]{86}$/)),
  /** Greatest `n` that the tablet has given: an older key of the person there counts up to it. */
  lastN: whole,
})
type KeyInput = z.infer<typeof keyInput>

/** POST /api/keys: a key of the person who acts, on the tablet on which they act, under its own signature. */
export const registerKey = async (tx: Tx, call: SignedInCall, input: KeyInput): Promise<Answer> => {
  const { province, person, session, now } = call
  const { device } = session
  if (!device) return refuse('unknown-device')
  if (!isGuarded(person.standing)) return refuse('not-permitted', { detail: 'no-guarded-role' })
  if (now - person.signedInAt > passwordIsFreshFor) return refuse('password-not-fresh')
  const who = { staff: person.staff, device }
  if (mustWaitForReview(await doubtOf(tx.db, province.id), who)) return refuse('in-doubt')
  const made = { device: device as DeviceId, person: person.staff as StaffId, public: input.public, proof: input.proof }
  if (!isOwnSignature(province.id, made)) return refuse('invalid-field', { field: 'proof' })
  const id = await writeKey(tx, { province: province.id, now, lastN: input.lastN }, made)
  await writeDown(tx.db, province.id, { at: now, staff: person.staff, device, act: 'registered-key', subject: id })
  return answer({ key: id }, { status: 201 })
}

interface NewKey {
  readonly device: DeviceId
  readonly person: StaffId
  readonly public: string
  readonly proof: string
}

/** POST /api/keys/:id/cut: at an administrator's word nothing counts any more that this key signs. */
export const cutKey = async (tx: Tx, call: SignedInCall, id: string): Promise<Answer> => {
  const { province, person, session, now } = call
  const cut = await cutKeys(tx, { province: province.id, now, by: person.staff as StaffId }, { id })
  if (cut === 0) return refuse('not-found')
  const { staff } = person
  await writeDown(tx.db, province.id, { at: now, staff, device: session.device, act: 'cut-key', subject: id })
  return answer()
}

/** Writes a key down as a record, and ends the one before it. Answers its id. */
export const writeKey = async (
  tx: Tx,
  { province, now, lastN }: { readonly province: string; readonly now: number; readonly lastN: number },
  made: NewKey,
): Promise<RecordId> => {
  const { device, person } = made
  const id = keyId(device, person, made.public)
  const others = (await keysOf(tx.db, province, { device, person })).filter(
    (one) => one.id !== id && countsBeyond(one, lastN),
  )
  await appendOwn(tx, { province, now }, [
    ...others.map((one) => ({ author: person, kind: key.kind, record: one.id, set: { endedAt: lastN } })),
    { author: person, kind: key.kind, record: id, set: { ...made } },
  ])
  return id
}

/** From now on nothing that these keys sign is taken, whatever its number. Answers how many there were. */
export const cutKeys = async (
  tx: Tx,
  { province, now, by }: { readonly province: string; readonly now: number; readonly by: StaffId },
  which: Which,
): Promise<number> => {
  const open = (await keysOf(tx.db, province, which)).filter(({ cut }) => !cut)
  if (open.length === 0) return 0
  await appendOwn(
    tx,
    { province, now },
    open.map(({ id }) => ({ author: by, kind: key.kind, record: id, set: { cut: true } })),
  )
  return open.length
}

/** Lines with a greater `n` no longer count; what was signed before goes on counting, whenever it comes. */
export const endKeys = async (
  tx: Tx,
  { province, now, lastN }: { readonly province: string; readonly now: number; readonly lastN: number },
  which: Required<Pick<Which, 'device' | 'person'>>,
): Promise<void> => {
  const open = (await keysOf(tx.db, province, which)).filter((one) => countsBeyond(one, lastN))
  if (open.length === 0) return
  const author = which.person as StaffId
  await appendOwn(
    tx,
    { province, now },
    open.map(({ id }) => ({ author, kind: key.kind, record: id, set: { endedAt: lastN } })),
  )
}

interface Which {
  readonly id?: string
  readonly person?: string
  readonly device?: string
  readonly notOn?: string
}

export interface KnownKey {
  readonly id: RecordId
  readonly person: string
  readonly device: string
  readonly public: string
  readonly endedAt: number | null
  readonly cut: boolean
}

/** Whether the key still counts for lines after this one: an end may only come nearer. */
const countsBeyond = ({ endedAt, cut }: KnownKey, n: number) => !cut && (endedAt === null || endedAt > n)

export const isOpenKey = ({ endedAt, cut }: KnownKey) => endedAt === null && !cut

/** All keys; one of them, those of a person, of a tablet, or of a person everywhere but on one. There is one for each guarded person on each tablet: few. */
export const keysOf = async (db: Db, province: string, which: Which): Promise<readonly KnownKey[]> => {
  const rows = await db
    .selectFrom('records')
    .select('body')
    .where('province', '=', province)
    .where('kind', '=', key.kind)
    .execute()
  return rows
    .map(({ body }) => knownKey(JSON.parse(body) as RecordState))
    .filter(
      ({ id, person, device }) =>
        (which.id === undefined || id === which.id) &&
        (which.person === undefined || person === which.person) &&
        (which.device === undefined || device === which.device) &&
        (which.notOn === undefined || device !== which.notOn),
    )
}

const knownKey = (record: RecordState): KnownKey => {
  const { person = '', device = '', public: x = '', endedAt, cut } = view<typeof key>(record).values
  return { id: record.id, person, device, public: x, endedAt: endedAt ?? null, cut: cut === true }
}

const isOwnSignature = (province: string, { device, person, public: x, proof }: NewKey): boolean =>
  isSignedBy(x, keyText(province, device, person, x), proof)
