import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { t } from '#src/i18n/index.ts'
import { kindName } from '#src/i18n/records.ts'
import type { HeldChange, RecordView } from '#src/store/types.ts'
import { toast } from '#src/ui/toast.tsx'
import { FormScreen } from '../form-screen.tsx'
import { useDraftName, useMended, useOpened } from '../opened.ts'
import { FormFields } from '../record-form.tsx'
import { RecordMissing } from '../record-missing.tsx'
import { useForm } from '../use-form.ts'
import { w } from '../words.ts'
import { plainPath } from './kinds.ts'

/** The form of a new record. */
export const NewPlain = ({ kind }: { kind: AnyRecordKind }) => <PlainForm kind={kind} />

/** The form of a record that is here; with `?mend=` it takes the place of a held change. */
export function EditPlain({ kind, id }: { kind: AnyRecordKind; id: RecordId }) {
  const record = useOpened(id)
  const mends = useMended(record)
  if (record === undefined || mends === undefined) return null
  if (record === null) return <RecordMissing back={plainPath(kind.kind)} />
  return <PlainForm kind={kind} record={record} mends={mends ?? undefined} />
}

function PlainForm(props: { kind: AnyRecordKind; record?: RecordView; mends?: HeldChange | undefined }) {
  const { kind, record, mends } = props
  const { route } = useLocation()
  const draft = useDraftName(kind.kind, record?.id, mends)
  const form = useForm(kind, { draft, record, mends })
  const name = kindName(kind.kind)
  return (
    <FormScreen
      kind={kind}
      form={form}
      title={record ? `${t('edit')} ${name}` : w('kinds.new', { kind: name })}
      saveLabel={t('save')}
      leave={() => route(record ? plainPath(kind.kind, record.id) : plainPath(kind.kind), true)}
      onSaved={(saved) => {
        toast(w('form.saved'))
        route(plainPath(kind.kind, saved), true)
      }}
    >
      <FormFields kind={kind} form={form} />
    </FormScreen>
  )
}
