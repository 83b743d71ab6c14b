import * as z from 'zod/mini'
import { isAdmitted, type TabletRights } from '#domain/authority/tablet-rights.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import type { StaffId } from '#domain/kernel/id.ts'
import { fail } from '#domain/kernel/result.ts'
import { limits } from '#domain/protocol.ts'
import { isGuarded, type Standing } from '#domain/roles.ts'
import { bounds } from '#server/bounds.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { type Act, writeDown } from '#server/log/access-log.ts'
import { heldByTablet } from '#server/log/follow-tablet.ts'
import type { ReceiptKey } from '#server/log/receipts.ts'
import { retryHeld } from '#server/log/settle-held.ts'
import type { Open } from '#server/province.ts'
import { countAttempt, forgiveAttempts, waitsFor } from './attempts.ts'
import { type Answer, answer, type Call, type Db, refuse, type SignedInCall } from './call.ts'
import { findDevice, isOwn } from './device.ts'
import { leaveTablet, provePerson } from './device-people.ts'
import { cutKeys } from './keys.ts'
import { countForNobody, refuseNobody } from './nobody.ts'
import { hashPassword, isWeak, longestPassword, matchesNothing, matchesPassword } from './password.ts'
import type { Quotas } from './quotas.ts'
import { hashOfSecret } from './secret.ts'
import { findSession, forgetOldSessions, signInOn, signOutEverywhere, signOutOf } from './sessions.ts'
import { longestSlip } from './slip.ts'
import { standingsOf } from './standing.ts'
import { isWeakForGuarded } from './strength.ts'
import { deviceClaim, takeInDevice } from './take-in-device.ts'
import { triedUsername } from './username.ts'
import { welcome } from './welcome.ts'

const password = z.string().check(z.maxLength(longestPassword))

export const signInInput = z.object({
  username: triedUsername,
  password,
  /** Absent from what is no tablet, and is told so. */
  device: z.optional(deviceClaim),
  credential: z.optional(z.string().check(z.maxLength(200))),
})
type SignInInput = z.infer<typeof signInInput>

/** A tablet that was copied often shows a slip for everything that it was. */
export const signInLimits = { bytes: (limits.formerDevices + 3) * longestSlip, inflateRatio: 40 }

/** Limits the attempts for a name that does not exist; null lets one pass. */
type LimitStranger = (username: string, now: number) => Failure | null

interface Limits {
  readonly limitStranger: LimitStranger
  readonly quotas: Quotas
  readonly inTurn: InTurn
  /** From where it is tried. */
  readonly address: string
}

type Turn = <T>(compare: () => Promise<T>) => Promise<T>
const atOnce: Turn = (compare) => compare()
/** Does what a stranger asks for, with comparisons taking turns; null where too many wait. */
export type InTurn = <T>(address: string, work: (turn: Turn) => Promise<T>) => Promise<T | null>

/** POST /api/sign-in. The answer and its time are the same for a wrong name and a wrong password. */
export const signIn = async (open: Open, call: Call, input: SignInInput, limits: Limits): Promise<Answer> => {
  const tablet = await tabletShown(open.store.db, call.province.id, input)
  if (tablet !== null) return tryPassword(open, call, input, limits, { tablet, turn: atOnce })
  const done = await limits.inTurn(limits.address, (turn) => tryPassword(open, call, input, limits, { tablet, turn }))
  return done ?? refuse('unavailable', { retryAfter: bounds.comeAgainAfter })
}

