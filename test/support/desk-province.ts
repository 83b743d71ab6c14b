import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import { newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { openStore } from '#server/db/connect.ts'
import { appendOwn } from '#server/log/own.ts'
import { makeProvince } from '#server/operations/make-province.ts'
import { hashPassword } from '#server/people/password.ts'
import { type RunningServer, startServer } from './whole-server.ts'

const secret = 'a secret key of 32 signs or more, for this test'
const password = 'ลำธารใสไหลเย็น'

/** A province whose desk has no key yet, with an officer and three supervisors of the desk. */
export interface DeskProvince {
  readonly server: RunningServer
  readonly password: string
  /** What an ordinary record says: no secret, and therefore to be found wherever records lie. */
  readonly ordinary: string
  end(): Promise<void>
}

const people = [
  { username: 'officer', name: 'ปราณี ตัวอย่างเพียร', roles: ['officer'] },
  { username: 'malee', name: 'มาลี สมมติศูนย์', roles: ['supervisor', 'desk'] },
  { username: 'somsri', name: 'สมศรี สมมติศูนย์', roles: ['supervisor', 'desk'] },
  { username: 'thana', name: 'ธนา สมมติศูนย์', roles: ['supervisor', 'desk'] },
] as const

export const startDeskProvince = async (): Promise<DeskProvince> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bowon-desk-'))
  const ordinary = 'ลานวัดสมมติใต้ต้นโพธิ์'
  const store = await openStore({ dataDir })
  const hashed = await hashPassword(password)
  await store.transaction(async (tx) => {
    const now = Date.now()
    const admin = newId<StaffId>(randomBytes)
    const facts = { name: 'จังหวัดสมมติ', sample: false, secret, now, random: randomBytes }
    const set = { name: 'อารี สมมติระบบ', active: true, roles: keyedSetOf(['administrator']) }
    const { provinceId: province } = await makeProvince(tx, facts, { kind: 'staff', record: admin, set })
    const made = people.map((one) => ({ ...one, id: newId<StaffId>(randomBytes) }))
    await appendOwn(tx, { province, now }, [
      {
        author: admin,
        kind: 'place',
        record: newId<RecordId>(randomBytes),
        set: { name: ordinary, type: 'temple' },
      },
      ...made.map(({ id, name, roles }) => ({
        author: admin,
        kind: 'staff' as const,
        record: id,
        set: { name, active: true, wholeProvince: true, roles: keyedSetOf(roles) },
      })),
    ])
    const account = { province, password: hashed, must_change: 0, disabled: 0, failures: 0, next_attempt_at: 0 }
    await tx.db
      .insertInto('accounts')
      .values(made.map(({ id, username }) => ({ ...account, staff: id, username, created_at: now })))
      .execute()
  })
  await store.close()
  const server = await startServer({ dataDir, env: { SECRET_KEY: secret } })
  return {
    server,
    password,
    ordinary,
    async end() {
      await server.stop()
      server.forget()
    },
  }
}
