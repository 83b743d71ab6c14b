import { useEffect } from 'preact/hooks'
import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { t } from '#src/i18n/index.ts'
import { fieldLabel, kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Answers } from '../answers.tsx'
import { RecordMissing } from '../record-missing.tsx'
import { RecordPage } from '../record-page.tsx'
import { titleOf, valueText } from '../value-text.ts'
import { plainPath } from './kinds.ts'

/** Every answer of one record. The window's title never names it: it might be a person. */
export function PlainDetail({ kind, id }: { kind: AnyRecordKind; id: RecordId }) {
  const { names } = useApp()
  const record = useRecord(id).value
  const name = kindName(kind.kind)
  useEffect(() => {
    document.title = `${name} · ${t('appName')}`
  }, [name])
  if (record === undefined) return null
  if (record === null || record.kind !== kind.kind) return <RecordMissing back={plainPath(kind.kind)} />
  const values = record.values as Readonly<Record<string, Json | undefined>>
  return (
    <RecordPage
      kind={kind}
      record={record}
      title={titleOf(kind, values, names)}
      second={name}
      back={plainPath(kind.kind)}
      edit={plainPath(kind.kind, id, 'edit')}
    >
      <Answers
        items={Object.keys(kind.fields).map((field) => ({
          label: fieldLabel(kind.kind, field),
          value: valueText(kind, field, values[field], names),
          long: (kind.fields[field] as Field).type === 'narrative',
        }))}
      />
    </RecordPage>
  )
}