const tryPassword = async (
  { store, receiptKey }: Open,
  call: Call,
  input: SignInInput,
  { limitStranger, quotas }: Limits,
  { tablet, turn }: { readonly tablet: string | null; readonly turn: Turn },
): Promise<Answer> => {
  const { province, now } = call
  const account = await accountNamed(store.db, province.id, input.username)
  if (!account) {
    const waits = await countForNobody(store, call, () => limitStranger(input.username, now))
    if (waits) return fail(waits)
    await turn(() => matchesNothing(input.password))
    await refuseNobody(store, call)
    return refuse('wrong-credentials')
  }
  const tried = { province: province.id, staff: account.staff, tablet }
  const waits =
    (await waitsFor(store.db, tried, now)) ?? (await store.transaction(({ db }) => countAttempt(db, tried, now)))
  if (waits) return fail(waits)
  const matches = await turn(() => matchesPassword(account.password, input.password))
  // it takes its time, and nobody else writes while a transaction is open
  const weak = matches && account.disabled === 0 && isWeakForGuarded(input.password, account.username) ? 1 : 0
  return store.transaction(async (tx): Promise<Answer> => {
    const { db } = tx
    const standing = (await standingsOf(db, province.id, [account.staff])).get(account.staff)
    if (!matches || account.disabled === 1 || !standing || standing.roles.length === 0) {
      await writeDown(db, province.id, deed(call, 'sign-in-refused', account.staff))
      return refuse('wrong-credentials')
    }
    await forgiveAttempts(db, tried)
    // a guarded role may come later: then whoever holds it chooses a stronger password before anything else
    if (weak !== account.weak) await setAccount(db, account, { weak })
    return enter(tx, call, { receiptKey, quotas, standing }, input)
  })
}

/** The tablet at which somebody types, if its credential proves it: a stranger's guesses are not counted against it. */
const tabletShown = async (db: Db, province: string, { device, credential }: SignInInput): Promise<string | null> => {
  const known = device && credential ? await findDevice(db, province, device.id) : undefined
  return known && isOwn(known, credential!) ? known.id : null
}

type Account = NonNullable<Awaited<ReturnType<typeof accountNamed>>>

const setAccount = async (
  db: Db,
  { province, staff }: Pick<Account, 'province' | 'staff'>,
  set: Partial<Pick<Account, 'weak' | 'password' | 'must_change'>>,
) => {
  await db.updateTable('accounts').set(set).where('province', '=', province).where('staff', '=', staff).execute()
}

const accountNamed = (db: Db, province: string, username: string) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('province', '=', province)
    .where('username', '=', username)
    .executeTakeFirst()

const enter = async (
  tx: Tx,
  call: Call,
  { receiptKey, quotas, standing }: { receiptKey: ReceiptKey; quotas: Quotas; standing: Standing },
  input: SignInInput,
): Promise<Answer> => {
  const { db } = tx
  const { province, now, random, session: known } = call
  const { device: claim, credential } = input
  const { staff } = standing
  const retryAfter = claim && !(await findDevice(db, province.id, claim.id)) ? quotas.mayEnrol(staff, now) : null
  if (retryAfter !== null) return refuse('too-many-attempts', { retryAfter })
  const isWelcome = (rights: TabletRights) => isAdmitted(standing, rights)
  const comes = { province, session: known, person: staff as StaffId, now, random, isWelcome }
  const taken = claim ? await takeInDevice(tx, { ...comes, claim, credential }) : fail(failure('not-enrolled'))
  if (!taken.ok) {
    await writeDown(db, province.id, deed(call, 'tablet-refused', staff))
    return taken
  }
  const device = claim!.id
  quotas.enrolled(staff, taken.value.registered.length, now)
  const { registered, enrolledAs, isSameTablet } = taken.value
  for (const id of new Set([...registered, device])) {
    await provePerson(db, province.id, id, staff, now)
    await retryHeld(tx, { province: province.id, device: id, now }, ['not-signed-in-here', ...heldByTablet])
  }
  await forgetOldSessions(db, province.id, now)
  const token = await signInOn(db, province.id, { known, isSameTablet, staff, device, now, random })
  for (const id of registered) await writeDown(db, province.id, deed(call, 'registered-device', id, staff))
  if (enrolledAs) await writeDown(db, province.id, { ...deed(call, 'enrolled-tablet', enrolledAs, staff), device })
  await writeDown(db, province.id, { ...deed(call, 'signed-in', staff, staff), device })
  const session = await findSession(db, province.id, token, now)
  const issued = taken.value.credential
  const own = { id: device, ...(issued && { credential: issued }) }
  const hello = await welcome({ db, province, receiptKey }, session!, staff, own)
  return answer(hello, { cookie: token })
}

