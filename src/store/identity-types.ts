import type { Enrolment, Slip } from '#domain/authority/enrolment.ts'
import type { SignedDeskList } from '#domain/complaint/desk-list.ts'
import type { CourierKey } from '#domain/courier-key.ts'
import type { DeviceId, RecordId, StaffId } from '#domain/kernel/id.ts'
import type { Standing } from '#domain/roles.ts'

export interface SignedInPerson {
  readonly id: StaffId
  /** What they signed in with; their name is in their `staff` record. */
  readonly username: string
  readonly standing: Standing
}

export interface ReceiptKey {
  readonly id: string
  /** Raw Ed25519 public key, base64url. */
  readonly public: string
  readonly endorsedBy?: string
  /** Signature of `endorsementText` by the key before it, base64url. */
  readonly endorsement?: string
}

interface Province {
  readonly id: string
  readonly name: string
  readonly sample: boolean
  readonly epoch: string
  /** Key of derived ids, base64url. */
  readonly idKey: string
}

/** Who this tablet is, kept in OPFS and in IndexedDB, so that losing either loses nothing. */
export interface Identity {
  readonly device: DeviceId
  readonly credential: string | null
  readonly province: Province | null
  /** Keys that receipts may be signed with. The first ones are pinned; later ones must be endorsed by one of them. */
  readonly receiptKeys: readonly ReceiptKey[]
  readonly people: readonly SignedInPerson[]
  /** Who works on it now. */
  readonly current: StaffId | null
  readonly desk: SignedDeskList | null
  /** What files for the server are sealed to; absent before the server has told. */
  readonly courierKey?: CourierKey
  /** Changes up to this number belong to a province that this tablet served before. */
  readonly after: number
  /** The server's word that it has enrolled this device, for a server that forgets it. */
  readonly slip?: Slip
  /** The desk's list that a link has pinned, by its digest (a link of before: by its root), until there is a list that goes on from it. */
  readonly deskPin?: string
  /** What the link of an administrator has told, until a sign-in has made this browser a tablet. */
  readonly enrolment?: Enrolment
  /** What this tablet was before it learnt that it had been copied, oldest first. */
  readonly former?: readonly FormerDevice[]
  /** Signing keys of people with a guarded role, each under its owner's password; absent before there was one. */
  readonly keys?: readonly WrappedKey[]
  /** The server has bidden this tablet farewell, and it has erased itself; until somebody signs in on it again. */
  readonly farewell?: { readonly handedOver: number; readonly time: number }
  /** Who has signed out, and up to which number what was written here in their name counts; until the server has been told. */
  readonly left?: readonly Left[]
}

/** A private key under a passphrase: AES-256-GCM with a key that Argon2id makes. */
export interface Wrapped {
  readonly format: 1
  readonly memoryKiB: number
  readonly iterations: number
  readonly salt: string
  readonly nonce: string
  readonly box: string
}

export interface WrappedKey {
  readonly id: RecordId
  readonly person: StaffId
  /** The device that it belongs to: a tablet that has become another needs new ones. */
  readonly device: DeviceId
  /** Raw, base64url. */
  readonly public: string
  /** PKCS #8, base64url. */
  readonly wrapped: Wrapped
}

export interface Left {
  readonly person: StaffId
  readonly upTo: number
}

/** Changes up to `upTo` are the former device's, but for those that moved on to the next one. */
export interface FormerDevice {
  readonly device: DeviceId
  readonly credential: string
  readonly slip?: Slip
  readonly upTo: number
  readonly moved: readonly number[]
}

/** What a sign-in tells this tablet: the body of `POST /api/sign-in`, and the username that was typed. */
export interface SignInNews {
  readonly person: StaffId
  readonly username: string
  readonly standing: Standing
  readonly device: { readonly id: string; readonly credential?: string; readonly slip?: Slip | null } | null
  readonly province: Province
  readonly receiptKeys: readonly ReceiptKey[]
  readonly courierKey?: CourierKey | null
  /** The lists of desk keys from the one on that this tablet knows, oldest first. */
  readonly deskLists: readonly SignedDeskList[]
}

/** What an answer offered in the place of something pinned, and this tablet did not take (A10). */
export interface Untaken {
  readonly why: 'other-province' | 'receipt-key' | 'desk-list' | 'enrolment'
  /** The province that answered. */
  readonly id: string
  readonly name: string
}
