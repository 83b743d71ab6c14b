import { createHash } from 'node:crypto'
import { canonicalJson } from '#domain/kernel/bytes.ts'
import type { Tx } from '#server/db/connect.ts'
import type { AccessLogTable } from '#server/db/schema.ts'
import { settingOf } from '#server/db/settings.ts'

/** What is written down: who opened, exported, signed in or altered who may. Never what it contained. */
const acts = [
  'set-up',
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'signed-out-everywhere',
  'changed-password',
  'made-account',
  'reset-password',
  'disabled-account',
  'enabled-account',
  'registered-device',
  'registered-key',
  'enrolled-tablet',
  'tablet-refused',
  'made-enrolment-code',
  'altered-rights',
  'named-device',
  'revoked-device',
  'dropped-held',
  'took-in-held',
  'opened-complaint',
  'published-desk-key',
  'proposed-desk-list',
  'dropped-desk-list',
  'refused-desk-list',
  'tablet-refused-desk-list',
  'exported',
  'restored',
  'began-access-review',
  'ended-access-review',
  'cut-key',
  'settled-split',
] as const
export type Act = (typeof acts)[number]

export interface Deed {
  readonly at: number
  readonly staff: string | null
  readonly device: string | null
  readonly act: Act
  /** An id or a kind; no personal data. */
  readonly subject?: string
}

export const accessHeadName = 'access-log-head'

/** Number and chain of the last line, as the head's row keeps them. */
export const readAccessHead = (value: string): { readonly seq: number; readonly chain: string } => {
  const [seq, chain] = value.split(':') as [string, string]
  return { seq: Number(seq), chain }
}

/**
 * Adds a line to the access log, chained to the one before it. The head is a row of its own: it is locked first, so that lines are added one
 * after another, and a cut-off end shows.
 */
export const writeDown = async (db: Tx['db'], province: string, deed: Deed): Promise<void> => {
  await db
    .insertInto('settings')
    .values({ province, name: accessHeadName, value: '0:' })
    .onConflict((there) => there.columns(['province', 'name']).doNothing())
    .execute()
  const head = await db
    .updateTable('settings')
    .set((row) => ({ value: row.ref('value') }))
    .where('province', '=', province)
    .where('name', '=', accessHeadName)
    .returning('value')
    .executeTakeFirstOrThrow()
  const { seq: last, chain: before } = readAccessHead(head.value)
  const row = { province, seq: last + 1, ...deed, subject: deed.subject ?? null }
  const chain = accessChain(before, row)
  await db
    .insertInto('access_log')
    .values({ ...row, chain })
    .execute()
  await db
    .updateTable('settings')
    .set({ value: `${row.seq}:${chain}` })
    .where('province', '=', province)
    .where('name', '=', accessHeadName)
    .execute()
}

/** SHA-256 (hex) over the line before it and everything in this one. */
const accessChain = (before: string, row: Omit<AccessLogTable, 'chain'>): string => {
  const { province, seq, at, staff, device, act, subject } = row
  return createHash('sha256')
    .update(`${before}\n${canonicalJson({ province, seq, at, staff, device, act, subject })}`)
    .digest('hex')
}

/** Number of the first line that does not follow from the one before it; null when all do and the head is theirs. */
export const brokenAccessLine = async (db: Tx['db'], province: string): Promise<number | null> => {
  const rows = await db.selectFrom('access_log').selectAll().where('province', '=', province).orderBy('seq').execute()
  return accessLogCheck(rows, await settingOf(db, province, accessHeadName))
}

/** The same over rows in the order of their numbers, and the head as it was written down. */
export const accessLogCheck = (rows: readonly AccessLogTable[], head = '0:'): number | null => {
  let before = ''
  let seq = 0
  for (const row of rows) {
    if (row.seq !== seq + 1 || row.chain !== accessChain(before, row)) return seq + 1
    before = row.chain
    seq = row.seq
  }
  return head === `${seq}:${before}` ? null : seq + 1
}
