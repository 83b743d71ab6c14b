import { createHash } from 'node:crypto'
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { unpad } from '#domain/complaint/padding.ts'
import { type CourierKey, courierKeyText } from '#domain/courier-key.ts'
import type { Store, Tx } from '#server/db/connect.ts'
import { type ReceiptKey, signText, unwrap, wrap } from './receipts.ts'

const purpose = 'courier'

const rowsOf = (db: Tx['db'], province: string) =>
  db
    .selectFrom('keys')
    .selectAll()
    .where('province', '=', province)
    .where('purpose', '=', purpose)
    .orderBy('created_at', 'desc')
    .orderBy('id')

/** Makes the key pair that tablets seal bundles to, where the province has none yet. The private half is wrapped by SECRET_KEY. */
export const ensureCourierKey = async (
  store: Store,
  facts: { province: string; receiptKey: ReceiptKey; secret: string; now: number },
): Promise<void> => {
  const { province, receiptKey, secret, now } = facts
  if (await rowsOf(store.db, province).executeTakeFirst()) return
  const identity = await generateIdentity()
  const recipient = await identityToRecipient(identity)
  const id = createHash('sha256').update(recipient).digest('base64url').slice(0, 22)
  await store.transaction(async ({ db }) => {
    const row = { province, id, purpose, public: recipient, wrapped: wrap(secret, id, Buffer.from(identity)) }
    const endorsement = signText(receiptKey, courierKeyText(id, recipient))
    await db
      .insertInto('keys')
      .values({ ...row, endorsed_by: receiptKey.id, endorsement, created_at: now })
      .execute()
  })
}

/** What tablets seal to: the newest public half, and the receipt key's word for it. Null before there is one. */
export const publicCourierKey = async (db: Tx['db'], province: string): Promise<CourierKey | null> => {
  const row = await rowsOf(db, province).executeTakeFirst()
  if (!row?.endorsed_by || !row.endorsement) return null
  return { id: row.id, public: row.public, endorsedBy: row.endorsed_by, endorsement: row.endorsement }
}

/** Opens a sealed bundle (base64url of an age file) with any key that the province ever had; null when none of them does. */
export const openSealed = async (
  db: Tx['db'],
  { province, secret }: { province: string; secret: string },
  sealed: string,
): Promise<string | null> => {
  const decrypter = new Decrypter()
  for (const row of await rowsOf(db, province).execute()) decrypter.addIdentity(unwrap(secret, row).toString())
  try {
    const plain = unpad(await decrypter.decrypt(Buffer.from(sealed, 'base64url')))
    return plain && new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    return null
  }
}
