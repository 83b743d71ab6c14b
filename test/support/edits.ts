import { newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { Store } from '#src/store/store.ts'
import type { Edit } from '#src/store/types.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
export const someId = () => newId<RecordId>(random)
export const officer = someId() as StaffId
export const school = someId()

/** A new activity, complete. */
export const newActivity = (more: Partial<Edit> = {}): Edit => ({
  kind: 'activity',
  record: someId(),
  base: null,
  set: { node: 'school', type: 'talk', place: school, heldOn: '2026-11-23', from15Female: 12 },
  author: officer,
  ...more,
})

/** The number that a save was given, or the code of the failure. */
export const numberOf = async (store: Store, edit: Edit) => {
  const saved = await store.save(edit)
  return saved.ok ? saved.value.n : saved.failure.failure.code
}
