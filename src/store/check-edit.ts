import { isDrop } from '#domain/change.ts'
import { checkFields } from '#domain/check.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { isId } from '#domain/kernel/id.ts'
import { kindOf } from '#domain/records/index.ts'
import type { Edit } from './types.ts'

/** Everything that is wrong with an edit, each with its field, so that a form shows all of it at once. */
export const checkEdit = (edit: Edit): readonly Failure[] => {
  const kind = kindOf(edit.kind)
  if (!kind) return [failure('unknown-kind', { detail: edit.kind })]
  if (!isId(edit.record)) return [failure('malformed-change', { field: 'record' })]
  if (!isId(edit.author)) return [failure('unknown-author')]
  const wrong = Object.entries(edit.set).map(([name, value]) => checkFields(kind, { [name]: value }, false))
  const missing =
    edit.base === null && !isDrop(edit) ? kind.required.map((name) => missingField(edit, name as string)) : []
  return [...wrong, ...missing].filter((one) => one !== null)
}

const missingField = ({ set }: Edit, name: string): Failure | null =>
  set[name] === undefined || set[name] === '' ? failure('missing-field', { field: name }) : null
