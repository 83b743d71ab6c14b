import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { isId, type RecordId } from '#domain/kernel/id.ts'
import { type AnyRecordKind, fieldOf, type Values } from '#domain/record-kind.ts'
import { activity } from '#domain/records/activity.ts'
import { attendance } from '#domain/records/attendance.ts'
import { kindOf } from '#domain/records/index.ts'
import { person } from '#domain/records/person.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { fullName } from '#domain/training/roster-order.ts'
import { kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import type { Names } from '#src/session/names.ts'
import { titleOf as plainTitle, valueText } from './value-text.ts'
import { w } from './words.ts'

interface Named {
  readonly kind: string
  readonly values: object
}

/** What a record is called: who it is, what was done, or what the session was about. */
export const titleOf = ({ kind, values }: Named, names: Names): string => {
  if (kind === person.kind) return fullName(values as Values<typeof person>) || kindName(kind)
  if (kind === activity.kind)
    return names.label('activityType', (values as Values<typeof activity>).type) || kindName(kind)
  if (kind === trainingSession.kind) return (values as Values<typeof trainingSession>).title || kindName(kind)
  return plainTitle(kindOf(kind)!, values, names)
}

const fieldsOf = (kind: AnyRecordKind) => Object.entries(kind.fields as Readonly<Record<string, Field>>)
/** Names of these are known everywhere; other records are looked for. */
const known: readonly (string | undefined)[] = ['staff', 'place']

const follows = ({ type, of }: Field) => type === 'reference' && !known.includes(of)

/** Whether a field leads to another record, whose name is then part of this one's. */
export const isFollowed = (kind: string, name: string): boolean => {
  const declared = kindOf(kind)
  const field = declared && fieldOf(declared, name)
  return field !== undefined && follows(field)
}

/** A record in its reader's words: what or who, where and when, and what it is about. */
export const RecordName = ({ kind, values }: Named) => {
  const { names } = useApp()
  const declared = kindOf(kind)
  if (!declared) return null
  const at = values as Readonly<Record<string, Json | undefined>>
  const own = [
    // who was where is named by the two that it joins
    kind === attendance.kind ? '' : titleOf({ kind, values }, names),
    ...fieldsOf(declared)
      .filter(([, { type, of }]) => type === 'day' || (type === 'reference' && of === 'place'))
      .map(([field]) => valueText(declared, field, at[field], names)),
  ]
  const others = fieldsOf(declared)
    .filter(([, field]) => follows(field))
    .map(([field]) => at[field])
    .filter((id): id is RecordId => isId(id))
    .toReversed()
  return (
    <>
      {[...new Set(own)].filter((text) => text !== '').join(' · ')}
      {others.map((id, index) => (
        <span key={id}>
          {(index > 0 || kind !== attendance.kind) && ' · '}
          <NameOf id={id} />
        </span>
      ))}
    </>
  )
}

const NameOf = ({ id }: { id: RecordId }) => {
  const { names } = useApp()
  const record = useRecord(id).value
  if (record === undefined) return null
  if (record === null) return <span>{w('pick.notHere')}</span>
  // the place of a person would stand beside that of the session
  if (record.kind === person.kind) return <span>{titleOf(record, names)}</span>
  return <RecordName kind={record.kind} values={record.values} />
}
