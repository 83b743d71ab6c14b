import type { Cell, CellWords, Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'

/** One column of a table of records: a field, and which of its cells. */
export interface Column {
  readonly field: string
  readonly suffix: string
}

/** A field that names a person, or says something about one. */
const isPersonal = (field: Field): boolean =>
  field.personal === true || (field.type === 'reference' && field.of === 'person')

/** Columns of a kind in the order of its declaration. Sealed fields have none; personal ones only where they were asked for. */
export const columnsOf = (kind: AnyRecordKind, { personal }: { readonly personal: boolean }): Column[] =>
  Object.entries(kind.fields as Record<string, Field>)
    .filter(([, field]) => personal || !isPersonal(field))
    .flatMap(([name, field]) => field.columns.map((suffix) => ({ field: name, suffix })))

/** The list under which the words of a field's fixed values stand. */
const choiceList = (kind: string, field: string): string => `${kind}.${field}`

/** The cells of a record's values under these columns; an empty text where the record has no value. */
export const cellsOf = (
  kind: AnyRecordKind,
  values: Readonly<Record<string, Json>>,
  columns: readonly Column[],
  words: CellWords,
): Cell[] => {
  const made = new Map<string, Readonly<Record<string, Cell>>>()
  return columns.map(({ field: name, suffix }) => {
    const value = values[name]
    if (value === undefined || value === null) return ''
    if (!made.has(name)) made.set(name, cellsOfField(kind, name, value, words))
    return made.get(name)![suffix] ?? ''
  })
}

const cellsOfField = (kind: AnyRecordKind, name: string, value: Json, words: CellWords) => {
  const field = kind.fields[name] as Field
  return field.type === 'one-of'
    ? { '': words.label(choiceList(kind.kind, name), value as string) }
    : field.cells(value, words)
}
