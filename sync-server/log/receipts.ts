import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { endorsementText, type Receipt, receiptText, type SignedReceipt } from '#domain/receipt.ts'
import type { Tx } from '#server/db/connect.ts'
import type { KeyTable } from '#server/db/schema.ts'

/** The key that signs receipts, opened. `public` is the raw Ed25519 key as base64url. */
export interface ReceiptKey {
  readonly id: string
  readonly public: string
  readonly private: KeyObject
}

export const receiptPurpose = 'receipt'

/** Fingerprint that tablets pin: the first 22 signs of the SHA-256 of the raw public key, in base64url. */
const keyId = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('base64url').slice(0, 22)

/** Makes the province's key at set-up, or its successor, which the key before it endorses. `secret` is SECRET_KEY. */
export const makeReceiptKey = async (
  tx: Pick<Tx, 'db'>,
  { province, secret, now, endorsedBy }: { province: string; secret: string; now: number; endorsedBy?: ReceiptKey },
): Promise<ReceiptKey> => {
  const pair = generateKeyPairSync('ed25519')
  const { x, d } = pair.privateKey.export({ format: 'jwk' }) as { x: string; d: string }
  const key: ReceiptKey = { id: keyId(x), public: x, private: pair.privateKey }
  await tx.db
    .insertInto('keys')
    .values({
      province,
      id: key.id,
      purpose: receiptPurpose,
      public: x,
      wrapped: wrap(secret, key.id, Buffer.from(d, 'base64url')),
      endorsed_by: endorsedBy?.id ?? null,
      endorsement: endorsedBy ? signText(endorsedBy, endorsementText(key.id, x)) : null,
      created_at: now,
    })
    .execute()
  return key
}

/** The newest key of the province, opened with SECRET_KEY; null before set-up. Throws when the secret is another one. */
export const loadReceiptKey = async (db: Tx['db'], province: string, secret: string): Promise<ReceiptKey | null> => {
  const row = await db
    .selectFrom('keys')
    .selectAll()
    .where('province', '=', province)
    .where('purpose', '=', receiptPurpose)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return row ? openReceiptKey(row, secret) : null
}

/** Public halves of all keys that ever signed, the newest first; each names the one before it, which endorsed it. */
export const publicReceiptKeys = async (db: Tx['db'], province: string) => {
  const rows = await db
    .selectFrom('keys')
    .selectAll()
    .where('province', '=', province)
    .where('purpose', '=', receiptPurpose)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    public: row.public,
    ...(row.endorsed_by && row.endorsement && { endorsedBy: row.endorsed_by, endorsement: row.endorsement }),
  }))
}

export const signReceipt = (key: ReceiptKey, receipt: Receipt): SignedReceipt => ({
  receipt,
  signature: signText(key, receiptText(receipt)),
})

export const verifyReceipt = (publicKey: string, { receipt, signature }: SignedReceipt): boolean => {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  return verify(null, Buffer.from(receiptText(receipt)), key, Buffer.from(signature, 'base64url'))
}

/** Throws when the secret is another one. */
export const openReceiptKey = (row: KeyTable, secret: string): ReceiptKey => ({
  id: row.id,
  public: row.public,
  private: createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: row.public, d: unwrap(secret, row).toString('base64url') },
    format: 'jwk',
  }),
})

export const signText = (key: ReceiptKey, text: string) =>
  sign(null, Buffer.from(text), key.private).toString('base64url')

const nonceBytes = 12
const tagBytes = 16

const wrappingKey = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'bowon receipt key 1', 32))

/** AES-256-GCM under a key from SECRET_KEY, bound to the key's id: nonce, ciphertext, tag. */
export const wrap = (secret: string, id: string, bytes: Uint8Array): string => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(secret), nonce).setAAD(Buffer.from(id))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** The inverse of `wrap`; throws when the secret is another one. */
export const unwrap = (secret: string, { id, wrapped }: Pick<KeyTable, 'id' | 'wrapped'>): Buffer => {
  const bytes = Buffer.from(wrapped, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey(secret), bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(-tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
}
