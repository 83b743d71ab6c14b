import * as z from 'zod/mini'
import { longestCode } from '#domain/authority/enrolment.ts'
import { type TabletRights, unenrolled } from '#domain/authority/tablet-rights.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { isId, type RandomBytes, type StaffId } from '#domain/kernel/id.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { limits } from '#domain/protocol.ts'
import type { Tx } from '#server/db/connect.ts'
import type { DeviceTable } from '#server/db/schema.ts'
import { doubtOf } from '#server/log/doubt.ts'
import { isConsoleCode } from './access-review.ts'
import type { Db, Province, Session } from './call.ts'
import { findDevice, hasSent, isCredential, isOwn, oneLine } from './device.ts'
import { leaveAll, takeOverPeople } from './device-people.ts'
import { type Enroller, enrollerOf } from './enrol.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { isOurSlip, slipShown } from './slip.ts'
import { rightsOfTablet } from './tablets.ts'

const deviceId = z.string().check(z.refine(isId))
const secret = z.string().check(z.maxLength(200))
const proof = z.object({ id: deviceId, credential: secret, slip: z.optional(slipShown) })
type Proof = z.infer<typeof proof>

/** `follows`: the device that a copied tablet was before, and what proves it; `earlier`: what it was before that, oldest first. */
export const deviceClaim = z.object({
  id: deviceId,
  /** For a tablet that nobody has named yet. */
  name: z.optional(oneLine),
  /** A one-time code, as somebody typed it or a link brought it. */
  code: z.optional(z.string().check(z.maxLength(longestCode))),
  /** What the server has said of it before. */
  slip: z.optional(slipShown),
  follows: z.optional(proof),
  earlier: z.optional(z.array(proof).check(z.maxLength(limits.formerDevices))),
})
export type DeviceClaim = z.infer<typeof deviceClaim>

interface TakenIn {
  /** The credential that the device was given; absent where it keeps its own. */
  readonly credential?: string
  /** The devices that this server did not know. */
  readonly registered: readonly string[]
  /** The `tablet` record that a code has made it by this sign-in. */
  readonly enrolledAs: string | null
  /** Whether the browser is the tablet that it was: whoever is signed in on it may stay. */
  readonly isSameTablet: boolean
}

interface SignInOn {
  readonly province: Pick<Province, 'id' | 'sample'>
  readonly claim: DeviceClaim
  readonly credential: string | undefined
  /** What the browser is signed in on already. */
  readonly session: Session | null
  readonly person: StaffId
  readonly now: number
  readonly random: RandomBytes
  /** Whether the person may act on a tablet with these rights. */
  readonly isWelcome: (rights: TabletRights) => boolean
}

/**
 * Takes a device in at a sign-in. One that is not known needs the code of an administrator; where this server has forgotten it, the slip that it
 * was given; or it is a tablet that was known, in another guise: the copy of one that proves itself, or the same browser after its storage was
 * erased. A known one must show its own credential, or else anybody who has read a device's id could pass for it; but while it has never sent
 * anything, the answer with its credential may have been lost on the way, and whoever still has its code may set another. Nothing is written
 * before all of that has held. Whoever was on a tablet that becomes another one has left it.
 */
export const takeInDevice = async (tx: Tx, facts: SignInOn): Promise<Result<TakenIn, Failure>> => {
  const { province, claim, person, now } = facts
  const { db } = tx
  const { id, earlier = [], follows } = claim
  const shown = isCredential(facts.credential) ? facts.credential : null
  const credential = shown ?? newSecret(facts.random)
  // a code lets in one device, also where two show it at once
  if (claim.code) await tx.hot.lockProvince(province.id)
  const enroller = claim.code ? await enrollerOf(db, province, { code: claim.code, device: id, now }) : null
  const known = await findDevice(db, province.id, id)
  const isOwnCode = enroller !== null && known !== undefined && known.tablet === enroller.record
  // once: again only where the answer may have been lost on the way
  const isSpent = enroller?.isUsed && known && !(isOwnCode && !(await hasSent(db, known)))
  if (claim.code && (!enroller || isSpent)) return fail(failure('wrong-enrolment-code'))
  const own: Proof = { id, credential, slip: claim.slip }
  if (known && !(await mayShow(db, known, own, isOwnCode))) return fail(failure('unknown-device'))
  const source = enroller ?? (await sourceOf(db, facts, known, own))
  if (source && 'settle' in source && (await isDoubted(db, facts, source))) return fail(failure('in-doubt'))
  if (!source) return fail(failure('not-enrolled'))
  if (!facts.isWelcome(await rightsIn(db, province.id, source))) return fail(failure('not-admitted'))

  const calledSo = claim.name ?? `Tablet ${id.slice(0, 4)}`
  const name = 'rights' in source ? (source.name ?? calledSo) : calledSo
  const by = { province: province.id, person, device: id, name, now }
  const tablet = 'tablet' in source ? source.tablet : await source.settle(tx, by)
  const isSameTablet = await staysTablet(db, facts, tablet)
  const registered: string[] = []
  let before: Proof | undefined
  for (const one of [...earlier, ...(follows ? [follows] : [])]) {
    if (await register(db, { ...one, ...by, id: one.id, tablet, before, mayBeNew: false })) registered.push(one.id)
    before = one
  }
  if (await register(db, { ...own, ...by, id, tablet, before, mayBeNew: true })) registered.push(id)
  if (enroller) {
    if (known?.tablet && known.tablet !== tablet) await leaveAll(tx, { province: province.id, device: id, now })
    await db
      .updateTable('devices')
      .set({ tablet, name })
      .where('province', '=', province.id)
      .where('id', '=', id)
      .execute()
  }
  return ok({ ...(!shown && { credential }), registered, enrolledAs: enroller ? tablet : null, isSameTablet })
}

