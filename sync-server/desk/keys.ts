import * as z from 'zod/mini'
import { deskKeyText, publicKey, recipient, signature } from '#domain/complaint/desk-list.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { DeskKeyTable } from '#server/db/schema.ts'
import { isSignedBy } from '#server/log/ed25519.ts'
import type { Db } from '#server/people/call.ts'

/** A private key under its owner's passphrase: the server keeps it and cannot open it. */
const wrapped = z.looseObject({ format: z.int() })
const maxWrapped = 20_000
/** Keys that one person may bring within a day: more than anybody forgets, fewer than fill a disk. */
const most = { keys: 10, within: 24 * 3_600_000 }

export const deskKeyInput = z.object({
  recipient,
  signer: publicKey,
  wrapped: wrapped.check(z.refine((value) => JSON.stringify(value).length <= maxWrapped)),
  /** `deskKeyText`, signed by the signer. */
  proof: signature,
})
type DeskKeyInput = z.infer<typeof deskKeyInput>

export type StoredKey = Pick<DeskKeyTable, 'staff' | 'recipient' | 'signer' | 'wrapped' | 'created_at'> & {
  readonly version: number
}

/** All versions of everybody's, oldest first. */
export const keysOfDesk = (db: Db, province: string): Promise<readonly StoredKey[]> =>
  db
    .selectFrom('desk_keys')
    .select(['staff', 'version', 'recipient', 'signer', 'wrapped', 'created_at'])
    .where('province', '=', province)
    .orderBy('created_at')
    .orderBy('staff')
    .orderBy('version')
    .execute()

interface Owner {
  readonly province: string
  readonly staff: string
  readonly now: number
}

/**
 * Lays a key beside those that its owner has. Whoever brings it shows that they have its private halves, so that a borrowed session can neither
 * lay another key over one that is known nor take the place of its owner: a new key opens nothing until colleagues have admitted it. Answers the
 * part that cannot be taken; null when it is kept.
 */
export const keepKey = async (
  db: Db,
  known: readonly StoredKey[],
  { province, staff, now }: Owner,
  input: DeskKeyInput,
): Promise<'recipient' | 'signer' | 'proof' | 'too-many' | null> => {
  const { recipient, signer, wrapped, proof } = input
  if (!isSignedBy(signer, deskKeyText(province, { staff, recipient, signer }, wrapped as Json), proof)) return 'proof'
  const same = known.filter((key) => key.recipient === recipient)
  if (same.some((key) => key.staff !== staff)) return 'recipient'
  // one of before members signed has no signer yet, and colleagues compare the one that it gets
  if (same.some((key) => key.signer !== null && key.signer !== signer)) return 'signer'
  if (known.some((key) => key.signer === signer && key.recipient !== recipient)) return 'signer'
  const own = known.filter((key) => key.staff === staff)
  if (own.filter((key) => key.created_at > now - most.within).length >= most.keys) return 'too-many'
  const version = Math.max(0, ...own.map((key) => key.version)) + 1
  await db
    .insertInto('desk_keys')
    .values({ province, staff, version, recipient, signer, wrapped: JSON.stringify(wrapped), created_at: now })
    .execute()
  return null
}
