import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import { place } from '#domain/records/place.ts'
import { fieldText } from '#src/capture/field-text.ts'
import { FormScreen } from '#src/capture/form-screen.tsx'
import { useDraftName, useOpened } from '#src/capture/opened.ts'
import { FormField } from '#src/capture/record-form.tsx'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useForm } from '#src/capture/use-form.ts'
import { Withdraw, Withdrawn } from '#src/capture/withdraw.tsx'
import { t } from '#src/i18n/index.ts'
import { useRecord } from '#src/session/hooks.ts'
import type { RecordView } from '#src/store/types.ts'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../words.ts'
import { DistrictFields, TypeField } from './where-fields.tsx'

export const PlaceNew = () => <PlaceForm />

export const PlaceEdit = ({ id }: { id: string }) => {
  const record = useOpened<typeof place>(id as RecordId)
  if (record === undefined) return null
  if (record === null) return <RecordMissing back="/admin/places" />
  return <PlaceForm record={record} />
}

/** One place: its name, what it is, where it lies, its code in the register. */
const PlaceForm = ({ record }: { record?: RecordView<Values<typeof place>> }) => {
  const { route } = useLocation()
  const form = useForm(place, { draft: useDraftName(place.kind, record?.id), record })
  const values = form.values.value
  return (
    <FormScreen
      kind={place}
      form={form}
      title={record ? w('places.edit') : w('places.new')}
      saveLabel={t('save')}
      leave={() => route('/admin/places', true)}
      onSaved={() => {
        toast(t('saved'))
        route('/admin/places', true)
      }}
    >
      <FormField kind={place} form={form} name="name" />
      <TypeField {...fieldText(place, form, 'type')} value={values.type} onChange={(type) => form.set('type', type)} />
      <DistrictFields
        district={{
          ...fieldText(place, form, 'district'),
          value: values.district,
          onChange: (code) => form.set('district', code),
        }}
        subdistrict={{
          ...fieldText(place, form, 'subdistrict'),
          value: values.subdistrict,
          onChange: (code) => form.set('subdistrict', code),
        }}
      />
      <FormField kind={place} form={form} name="code" />
      {record && <Leaving id={record.id} />}
    </FormScreen>
  )
}

/** A place that should not be there any more is withdrawn; what was recorded at it stays. */
const Leaving = ({ id }: { id: RecordId }) => {
  const record = useRecord(id).value
  if (!record) return null
  return record.withdrawn ? (
    <Withdrawn record={record} mayAlter />
  ) : (
    <div>
      <Withdraw record={record} />
    </div>
  )
}