/** A tablet of before there was enrolment stays itself when it is enrolled. */
const staysTablet = async (db: Db, { province, claim, session }: SignInOn, tablet: string | null): Promise<boolean> => {
  const there = session?.device ? await findDevice(db, province.id, session.device) : undefined
  if (!there || there.revoked_at !== null) return false
  if (there.tablet === null) return there.id === claim.id || (tablet === null && claim.follows?.id === there.id)
  return there.tablet === tablet
}

/**
 * While nobody knows whom a log that went back has let go, no tablet comes to those that it knows but by the operator's code (A12). The copy of one
 * that it knows is no other tablet.
 */
const isDoubted = async (db: Db, { province, claim, now }: SignInOn, { isNew, means }: Enroller): Promise<boolean> => {
  if (!isNew || !(await doubtOf(db, province.id))) return false
  const before = await predecessorOf(db, province.id, claim.follows)
  if (before && before.tablet === means) return false
  return !(claim.code && (await isConsoleCode(db, province.id, claim.code, now)))
}

type Source = Enroller | { readonly tablet: string | null }

/** As which tablet a device comes in that shows no code; null for a stranger. */
const sourceOf = async (
  db: Db,
  { province, claim, session, now }: SignInOn,
  known: DeviceTable | undefined,
  own: Proof,
): Promise<Source | null> => {
  if (known) return known
  const slip = await isOurSlip(db, province.id, own)
  // a tablet is revoked in every guise, also one that this server has forgotten
  if (slip) return (await isRevokedTablet(db, province.id, slip.tablet)) ? null : enrollerOf(db, province, { slip })
  const before = await predecessorOf(db, province.id, claim.follows)
  if (before) return before
  // the cookie outlives what a browser erases; it counts while somebody is signed in with it
  const there = session?.device ? await findDevice(db, province.id, session.device) : undefined
  return there && there.revoked_at === null && (await isAnybodyOn(db, session!.id, now)) ? there : null
}

const isAnybodyOn = async (db: Db, session: string, now: number): Promise<boolean> =>
  (await db
    .selectFrom('session_people')
    .select('staff')
    .where('session', '=', session)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst()) !== undefined

const isRevokedTablet = async (db: Db, province: string, tablet: string): Promise<boolean> =>
  tablet !== '' &&
  (await db
    .selectFrom('devices')
    .select('id')
    .where('province', '=', province)
    .where('tablet', '=', tablet)
    .where('revoked_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

const rightsIn = async (db: Db, province: string, source: Source): Promise<TabletRights> =>
  'rights' in source ? source.rights : source.tablet === null ? unenrolled : rightsOfTablet(db, province, source.tablet)

interface NewDevice extends Proof {
  readonly province: string
  readonly name: string
  readonly now: number
  readonly tablet: string | null
  /** What it was before, where the credential proves that. */
  readonly before: Proof | undefined
  /** Else only a slip makes it known. */
  readonly mayBeNew: boolean
}

/** Whether the device is new here. A known one that has never sent anything has the credential that is shown from now on. */
const register = async (db: Db, device: NewDevice): Promise<boolean> => {
  const { province, id, name, tablet, before, now, mayBeNew } = device
  if (!isCredential(device.credential)) return false
  const credential = hashOfSecret(device.credential)
  const known = await findDevice(db, province, id)
  if (known) {
    const shows = { credential, seen_at: now }
    if (known.credential !== credential && (await mayShow(db, known, device, mayBeNew)))
      await db.updateTable('devices').set(shows).where('province', '=', province).where('id', '=', id).execute()
    return false
  }
  if (!mayBeNew && !(await isFormerName(db, device))) return false
  const predecessor = await predecessorOf(db, province, before)
  const follows = predecessor?.id ?? null
  const row = {
    province,
    id,
    name,
    credential,
    follows,
    tablet,
    last_n: 0,
    last_stamp: 0,
    created_at: now,
    seen_at: now,
  }
  const there = await db
    .insertInto('devices')
    .values({ ...row, revoked_at: null })
    .onConflict((one) => one.columns(['province', 'id']).doNothing())
    .executeTakeFirst()
  if (there.numInsertedOrUpdatedRows === 0n) return false
  if (predecessor?.tablet === tablet) await takeOverPeople(db, province, predecessor.id, id)
  return true
}

/**
 * Whether the server's own slip says that this device was the tablet that it is said to have been: nobody brings another one along, or one that was
 * revoked; nor, while it is in doubt whom the log has let go, one of before there was enrolment.
 */
const isFormerName = async (db: Db, device: NewDevice): Promise<boolean> => {
  const { province, tablet } = device
  const slip = await isOurSlip(db, province, device)
  if (!slip || (await isRevokedTablet(db, province, slip.tablet))) return false
  if (slip.tablet === '') return !(await doubtOf(db, province))
  return slip.tablet === tablet
}

/** Whether a known device may be entered with this credential. The server's own has none, and is nobody's. */
const mayShow = async (db: Db, device: DeviceTable, shown: Proof, isVouchedFor: boolean): Promise<boolean> => {
  if (isOwn(device, shown.credential)) return true
  if (device.credential === '' || device.revoked_at !== null || (await hasSent(db, device))) return false
  return isVouchedFor || (await isOurSlip(db, device.province, shown)) !== null
}

/** The device that a new one was before, if the credential proves it. */
const predecessorOf = async (db: Db, province: string, claimed: Proof | undefined): Promise<DeviceTable | null> => {
  const before = claimed && (await findDevice(db, province, claimed.id))
  return before && isOwn(before, claimed.credential) ? before : null
}
