import type { KnownKind, recordKinds } from '#domain/records/index.ts'

type FieldsOf<K> = Extract<(typeof recordKinds)[number], { kind: K }>['fields']

/** What every language has to say of every kind: its name, and a label for each of its fields. */
export type KindWords = {
  readonly [K in KnownKind]: { readonly name: string; readonly fields: { readonly [F in keyof FieldsOf<K>]: string } }
}
