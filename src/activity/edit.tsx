import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import type { Values } from '#domain/record-kind.ts'
import { activity, headcountFields } from '#domain/records/activity.ts'
import { fieldId } from '#src/capture/field-text.ts'
import { FormScreen } from '#src/capture/form-screen.tsx'
import { useDraftName, useMended, useOpened } from '#src/capture/opened.ts'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useForm } from '#src/capture/use-form.ts'
import { t } from '#src/i18n/index.ts'
import type { HeldChange } from '#src/store/types.ts'
import { toast } from '#src/ui/toast.tsx'
import { useFirstAnswers } from './first-answers.ts'
import { ActivityFields } from './form-fields.tsx'
import { LikeLastTime } from './like-last-button.tsx'
import type { Activity } from './log.ts'
import { cellId } from './people-grid.tsx'
import { w } from './words.ts'

/** One page, under a minute. */
export function NewActivity() {
  const start = useFirstAnswers()
  return start ? <ActivityForm start={start} /> : null
}

/** The same page on an activity that is here; with `?mend=` it takes the place of a held change. */
export function EditActivity({ id }: { id: RecordId }) {
  const record = useOpened<typeof activity>(id)
  const mends = useMended(record)
  if (record === undefined || mends === undefined) return null
  if (record === null) return <RecordMissing back="/bwr" />
  return <ActivityForm record={record} mends={mends ?? undefined} />
}

const counted: ReadonlySet<string> = new Set(headcountFields)
const idOf = (field: string) => (counted.has(field) ? cellId(field) : fieldId(field))

function ActivityForm(props: { record?: Activity; start?: Values<typeof activity>; mends?: HeldChange | undefined }) {
  const { record, start, mends } = props
  const { route } = useLocation()
  const draft = useDraftName(activity.kind, record?.id, mends)
  const form = useForm(activity, { draft, record, start, mends })
  return (
    <FormScreen
      kind={activity}
      form={form}
      title={record ? w('editTitle') : w('log')}
      saveLabel={record ? t('save') : w('log')}
      idOf={idOf}
      leave={() => route(record ? `/bwr/${record.id}` : '/bwr', true)}
      onSaved={(saved) => {
        toast(w('saved'))
        route(record ? `/bwr/${saved}` : '/bwr', true)
      }}
    >
      {start && <LikeLastTime form={form} began={start} />}
      <ActivityFields form={form} />
    </FormScreen>
  )
}
