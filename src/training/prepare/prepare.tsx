import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { FormScreen } from '#src/capture/form-screen.tsx'
import { useDraftName, useMended, useOpened } from '#src/capture/opened.ts'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useForm } from '#src/capture/use-form.ts'
import type { HeldChange } from '#src/store/types.ts'
import { toast } from '#src/ui/toast.tsx'
import type { SessionValues, SessionView } from '../parts/types.ts'
import { w } from '../words.ts'
import { useFirstAnswers } from './first-answers.ts'
import { SessionFields } from './session-fields.tsx'

/** Opens a session. */
export const NewSession = () => {
  const start = useFirstAnswers()
  return start ? <SessionForm start={start} /> : null
}

/** The same page on a session that is here; with `?mend=` it takes the place of a held change. */
export const Prepare = (props: { id: string }) => {
  const record = useOpened<typeof trainingSession>(props.id as RecordId)
  const mends = useMended(record)
  if (record === undefined || mends === undefined) return null
  if (record?.kind !== trainingSession.kind) return <RecordMissing back="/training" />
  return <SessionForm key={record.id} record={record} mends={mends ?? undefined} />
}

const SessionForm = (props: { record?: SessionView; start?: SessionValues; mends?: HeldChange | undefined }) => {
  const { record, start, mends } = props
  const { route } = useLocation()
  const draft = useDraftName(trainingSession.kind, record?.id, mends)
  const form = useForm(trainingSession, { draft, record, start, mends })
  return (
    <FormScreen
      kind={trainingSession}
      form={form}
      title={record ? w('prepare') : w('open')}
      saveLabel={w('form.save')}
      leave={() => route(record ? `/training/${record.id}` : '/training', true)}
      onSaved={(id) => {
        toast(record ? w('form.saved') : w('form.opened'))
        route(`/training/${id}`, true)
      }}
    >
      <SessionFields form={form} />
    </FormScreen>
  )
}
