import type { Base } from '#domain/change.ts'
import { alteration, withSaved } from '#domain/derive/alteration.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import type { Store } from '#src/store/store.ts'
import type { Keyed } from '#src/store/types.ts'

/** What a form keeps of what was typed. */
export interface FormDraft extends Keyed {
  readonly record: RecordId
  readonly base: Base | null
  /** The answers that the form was opened on. */
  readonly before: Readonly<Record<string, Json>>
  readonly values: Readonly<Record<string, Json>>
}

/**
 * The draft that lies under this name, without what of it was saved before its tab died; null when there is none, or nothing is left of it.
 * Rejects when it cannot be read.
 */
export const findDraft = async (store: Store, kind: AnyRecordKind, name: string): Promise<FormDraft | null> => {
  const draft = store.draft<FormDraft>(name)
  const found = await draft.load()
  if (!found) return null
  // what cannot be told, or tidied up now, must not cost any words: saved again, they are the same change
  const left = await leftOf(store, kind, found).catch(() => found)
  if (left === null) await draft.discard().catch(() => undefined)
  else if (left !== found) await draft.keep(left).catch(() => undefined)
  return left
}

/** What a draft says that was not saved under its key; null when nothing is left of it. */
export const leftOf = async (store: Store, kind: AnyRecordKind, found: FormDraft): Promise<FormDraft | null> => {
  const saved = await store.savedAs(found.key)
  if (!saved) return found
  const before = withSaved(kind, found.before, saved.set)
  if (Object.keys(alteration(kind, before, found.values)).length === 0) return null
  const base = found.base ?? (await store.record(found.record))?.base
  return base ? { ...found, before, base: found.base ?? { ...base, seq: 0 } } : found
}
