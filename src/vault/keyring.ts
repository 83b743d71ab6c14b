import { type ReadonlySignal, signal } from '@preact/signals'
import { keyId, keyText, type LineProof } from '#domain/authority/line-proof.ts'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { Wrapped, WrappedKey } from '#src/store/types.ts'

/**
 * The signing keys of people with a guarded role (docs/authority.md). A private half lies on the tablet under its owner's password alone, and
 * is open only in this tab's memory, where it cannot be taken out.
 */
export interface Keyring {
  /** Whose key is open in this tab. */
  readonly open: ReadonlySignal<ReadonlySet<StaffId>>
  sign(person: StaffId, text: string): Promise<LineProof | null>
  /** Opens a key; false when the password is another one. */
  unlock(kept: WrappedKey, password: string, where: Where): Promise<boolean>
  /** Makes a key and opens it. It counts once the server has registered it. */
  make(person: StaffId, password: string, where: Where): Promise<NewKey>
  /** The same key under another password; null when `password` is not the one it lies under. */
  wrapAnew(kept: WrappedKey, password: string, next: string, where: Where): Promise<WrappedKey | null>
  /** Closes all keys. */
  lock(): void
}

/** What a key is bound to, so that it cannot be laid under another name. */
export interface Where {
  readonly province: string
  readonly device: DeviceId
}

export interface NewKey extends WrappedKey {
  /** The key's own signature, which shows the server that whoever registers it has its private half. */
  readonly proof: string
}

const ed25519 = 'Ed25519'

export const createKeyring = (): Keyring => {
  const keys = new Map<StaffId, { readonly id: RecordId; readonly secret: CryptoKey }>()
  const open = signal<ReadonlySet<StaffId>>(new Set())
  const told = () => {
    open.value = new Set(keys.keys())
  }
  const admit = async (person: StaffId, id: RecordId, pkcs8: Uint8Array) => {
    const secret = await crypto.subtle.importKey('pkcs8', pkcs8 as BufferSource, ed25519, false, ['sign'])
    keys.set(person, { id, secret })
    told()
    return secret
  }
  return {
    open,
    async sign(person, text) {
      const key = keys.get(person)
      return key ? { key: key.id, signature: await signText(key.secret, text) } : null
    },
    async unlock(kept, password, where) {
      const pkcs8 = await opened(kept, password, where)
      if (!pkcs8) return false
      await admit(kept.person, kept.id, pkcs8)
      return true
    },
    async make(person, password, where) {
      const pair = (await crypto.subtle.generateKey(ed25519, true, ['sign', 'verify'])) as CryptoKeyPair
      const [raw, pkcs8] = await Promise.all([
        crypto.subtle.exportKey('raw', pair.publicKey),
        crypto.subtle.exportKey('pkcs8', pair.privateKey),
      ])
      const publicKey = toBase64Url(new Uint8Array(raw))
      const made = { id: keyId(where.device, person, publicKey), person, device: where.device, public: publicKey }
      const [wrapped, proof] = await Promise.all([
        seal(new Uint8Array(pkcs8), password, made, where),
        signText(pair.privateKey, keyText(where.province, where.device, person, publicKey)),
      ])
      await admit(person, made.id, new Uint8Array(pkcs8))
      return { ...made, wrapped, proof }
    },
    async wrapAnew(kept, password, next, where) {
      const pkcs8 = await opened(kept, password, where)
      return pkcs8 && { ...kept, wrapped: await seal(pkcs8, next, kept, where) }
    },
    lock() {
      keys.clear()
      told()
    },
  }
}

const signText = async (secret: CryptoKey, text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.sign(ed25519, secret, utf8ToBytes(text) as BufferSource)))

type Named = Pick<WrappedKey, 'person' | 'public'>
const boundTo = ({ province, device }: Where, key: Named) =>
  `bowon person key 1\n${province}\n${device}\n${key.person}\n${key.public}`

/** Argon2id and its worker are loaded when they are first needed. */
const cryptography = async () => {
  const [{ wrap, unwrap }, { deriveKey }] = await Promise.all([import('./wrap.ts'), import('./derive-key.ts')])
  return { wrap, unwrap, deriveKey }
}

/** The same visible password has the same signs, as the server takes it. */
const sameSigns = (password: string) => password.normalize('NFKC')

const opened = async (kept: WrappedKey, password: string, where: Where): Promise<Uint8Array | null> => {
  const { unwrap, deriveKey } = await cryptography()
  const secret = await unwrap(kept.wrapped, sameSigns(password), deriveKey, boundTo(where, kept))
  return secret.ok ? fromBase64Url(secret.value) : null
}

const seal = async (pkcs8: Uint8Array, password: string, key: Named, where: Where): Promise<Wrapped> => {
  const { wrap, deriveKey } = await cryptography()
  return wrap(toBase64Url(pkcs8), sameSigns(password), deriveKey, boundTo(where, key))
}
