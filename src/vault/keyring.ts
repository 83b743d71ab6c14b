import { type ReadonlySignal, signal } from '@preact/signals'
import type { LineProof } from '#domain/authority/line-proof.ts'
import { toBase64Url, utf8ToBytes } from '#domain/kernel/bytes.ts'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'

/**
 * The signing keys of people with a guarded role (docs/authority.md) that are open in this tab's memory, where they cannot be taken out.
 * `person-key.ts` makes them, and opens those that lie on the tablet.
 */
export interface Keyring {
  /** Whose key is open in this tab. */
  readonly open: ReadonlySignal<ReadonlySet<StaffId>>
  sign(person: StaffId, text: string): Promise<LineProof | null>
  /** Opens a key, given as PKCS #8. */
  admit(person: StaffId, id: RecordId, pkcs8: Uint8Array): Promise<void>
  /** Closes all keys. */
  lock(): void
}

export const createKeyring = (): Keyring => {
  const keys = new Map<StaffId, { readonly id: RecordId; readonly secret: CryptoKey }>()
  const open = signal<ReadonlySet<StaffId>>(new Set())
  const told = () => {
    open.value = new Set(keys.keys())
  }
  return {
    open,
    async sign(person, text) {
      const key = keys.get(person)
      return key ? { key: key.id, signature: await signText(key.secret, text) } : null
    },
    async admit(person, id, pkcs8) {
      const secret = await crypto.subtle.importKey('pkcs8', pkcs8 as BufferSource, 'Ed25519', false, ['sign'])
      keys.set(person, { id, secret })
      told()
    },
    lock() {
      keys.clear()
      told()
    },
  }
}

export const signText = async (secret: CryptoKey, text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.sign('Ed25519', secret, utf8ToBytes(text) as BufferSource)))
