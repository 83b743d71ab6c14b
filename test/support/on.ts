import { keyedSetOf } from '#domain/fields/keyed-set.ts'

/** A keyed set of these, short enough to stand within a line of a test. */
export const on = (...keys: readonly string[]) => keyedSetOf(keys)
