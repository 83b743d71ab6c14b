import type { Role } from '#domain/roles.ts'

/**
 * What proves a line (docs/authority.md, A2 to A4): the word of the enrolled tablet that sent it, or a signature of its author's key on
 * that tablet. Whoever holds a guarded role signs always, whatever is asked here.
 */
export type Evidence = 'tablet' | 'person'

/** Who may do something to a record, and what proves it. */
export interface Permission {
  /** One of them is enough. */
  readonly roles: readonly Role[]
  readonly evidence: Evidence
  /** Fields of the record that name to whom it was put, a person or a tablet: only they may. */
  readonly addressee?: { readonly person: string; readonly device: string }
  /** Only the tablet that began the record may. */
  readonly origin?: true
}

/** A keyed set whose entries are written once, but for their `open` parts. Whoever may `rewrite` alters the rest. */
export interface WriteOnce {
  readonly open: readonly string[]
  readonly rewrite: Permission
}

/** Who writes records of a kind. A line needs all permissions of all its fields, cleared ones and `withdrawn` included. */
export interface WriteRules<Name extends string = string> {
  readonly begin: Permission
  readonly alter: Permission
  readonly withdraw: Permission
  /** Fields that others may write than the rest. */
  readonly fields?: Readonly<Partial<Record<Name, Permission>>>
  readonly once?: Readonly<Partial<Record<Name, WriteOnce>>>
  /** Counts only where its author had seen what a person wrote there last (A6): a right is given and taken knowingly. */
  readonly informed?: true
  /** Fields, or `field.part` of a keyed set, that say who wrote it or on which tablet: another name is refused. */
  readonly attributed?: Readonly<Record<string, 'author' | 'device'>>
  /** The record's id is `derivedId` of this purpose and these fields. */
  readonly derived?: { readonly purpose: string; readonly from: readonly Name[] }
}

/** On the tablet's word, by people with one of these roles. */
export const word = (...roles: readonly Role[]): Permission => ({ roles, evidence: 'tablet' })

/** With their signature, by people with one of these roles. */
export const signature = (...roles: readonly Role[]): Permission => ({ roles, evidence: 'person' })

/** The same permission to begin, alter and withdraw. */
export const always = (permission: Permission) => ({ begin: permission, alter: permission, withdraw: permission })
