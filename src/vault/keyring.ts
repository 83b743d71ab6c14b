import { type ReadonlySignal, signal } from '@preact/signals'
import type { LineProof } from '#domain/authority/line-proof.ts'
import type { RecordId, StaffId } from '#domain/kernel/id.ts'

/** What signs with one key; `person-key.ts` makes it. */
export interface Signer {
  /** Null once it is closed, even for what was asked for before. */
  sign(text: string): Promise<string | null>
  close(): void
}

/**
 * The signing keys of people with a guarded role (docs/authority.md) that are open in this tab's memory, where they cannot be taken out.
 * `person-key.ts` makes them, and opens those that lie on the tablet.
 */
export interface Keyring {
  /** Whose key is open in this tab. */
  readonly open: ReadonlySignal<ReadonlySet<StaffId>>
  sign(person: StaffId, text: string): Promise<LineProof | null>
  admit(person: StaffId, id: RecordId, signer: Signer): void
  /** Closes all keys, and signs nothing more. */
  lock(): void
}

export const createKeyring = (): Keyring => {
  const keys = new Map<StaffId, { readonly id: RecordId; readonly signer: Signer }>()
  const open = signal<ReadonlySet<StaffId>>(new Set())
  const told = () => {
    open.value = new Set(keys.keys())
  }
  return {
    open,
    async sign(person, text) {
      const key = keys.get(person)
      const signature = await key?.signer.sign(text)
      return key && signature ? { key: key.id, signature } : null
    },
    admit(person, id, signer) {
      keys.get(person)?.signer.close()
      keys.set(person, { id, signer })
      told()
    },
    lock() {
      for (const { signer } of keys.values()) signer.close()
      keys.clear()
      told()
    },
  }
}
