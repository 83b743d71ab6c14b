import { keyId, keyText } from '#domain/authority/line-proof.ts'
import { fromBase64Url, toBase64Url } from '#domain/kernel/bytes.ts'
import type { DeviceId, StaffId } from '#domain/kernel/id.ts'
import type { Wrapped, WrappedKey } from '#src/store/identity-types.ts'
import { deriveKey } from './derive-key.ts'
import type { Keyring } from './keyring.ts'
import { signText } from './sign-text.ts'
import { createSigner } from './signer.ts'
import { unwrap, wrap } from './wrap.ts'

/** What a key is bound to, so that it cannot be laid under another name. */
export interface Where {
  readonly province: string
  readonly device: DeviceId
}

interface NewKey extends WrappedKey {
  /** The key's own signature, which shows the server that whoever registers it has its private half. */
  readonly proof: string
}

type Named = Pick<WrappedKey, 'person' | 'public'>

const boundTo = ({ province, device }: Where, { person, public: x }: Named) =>
  `bowon person key 1\n${province}\n${device}\n${person}\n${x}`

/** The same visible password has the same signs, as the server takes it. */
const sameSigns = (password: string) => password.normalize('NFKC')

const opened = async (kept: WrappedKey, password: string, where: Where): Promise<Uint8Array | null> => {
  const secret = await unwrap(kept.wrapped, sameSigns(password), deriveKey, boundTo(where, kept))
  return secret.ok ? fromBase64Url(secret.value) : null
}

const closed = (pkcs8: Uint8Array, password: string, key: Named, where: Where): Promise<Wrapped> =>
  wrap(toBase64Url(pkcs8), sameSigns(password), deriveKey, boundTo(where, key))

const admit = async (keyring: Keyring, { person, id }: Pick<WrappedKey, 'person' | 'id'>, pkcs8: Uint8Array) => {
  const secret = await crypto.subtle.importKey('pkcs8', pkcs8 as BufferSource, 'Ed25519', false, ['sign'])
  keyring.admit(person, id, createSigner(secret))
}

/** Opens the key that lies on the tablet; false when the password is another one. */
export const unlockKey = async (
  keyring: Keyring,
  kept: WrappedKey,
  password: string,
  where: Where,
): Promise<boolean> => {
  const pkcs8 = await opened(kept, password, where)
  if (pkcs8) await admit(keyring, kept, pkcs8)
  return pkcs8 !== null
}

/** Makes a key and opens it. It counts once the server has registered it. */
export const makeKey = async (keyring: Keyring, person: StaffId, password: string, where: Where): Promise<NewKey> => {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const [raw, secret] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ])
  const { province, device } = where
  const [publicKey, pkcs8] = [toBase64Url(new Uint8Array(raw)), new Uint8Array(secret)]
  const made = { id: keyId(device, person, publicKey), person, device, public: publicKey }
  const [wrapped, proof] = await Promise.all([
    closed(pkcs8, password, made, where),
    signText(pair.privateKey, keyText(province, device, person, publicKey)),
  ])
  await admit(keyring, made, pkcs8)
  return { ...made, wrapped, proof }
}

/** The same key under another password; null when `password` is not the one it lies under. */
export const wrapKeyAnew = async (
  kept: WrappedKey,
  password: string,
  next: string,
  where: Where,
): Promise<WrappedKey | null> => {
  const pkcs8 = await opened(kept, password, where)
  return pkcs8 && { ...kept, wrapped: await closed(pkcs8, next, kept, where) }
}
