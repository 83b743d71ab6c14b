import type { CellWords } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { isId } from '#domain/kernel/id.ts'
import type { RecordState } from '#domain/merge.ts'
import type { Reach } from '#domain/scope.ts'
import { type View, view } from '#domain/view.ts'
import { wordOf } from '#domain/words/lookup.ts'
import th from '#domain/words/th.ts'
import { within } from '#server/log/reach.ts'
import type { Db } from '#server/people/call.ts'
import { commonWords } from './words.ts'

/** The word of a value that the program itself distinguishes; such a list is named `kind.field`. */
const optionWord = (list: string, code: string): string | undefined => {
  const [kind, field] = list.split('.')
  return field === undefined ? undefined : wordOf(th, kind!, 'options', field, code)
}

type Labels = ReadonlyMap<string, ReadonlyMap<string, { readonly th?: Json }>>

/** Words for cells: labels of code lists, and the names of records that cells refer to. */
export interface ExportWords extends CellWords {
  /** Reads the names of everything that these records refer to. */
  learn(records: readonly View[]): Promise<void>
}

/** `personal`: whether people may be named. What is out of reach has no name. */
export const exportWords = async (
  db: Db,
  province: string,
  { personal, reach }: { readonly personal: boolean; readonly reach: Reach },
): Promise<ExportWords> => {
  const labels = await labelsOf(db, province)
  const names = new Map<string, string>()
  return {
    label: (list, code) => optionWord(list, code) ?? textOf(labels.get(list)?.get(code)?.th) ?? code,
    name: (id) => names.get(id) ?? id,
    guest: (name) => (personal ? name : commonWords.guest),
    learn: async (records) => {
      const ids = new Set(records.flatMap((record) => [...idsIn(record.values), record.created?.author ?? '']))
      const unknown = [...ids].filter((id) => id && !names.has(id))
      for (let at = 0; at < unknown.length; at += chunk) {
        for (const state of await statesOf(db, province, reach, unknown.slice(at, at + chunk))) {
          names.set(state.id, nameOf(view(state) as View, personal))
        }
      }
    },
  }
}

const chunk = 500

const statesOf = async (db: Db, province: string, reach: Reach, ids: readonly string[]): Promise<RecordState[]> => {
  const rows = await db
    .selectFrom('records')
    .select('body')
    .where('province', '=', province)
    .where('id', 'in', ids)
    .where(within(reach))
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as RecordState)
}

const labelsOf = async (db: Db, province: string): Promise<Labels> => {
  const rows = await db
    .selectFrom('records')
    .select('body')
    .where('province', '=', province)
    .where('kind', '=', 'code-list')
    .execute()
  return new Map(
    rows.map(({ body }) => {
      const { values } = view(JSON.parse(body) as RecordState)
      return [String(values.name), new Map(Object.entries((values.items ?? {}) as Record<string, { th?: Json }>))]
    }),
  )
}

/** Every id that stands in a value, also as the key of a keyed set. */
function* idsIn(value: Json): Generator<string> {
  if (isId(value)) yield value
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (isId(key)) yield key
      yield* idsIn(inner)
    }
  }
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** What people call a record; its id where it has no name, or a name that may not be told. */
const nameOf = ({ id, kind, values }: View, personal: boolean): string => {
  if (kind === 'person') {
    const name = [values.title, values.givenName].map(textOf).join('')
    return personal ? [name, textOf(values.familyName)].filter(Boolean).join(' ') || id : id
  }
  if (kind === 'training-session') {
    return [textOf(values.heldOn), textOf(values.title)].filter(Boolean).join(' ') || id
  }
  return textOf(values.name) ?? id
}
