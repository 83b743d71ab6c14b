import { join } from 'node:path'
import * as z from 'zod/mini'
import { newId, type StaffId } from '#domain/kernel/id.ts'
import { openStore, type Tx } from '#server/db/connect.ts'
import { newAccount } from '#server/people/accounts.ts'
import { type Answer, answer, refuse } from '#server/people/call.ts'
import { makeCode } from '#server/people/new-code.ts'
import { hashPassword, isWeak, longestPassword } from '#server/people/password.ts'
import { isWeakForGuarded } from '#server/people/strength.ts'
import { username } from '#server/people/username.ts'
import type { House } from '#server/province.ts'
import { makeProvince } from './make-province.ts'
import { fillSample } from './sample.ts'
import type { Seed } from './seed.ts'

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200), z.regex(/^\P{Cc}*$/u))

export const setUpInput = z.object({
  code: z.string().check(z.maxLength(60)),
  mode: z.enum(['province', 'sample']),
  province: z.optional(z.object({ name })),
  administrator: z.optional(z.object({ name, username, password: z.string().check(z.maxLength(longestPassword)) })),
})
type SetUpInput = z.infer<typeof setUpInput>

/** POST /api/setup: once, by whoever reads the code on the console. */
export const setUp = async (house: House, input: SetUpInput): Promise<Answer> => {
  if (await house.open()) return refuse('already-set-up')
  if (!house.setUpCode.accepts(input.code)) return refuse('wrong-set-up-code', { field: 'code' })
  return input.mode === 'sample' ? exploreSample(house) : beginProvince(house, input)
}

const beginProvince = async (house: House, { province, administrator }: SetUpInput): Promise<Answer> => {
  if (!province) return refuse('invalid-field', { field: 'province.name' })
  if (!administrator) return refuse('invalid-field', { field: 'administrator.name' })
  if (isWeak(administrator.password, administrator.username)) {
    return refuse('password-too-weak', { field: 'administrator.password' })
  }
  if (isWeakForGuarded(administrator.password, administrator.username)) {
    return refuse('password-too-weak', { field: 'administrator.password', detail: 'guarded' })
  }
  const password = await hashPassword(administrator.password)
  const { random, secretKey: secret, clock } = house
  const begun = await house.store().transaction(async (tx) => {
    if (await isBegun(tx)) return null
    const facts = { name: province.name, sample: false, secret, now: clock(), random }
    const made = await makeProvince(tx, facts, firstStaff(administrator.name, newId(random)))
    const account = newAccount(made.provinceId, made.staff, administrator.username, password, clock())
    await tx.db
      .insertInto('accounts')
      .values({ ...account, must_change: 0 })
      .execute()
    const [author, admits] = [made.staff as StaffId, [made.staff]]
    const here = { province: made.provinceId, now: clock(), random, author, name: firstTablet, admits }
    // whoever sets the province up administers it in that very browser
    return { ...made, enrolment: await makeCode(tx, here) }
  })
  return begun ? answer(begun, { status: 201 }) : refuse('already-set-up')
}

const firstTablet = 'เครื่องแรก'

const isBegun = async (tx: Tx): Promise<boolean> =>
  (await tx.db.selectFrom('provinces').select('id').limit(1).executeTakeFirst()) !== undefined

/** A small province starts with one person who may do everything; the roles can be given to others later. */
const firstStaff = (name: string, record: StaffId): Seed => ({
  kind: 'staff',
  record,
  set: {
    name,
    active: true,
    wholeProvince: true,
    roles: { administrator: { on: true }, supervisor: { on: true }, desk: { on: true } },
  },
})

/**
 * Sample data is a province of its own in its own folder; this server serves it until it ends. The real tables stay empty, so that a later
 * start offers the set-up again.
 */
const exploreSample = async (house: House): Promise<Answer> => {
  const store = await openStore({ dataDir: join(house.config.dataDir, 'sample') })
  const sample = await fillSample(store, house)
  await house.moveTo(store)
  return answer(sample, { status: 201 })
}
