import type { Json } from '#domain/kernel/bytes.ts'
import { own } from '#domain/kernel/own.ts'
import type { FieldSet } from './change.ts'

// Sets of fields, and keyed sets within them: laid over each other, and taken out of each other.

/** One set of fields laid over another, keyed sets key by key and part by part. */
export const unite = (a: FieldSet, b: FieldSet): FieldSet => {
  const all: Record<string, Json> = { ...a }
  for (const [field, value] of Object.entries(b)) {
    const mine = own(a, field)
    all[field] = isObject(mine) && isObject(value) ? uniteKeys(mine, value) : value
  }
  return all
}

const uniteKeys = (a: JsonObject, b: JsonObject): JsonObject => {
  const all: Record<string, Json> = { ...a }
  for (const [key, entry] of Object.entries(b)) {
    const mine = own(a, key)
    all[key] = isObject(mine) && isObject(entry) ? { ...mine, ...entry } : entry
  }
  return all
}

/** What is left of a keyed set where another one wins, key by key and part by part. */
export const withoutKeys = (set: JsonObject, winner: JsonObject): JsonObject | undefined => {
  const left: Record<string, Json> = { ...set }
  for (const [key, entry] of Object.entries(winner)) {
    const lost = own(left, key)
    if (!isObject(lost) || !isObject(entry)) continue
    const rest = Object.fromEntries(Object.entries(lost).filter(([part]) => !Object.hasOwn(entry, part)))
    if (isEmpty(rest)) delete left[key]
    else left[key] = rest
  }
  return isEmpty(left) ? undefined : left
}

export type JsonObject = { readonly [key: string]: Json }
export const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const isEmpty = (set: object): boolean => {
  for (const _ in set) return false
  return true
}

export const withField = (set: FieldSet, field: string, value: Json | undefined): FieldSet => {
  if (value !== undefined) return { ...set, [field]: value }
  const { [field]: _, ...rest } = set
  return rest
}