const deed = (call: Call, act: Act, subject: string, staff: string | null = null) => ({
  at: call.now,
  staff,
  device: call.session?.device ?? null,
  act,
  subject,
})

/** GET /api/session?desk-list=N, where the browser knows that list of desk keys. */
export const currentSession = async (
  { store, receiptKey }: Open,
  { province, session, person }: SignedInCall,
  query: URLSearchParams,
): Promise<Answer> =>
  answer(
    await welcome(
      { db: store.db, province, receiptKey },
      session,
      person.staff,
      session.device ? { id: session.device } : null,
      Number(query.get('desk-list')?.match(/^\d{1,6}$/)?.[0] ?? 0),
    ),
  )

export const signOutInput = z.object({
  person: z.string().check(z.maxLength(22)),
  /** Greatest `n` that the tablet has given; absent from programs before there were keys. */
  lastN: z.optional(z.int().check(z.minimum(0))),
})
type SignOutInput = z.infer<typeof signOutInput>

/** POST /api/sign-out: one person leaves; the cookie goes with the last. */
export const signOut = async (tx: Tx, call: SignedInCall, input: SignOutInput): Promise<Answer> => {
  const { db } = tx
  const { province, session, now } = call
  if (!session.people.some((one) => one.staff === input.person)) return refuse('not-found')
  await signOutOf(db, province.id, session.id, input.person)
  if (session.device) await leaveTablet(tx, { province: province.id, device: session.device, now }, input)
  await writeDown(db, province.id, {
    at: now,
    staff: input.person,
    device: session.device,
    act: 'signed-out',
    subject: input.person,
  })
  return answer(undefined, session.people.length === 1 ? { cookie: null } : {})
}

export const passwordInput = z.object({ current: password, next: password })

/** POST /api/password: the current one is asked again, within the same limits; all other sign-ins of the person end. */
export const changePassword = async (
  store: Store,
  call: SignedInCall,
  input: { current: string; next: string },
): Promise<Answer> => {
  const { province, person, session, now } = call
  const account = await store.db
    .selectFrom('accounts')
    .selectAll()
    .where('province', '=', province.id)
    .where('staff', '=', person.staff)
    .executeTakeFirstOrThrow()
  const tried = { province: province.id, staff: person.staff, tablet: session.device }
  const waits = await store.transaction(({ db }) => countAttempt(db, tried, now))
  if (waits) return fail(waits)
  if (!(await matchesPassword(account.password, input.current))) {
    return refuse('wrong-credentials', { field: 'current' })
  }
  const weak = isWeak(input.next, account.username) || sameSecret(input.current, input.next)
  const isGuessable = isWeakForGuarded(input.next, account.username)
  const next = weak || (isGuessable && isGuarded(person.standing)) ? null : await hashPassword(input.next)
  return store.transaction(async (tx): Promise<Answer> => {
    const { db } = tx
    await forgiveAttempts(db, tried)
    if (!next) return refuse('password-too-weak', { field: 'next', ...(!weak && { detail: 'guarded' }) })
    await setAccount(db, account, { password: next, must_change: 0, weak: isGuessable ? 1 : 0 })
    await signOutEverywhere(db, province.id, person.staff, session.id)
    const by = person.staff as StaffId
    await cutKeys(
      tx,
      { province: province.id, now, by },
      { person: by, ...(session.device && { notOn: session.device }) },
    )
    await writeDown(db, province.id, deed(call, 'changed-password', person.staff, person.staff))
    return answer()
  })
}

const sameSecret = (a: string, b: string) => hashOfSecret(a) === hashOfSecret(b)
