import { randomBytes } from 'node:crypto'
import { newId, type StaffId } from '#domain/kernel/id.ts'
import { openStore } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { hashPassword } from '#server/people/password.ts'
import { on } from '#test/support/on.ts'
import { type ServerData, type ServerTablet, talkTo } from '#test/support/server.ts'

export const password = 'ลำธารใสไหลเย็นทั้งวัน'
export const usernameOf = (i: number): string => `officer${i}`

/** So many officers with an account and one password, in the place of these tablets; each works on one of them in turn. */
export const addOfficers = async (data: ServerData, tablets: readonly ServerTablet[], count: number): Promise<void> => {
  const store = await openStore(data)
  const now = Date.now()
  const hashed = await hashPassword(password)
  const { place } = tablets[0]!
  try {
    await store.transaction(async (tx) => {
      const { id: province } = await tx.db.selectFrom('provinces').select('id').executeTakeFirstOrThrow()
      const people = Array.from({ length: count }, () => newId<StaffId>(randomBytes))
      const set = { name: 'เจ้าหน้าที่สมมติ', active: true, roles: on('officer'), places: on(place) }
      await appendOwn(
        tx,
        { province, now },
        people.map((record) => ({ author: record, kind: 'staff', record, set })),
      )
      const account = { province, password: hashed, must_change: 0, disabled: 0, failures: 0, next_attempt_at: 0 }
      for (const [i, staff] of people.entries())
        await tx.db
          .insertInto('accounts')
          .values({ ...account, staff, username: usernameOf(i), created_at: now })
          .execute()
    })
  } finally {
    await store.close()
  }
}

/** One attempt to sign in; on a tablet as its shipped client does, else as a stranger at this address. Answers status, milliseconds and text. */
export const trySignIn = async (
  port: number,
  who: { readonly username: string; readonly password: string },
  where: { readonly tablet: ServerTablet } | { readonly address: string },
): Promise<{ status: number; ms: number; text: string }> => {
  const tablet = 'tablet' in where ? where.tablet : null
  const credential = tablet?.authorization.split('.')[1]
  const body = JSON.stringify({ ...who, ...(tablet && { device: { id: tablet.device }, credential }) })
  const headers = tablet
    ? { Authorization: tablet.authorization }
    : { 'X-Forwarded-For': (where as { address: string }).address }
  const startedAt = performance.now()
  const { status, text } = await talkTo(port, '/api/sign-in', { 'Content-Type': 'application/json', ...headers }, body)
  return { status, text, ms: performance.now() - startedAt }
}
