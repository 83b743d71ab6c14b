import { fromBase64Url, toBase64Url } from '#domain/kernel/bytes.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import type { Wrapped } from '#src/store/identity-types.ts'
import type { Argon2Request } from './argon2.worker.ts'

export type DeriveKey = (request: Argon2Request) => Promise<Uint8Array<ArrayBuffer>>

/** 64 MiB and 3 passes: about half a second on a tablet (research: 1.2–2.8 s at a quarter of a laptop's speed). */
const cost = { memoryKiB: 65_536, iterations: 3 }
/** What a wrapping is bound to, so that it cannot be laid in the place of another. */
const deskKey = 'bowon wrapped key 1'
const bytesOfText = (text: string) => new TextEncoder().encode(text)

const gcmKey = async (raw: Uint8Array<ArrayBuffer>, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [use])

export const wrap = async (
  secret: string,
  passphrase: string,
  derive: DeriveKey,
  boundTo = deskKey,
): Promise<Wrapped> => {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const key = await gcmKey(await derive({ passphrase: passphrase.normalize('NFC'), salt, ...cost }), 'encrypt')
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: bytesOfText(boundTo) },
    key,
    bytesOfText(secret),
  )
  return {
    format: 1,
    ...cost,
    salt: toBase64Url(salt),
    nonce: toBase64Url(nonce),
    box: toBase64Url(new Uint8Array(box)),
  }
}

export const unwrap = async (
  wrapped: Wrapped,
  passphrase: string,
  derive: DeriveKey,
  boundTo = deskKey,
): Promise<Result<string, 'wrong-passphrase' | 'damaged'>> => {
  const [salt, nonce, box] = [wrapped.salt, wrapped.nonce, wrapped.box].map(bytesOf)
  if (!salt || !nonce || !box) return fail('damaged')
  const { memoryKiB, iterations } = wrapped
  const key = await gcmKey(
    await derive({ passphrase: passphrase.normalize('NFC'), salt, memoryKiB, iterations }),
    'decrypt',
  )
  try {
    const bound = { name: 'AES-GCM', iv: nonce, additionalData: bytesOfText(boundTo) }
    const secret = await crypto.subtle.decrypt(bound, key, box)
    return ok(new TextDecoder().decode(secret))
  } catch {
    return fail('wrong-passphrase')
  }
}

const bytesOf = (text: string) => fromBase64Url(text) as Uint8Array<ArrayBuffer> | null
