import type { KeyedSet } from '#domain/fields/keyed-set.ts'

/** Keys that are there, in their order. */
export const keysOf = (value: KeyedSet | undefined): string[] =>
  Object.entries(value ?? {})
    .filter(([, entry]) => entry.on !== false)
    .map(([key]) => key)

/** The set with exactly these keys; entries that stay keep their parts. Undefined when none is left. */
export const withKeys = (value: KeyedSet | undefined, keys: readonly string[]): KeyedSet | undefined =>
  keys.length === 0 ? undefined : Object.fromEntries(keys.map((key) => [key, value?.[key] ?? { on: true }]))
