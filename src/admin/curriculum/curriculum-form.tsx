import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import { curriculum } from '#domain/records/curriculum.ts'
import { fieldText } from '#src/capture/field-text.ts'
import { FormScreen } from '#src/capture/form-screen.tsx'
import { useDraftName, useOpened } from '#src/capture/opened.ts'
import { FormField } from '#src/capture/record-form.tsx'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useForm } from '#src/capture/use-form.ts'
import { t } from '#src/i18n/index.ts'
import type { RecordView } from '#src/store/types.ts'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../words.ts'
import { ModulesField } from './modules-field.tsx'

const usualThreshold = 180

export const CurriculumNew = () => <CurriculumForm />

export const CurriculumEdit = ({ id }: { id: string }) => {
  const record = useOpened<typeof curriculum>(id as RecordId)
  if (record === undefined) return null
  if (record === null) return <RecordMissing back="/admin/curriculum" />
  return <CurriculumForm record={record} />
}

/** The minutes that are asked for, of whom, and the modules they are made of. */
const CurriculumForm = ({ record }: { record?: RecordView<Values<typeof curriculum>> }) => {
  const { route } = useLocation()
  const draft = useDraftName(curriculum.kind, record?.id)
  const form = useForm(curriculum, { draft, record, ...(!record && { start: { thresholdMinutes: usualThreshold } }) })
  const { modules } = form.values.value
  return (
    <FormScreen
      kind={curriculum}
      form={form}
      title={record ? w('curriculum.edit') : w('curriculum.new')}
      saveLabel={t('save')}
      leave={() => route('/admin/curriculum', true)}
      onSaved={() => {
        toast(t('saved'))
        route('/admin/curriculum', true)
      }}
    >
      <FormField kind={curriculum} form={form} name="name" />
      <FormField kind={curriculum} form={form} name="audience" />
      <FormField kind={curriculum} form={form} name="thresholdMinutes" />
      <FormField kind={curriculum} form={form} name="requireAllModules" />
      <ModulesField
        {...fieldText(curriculum, form, 'modules')}
        value={modules ?? {}}
        onChange={(next) => form.set('modules', next)}
      />
    </FormScreen>
  )
}
