import type { KnownKind, recordKinds } from '#domain/records/index.ts'

type FieldsOf<K> = Extract<(typeof recordKinds)[number], { kind: K }>['fields']

/** Fields that are one of a few values: each value needs its word. */
type Options<F> = {
  readonly [N in keyof F as F[N] extends { readonly values: readonly string[] } ? N : never]: F[N] extends {
    readonly values: readonly (infer V extends string)[]
  }
    ? { readonly [One in V]: string }
    : never
}
type OptionWords<F> = keyof Options<F> extends never ? unknown : { readonly options: Options<F> }

/**
 * What every language has to say of every kind: its name, a label for each of its fields, and a word for each value of a `one-of`. What a
 * rule warns of and how the parts of an entry are called are texts too; a test asks for those of the kinds that need them.
 */
export type KindWords = {
  readonly [K in KnownKind]: {
    readonly name: string
    readonly fields: { readonly [F in keyof FieldsOf<K>]: string }
    readonly rules?: Readonly<Record<string, string>>
    readonly parts?: Readonly<Record<string, Readonly<Record<string, string>>>>
  } & OptionWords<FieldsOf<K>>
}
