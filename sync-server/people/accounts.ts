import * as z from 'zod/mini'
import { isId, type StaffId } from '#domain/kernel/id.ts'
import type { Store } from '#server/db/connect.ts'
import { type Act, writeDown } from '#server/log/access-log.ts'
import { type Answer, answer, type Db, refuse, type SignedInCall } from './call.ts'
import { cutKeys } from './keys.ts'
import { hashPassword, isWeak, longestPassword } from './password.ts'
import { signOutEverywhere } from './sessions.ts'
import { username } from './username.ts'

/** GET /api/accounts: who may sign in. Names and roles are in the public staff records. */
export const listAccounts = async (db: Db, { province }: SignedInCall): Promise<Answer> => {
  const accounts = await db
    .selectFrom('accounts')
    .selectAll()
    .where('province', '=', province.id)
    .orderBy('username')
    .execute()
  return answer({
    accounts: accounts.map((account) => ({
      staff: account.staff,
      username: account.username,
      mustChange: account.must_change === 1,
      disabled: account.disabled === 1,
      createdAt: account.created_at,
    })),
  })
}

const firstPassword = z.string().check(z.maxLength(longestPassword))

export const accountInput = z.object({
  staff: z.string().check(z.refine(isId)),
  username,
  password: firstPassword,
})
type AccountInput = z.infer<typeof accountInput>

/** POST /api/accounts: gives a member of staff a way in; the first password must be changed. */
export const makeAccount = async (store: Store, call: SignedInCall, input: AccountInput): Promise<Answer> => {
  const { staff, username, password } = input
  if (isWeak(password, username)) return refuse('password-too-weak', { field: 'password' })
  const hashed = await hashPassword(password)
  return store.transaction(async ({ db }): Promise<Answer> => {
    const province = call.province.id
    if (!(await isStaff(db, province, staff))) return refuse('not-found', { field: 'staff' })
    const taken = await db
      .selectFrom('accounts')
      .select('staff')
      .where('province', '=', province)
      .where((or) => or.or([or('username', '=', username), or('staff', '=', staff)]))
      .executeTakeFirst()
    if (taken) return refuse('name-taken', { field: taken.staff === staff ? 'staff' : 'username' })
    await db
      .insertInto('accounts')
      .values(newAccount(province, staff, username, hashed, call.now))
      .execute()
    await writeDown(db, province, deed(call, 'made-account', staff))
    return answer({ staff, username }, { status: 201 })
  })
}

export const newAccount = (province: string, staff: string, name: string, password: string, now: number) => ({
  province,
  staff,
  username: name,
  password,
  must_change: 1,
  disabled: 0,
  failures: 0,
  next_attempt_at: 0,
  created_at: now,
})

const isStaff = async (db: Db, province: string, id: string): Promise<boolean> => {
  const row = await db
    .selectFrom('records')
    .select('id')
    .where('province', '=', province)
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .executeTakeFirst()
  return row !== undefined
}

const accountOf = (db: Db, province: string, staff: string) =>
  db.selectFrom('accounts').selectAll().where('province', '=', province).where('staff', '=', staff).executeTakeFirst()

export const resetInput = z.object({ password: firstPassword })

/** POST /api/accounts/:staff/reset: a new first password; whoever is signed in with the old one is out. */
export const resetPassword = async (
  store: Store,
  call: SignedInCall,
  staff: string,
  password: string,
): Promise<Answer> => {
  const province = call.province.id
  const account = await accountOf(store.db, province, staff)
  if (!account) return refuse('not-found')
  if (isWeak(password, account.username)) return refuse('password-too-weak', { field: 'password' })
  const hashed = await hashPassword(password)
  return store.transaction(async (tx) => {
    const { db } = tx
    await db
      .updateTable('accounts')
      .set({ password: hashed, must_change: 1, failures: 0, next_attempt_at: 0 })
      .where('province', '=', province)
      .where('staff', '=', staff)
      .execute()
    await signOutEverywhere(db, province, staff)
    await cutKeys(tx, { province, now: call.now, by: call.person.staff as StaffId }, { person: staff })
    await writeDown(db, province, deed(call, 'reset-password', staff))
    return answer()
  })
}

/** POST /api/accounts/:staff/disable and /enable. Nobody disables themselves: that could lock the last administrator out. */
export const setDisabled = async (db: Db, call: SignedInCall, staff: string, disabled: boolean): Promise<Answer> => {
  const province = call.province.id
  if (!(await accountOf(db, province, staff))) return refuse('not-found')
  if (disabled && staff === call.person.staff) return refuse('not-permitted', { detail: 'own-account' })
  await db
    .updateTable('accounts')
    .set({ disabled: disabled ? 1 : 0 })
    .where('province', '=', province)
    .where('staff', '=', staff)
    .execute()
  if (disabled) await signOutEverywhere(db, province, staff)
  await writeDown(db, province, deed(call, disabled ? 'disabled-account' : 'enabled-account', staff))
  return answer()
}

const deed = (call: SignedInCall, act: Act, subject: string) => ({
  at: call.now,
  staff: call.person.staff,
  device: call.session.device,
  act,
  subject,
})
