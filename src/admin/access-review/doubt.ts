import type { Role } from '#domain/roles.ts'

/** What `GET /api/access-review` answers (docs/authority.md, A12). */
export interface AccessReview {
  /** Null where the server knows whom it has let go. */
  readonly doubt: Doubt | null
  /** Who holds a guarded role, as the server has it; told to whoever goes through them. */
  readonly people?: readonly Guarded[]
  readonly keys?: readonly Key[]
}

export interface Guarded {
  readonly staff: string
  readonly roles: readonly Role[]
}

export interface Doubt {
  readonly since: number
  readonly cause: 'restored' | 'went-back' | 'merged'
  /** Who goes through people, tablets and keys; null while nobody does. */
  readonly reviewer: string | null
  /** The reader does, on this tablet. */
  readonly isMine: boolean
}

export interface Key {
  readonly id: string
  readonly person: string
  readonly device: string
  readonly endedAt: number | null
  readonly cut: boolean
}
