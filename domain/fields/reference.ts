import * as z from 'zod/mini'
import { isId, type RecordId } from '#domain/kernel/id.ts'
import { type Field, type IndexRole, single } from './field.ts'

/** The id of another record. A reference to a record that is not (yet) known is never refused (law 6). */
export const reference = (kind: string, options: { index?: 'place' | 'parent' } = {}): Field<RecordId> => ({
  type: 'reference',
  merge: 'latest',
  schema: z.string().check(z.refine(isId)),
  of: kind,
  ...(options.index && { index: options.index as IndexRole }),
  columns: single,
  cells: (value, words) => ({ '': words.name(value) }),
})
