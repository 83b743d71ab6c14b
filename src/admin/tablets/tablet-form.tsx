import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import { tablet } from '#domain/records/tablet.ts'
import { isGuarded } from '#domain/roles.ts'
import { standingOf } from '#domain/standing.ts'
import { fieldId, fieldText } from '#src/capture/field-text.ts'
import { FormScreen } from '#src/capture/form-screen.tsx'
import { useDraftName, useOpened } from '#src/capture/opened.ts'
import { FormField } from '#src/capture/record-form.tsx'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useForm } from '#src/capture/use-form.ts'
import { keysOf, withKeys } from '#src/capture/widgets/keys.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Switch } from '#src/ui/checkbox.tsx'
import { Chips } from '#src/ui/chips.tsx'
import { toast } from '#src/ui/toast.tsx'
import { PlacesField } from '../staff/places-field.tsx'
import { w } from '../words.ts'

export const TabletNew = () => <TabletForm />

export const TabletEdit = ({ id }: { id: string }) => {
  const record = useOpened<typeof tablet>(id as RecordId)
  if (record === undefined) return null
  if (record === null) return <RecordMissing back="/admin/devices" />
  return <TabletForm record={record} />
}

/** For which places a tablet is, and who may sign on it: whatever is read or written there is within both. */
const TabletForm = ({ record }: { record?: RecordView<Values<typeof tablet>> }) => {
  const { route } = useLocation()
  const { names } = useApp()
  const draft = useDraftName(tablet.kind, record?.id)
  const form = useForm(tablet, { draft, record })
  const values = form.values.value
  const back = record ? `/admin/devices/${record.id}` : '/admin/devices'
  const admits = keysOf(values.admits)
  const signers = names.staff.value.filter((one) => isGuarded(standingOf(one)) || admits.includes(one.id))
  return (
    <FormScreen
      kind={tablet}
      form={form}
      title={record ? w('devices.edit') : w('devices.new')}
      saveLabel={t('save')}
      leave={() => route(back, true)}
      onSaved={(saved) => {
        toast(t('saved'))
        route(`/admin/devices/${saved}`, true)
      }}
    >
      <FormField kind={tablet} form={form} name="name" />
      <Switch
        id={fieldId('wholeProvince')}
        label={w('devices.wholeProvince')}
        hint={w('devices.wholeProvinceHint')}
        checked={values.wholeProvince === true}
        onChange={(on) => form.set('wholeProvince', on)}
      />
      {!values.wholeProvince && (
        <PlacesField
          {...fieldText(tablet, form, 'places')}
          hint={w('devices.placesHint')}
          value={keysOf(values.places)}
          onChange={(keys) => form.set('places', withKeys(values.places, keys))}
        />
      )}
      <Chips
        {...fieldText(tablet, form, 'admits')}
        hint={w('devices.admitsHint')}
        options={signers.map(({ id }) => ({ value: id as string, label: names.staffName(id) }))}
        value={admits}
        onChange={(keys) => form.set('admits', withKeys(values.admits, keys))}
      />
    </FormScreen>
  )
}
