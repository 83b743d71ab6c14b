import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { own } from '#domain/kernel/own.ts'
import type { WriteRules } from './authority/permission.ts'
import type { Readers } from './roles.ts'

export type Fields = Readonly<Record<string, Field>>

/** The values of a record of this kind; every field may be missing, because any tablet may know only a part. */
export type ValuesOf<F extends Fields> = string extends keyof F
  ? Readonly<Record<string, Json>>
  : { readonly [K in keyof F]?: F[K] extends Field<infer T> ? T : never }

/**
 * Which of the kind's readers may read a record: all of them (`province`), those of its place, those who may read its parent, or the
 * complaint desk alone.
 */
export type Scope<Name extends string = string> =
  | { readonly by: 'province' }
  | { readonly by: 'place'; readonly field: Name }
  | { readonly by: 'parent'; readonly field: Name }
  | { readonly by: 'desk' }

/** A rule across fields. It warns, while capturing and in review; it never blocks a merged record. */
export interface Rule<F extends Fields> {
  readonly name: string
  /** The field that the sentence stands beside. */
  readonly blames: keyof F & string
  readonly holds: (values: ValuesOf<F>) => boolean
}

export interface RecordKind<F extends Fields = Fields> {
  readonly kind: string
  /** Raised with every change of meaning; all versions ever shipped stay accepted. */
  readonly version: number
  readonly fields: F
  readonly required: readonly (keyof F & string)[]
  readonly rules: readonly Rule<F>[]
  readonly scope: Scope<keyof F & string>
  /** Who reads such records at all. There is no default, and nothing finer: what only some may read is a kind of its own. */
  readonly read: Readers
  /** The record of a person, under that person's id: they read it whatever their roles. */
  readonly ownReads?: true
  /** Who may write such a record, and what proves it. */
  readonly write: WriteRules<keyof F & string>
  /** Its changes name the device and the day, not the person and the time: those are inside its seal. */
  readonly unsigned: boolean
  /** Whether a supervisor reviews it, and which field names it in lists. */
  readonly reviewed: boolean
  /** `plain` gives the kind the list, form and page that are drawn from this declaration; without it its screens are written by hand. */
  readonly screen?: 'plain'
  /** Brings the fields of an older version to this one. */
  readonly lift?: (set: Readonly<Record<string, Json>>, version: number) => Readonly<Record<string, Json>>
}

type Declaration<F extends Fields> = Omit<RecordKind<F>, 'rules' | 'reviewed' | 'unsigned' | 'required'> & {
  readonly required?: readonly (keyof F & string)[]
  readonly rules?: readonly Rule<F>[]
  readonly reviewed?: boolean
  readonly unsigned?: boolean
}

/** The single, data-only declaration of a kind; everything else about the kind is derived from it. */
export const defineRecord = <const K extends string, const F extends Fields>(
  declaration: Declaration<F> & { readonly kind: K },
): RecordKind<F> & { readonly kind: K } => ({
  required: [],
  rules: [],
  reviewed: false,
  unsigned: false,
  ...declaration,
})

/** A kind whose exact fields do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: a list of kinds with different fields has no narrower type that is assignable both ways
export type AnyRecordKind = RecordKind<any>

/** The declaration of a field; undefined for one that a later version will know, whatever it is called. */
export const fieldOf = ({ fields }: AnyRecordKind, name: string): Field | undefined => own(fields as Fields, name)

export type Values<K> = K extends RecordKind<infer F> ? ValuesOf<F> : never
