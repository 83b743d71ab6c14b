import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import { staff } from '#domain/records/staff.ts'
import { roles } from '#domain/roles.ts'
import { fieldId, fieldText } from '#src/capture/field-text.ts'
import { FormScreen } from '#src/capture/form-screen.tsx'
import { useDraftName, useOpened } from '#src/capture/opened.ts'
import { FormField } from '#src/capture/record-form.tsx'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useForm } from '#src/capture/use-form.ts'
import { keysOf, withKeys } from '#src/capture/widgets/keys.ts'
import { t } from '#src/i18n/index.ts'
import type { RecordView } from '#src/store/types.ts'
import { Switch } from '#src/ui/checkbox.tsx'
import { Chips } from '#src/ui/chips.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../words.ts'
import { PlacesField } from './places-field.tsx'

export const StaffNew = () => <StaffForm />

export const StaffEdit = ({ id }: { id: string }) => {
  const record = useOpened<typeof staff>(id as RecordId)
  if (record === undefined) return null
  if (record === null) return <RecordMissing back="/admin/staff" />
  return <StaffForm record={record} />
}

/** Who somebody is, what they may do, and where. */
const StaffForm = ({ record }: { record?: RecordView<Values<typeof staff>> }) => {
  const { route } = useLocation()
  const draft = useDraftName(staff.kind, record?.id)
  const form = useForm(staff, { draft, record, ...(!record && { start: { active: true } }) })
  const values = form.values.value
  const back = record ? `/admin/staff/${record.id}` : '/admin/staff'
  return (
    <FormScreen
      kind={staff}
      form={form}
      title={record ? w('staff.edit') : w('staff.new')}
      saveLabel={t('save')}
      leave={() => route(back, true)}
      onSaved={(saved) => {
        toast(t('saved'))
        route(`/admin/staff/${saved}`, true)
      }}
    >
      <FormField kind={staff} form={form} name="name" />
      <FormField kind={staff} form={form} name="position" />
      <Chips
        {...fieldText(staff, form, 'roles')}
        hint={w('staff.rolesHint')}
        options={roles.map((role) => ({ value: role as string, label: w(`roles.${role}`) }))}
        value={keysOf(values.roles)}
        onChange={(keys) => form.set('roles', withKeys(values.roles, keys))}
      />
      <Switch
        id={fieldId('wholeProvince')}
        label={w('staff.wholeProvince')}
        hint={w('staff.wholeProvinceHint')}
        checked={values.wholeProvince === true}
        onChange={(on) => form.set('wholeProvince', on)}
      />
      {!values.wholeProvince && (
        <PlacesField
          {...fieldText(staff, form, 'places')}
          value={keysOf(values.places)}
          onChange={(keys) => form.set('places', withKeys(values.places, keys))}
        />
      )}
      <Switch
        id={fieldId('active')}
        label={w('staff.active')}
        hint={w('staff.activeHint')}
        checked={values.active !== false}
        onChange={(on) => form.set('active', on)}
      />
    </FormScreen>
  )
}
