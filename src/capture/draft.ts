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
 * The draft that lies under this name. A tab may die between a save and the end of its draft: then only what was typed since is left of it, and
 * without that it is over. Null when there is none.
 */
export const findDraft = async (store: Store, kind: AnyRecordKind, name: string): Promise<FormDraft | null> => {
  const draft = store.draft<FormDraft>(name)
  const found = await draft.load()
  const saved = found && (await store.savedAs(found.key).catch(() => null))
  if (!found || !saved || saved.record !== found.record) return found
  const before = withSaved(kind, found.before, saved.set)
  if (Object.keys(alteration(kind, before, found.values)).length === 0) {
    await draft.discard()
    return null
  }
  const now = await store.record(found.record)
  const left = { ...found, before, base: found.base ?? (now && { ...now.base, seq: 0 }) }
  await draft.keep(left)
  return left
}
