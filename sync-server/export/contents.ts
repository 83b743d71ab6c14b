import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { person } from '#domain/records/person.ts'
import { staff } from '#domain/records/staff.ts'
import type { View } from '#domain/view.ts'
import { within } from '#server/log/reach.ts'
import type { Db } from '#server/people/call.ts'
import { page, viewsOf, type Wanted } from './lines.ts'

/** What an export holds, settled before its first line is made. */
export interface Contents {
  /** The records, in the order of the file. */
  readonly ids: readonly string[]
  /** How many people they are about, whether they are named or not. */
  readonly people: number
}

/** Looks through what is wanted, page by page, and keeps only what it counts. */
export const contentsOf = async (db: Db, province: string, wanted: Wanted): Promise<Contents> => {
  const found = await idsOf(db, province, wanted)
  const ids: string[] = []
  const people = new Set<string>()
  for (let at = 0; at < found.length; at += page) {
    for (const record of await viewsOf(db, province, found.slice(at, at + page))) {
      if (record.withdrawn && !wanted.withdrawn) continue
      ids.push(record.id)
      for (const one of peopleIn(wanted.kind, record)) people.add(one)
    }
  }
  return { ids, people: people.size }
}

/** Whom a record is about: by the id of who has a record, by name who has none. */
function* peopleIn(kind: AnyRecordKind, record: View): Generator<string> {
  if (kind.kind === person.kind || kind.kind === staff.kind) return yield record.id
  for (const [name, value] of Object.entries(record.values)) {
    const field: Field | undefined = kind.fields[name]
    if (field) yield* peopleInField(field, value)
  }
}

function* peopleInField(field: Field, value: Json): Generator<string> {
  if (typeof value === 'string') {
    const isPerson = field.personal === true || (field.type === 'reference' && field.of === person.kind)
    if (isPerson && value !== '') yield value
    return
  }
  if (!field.parts || value === null || typeof value !== 'object') return
  for (const entry of Object.values(value)) {
    for (const [name, part] of Object.entries(entry as Record<string, Json>)) {
      const declared = field.parts[name]
      if (declared) yield* peopleInField(declared, part)
    }
  }
}

const idsOf = async (db: Db, province: string, { kind, from, to, reach }: Wanted): Promise<string[]> => {
  let query = db
    .selectFrom('records')
    .select('id')
    .where('province', '=', province)
    .where('kind', '=', kind.kind)
    .where(within(reach))
  if (from !== null) query = query.where('day', '>=', from)
  if (to !== null) query = query.where('day', '<=', to)
  return (await query.orderBy('day').orderBy('seq').orderBy('id').execute()).map(({ id }) => id)
}
