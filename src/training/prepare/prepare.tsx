import { useLocation } from 'preact-iso'
import { trainingSession } from '#domain/records/training-session.ts'
import { useForm } from '#src/capture/use-form.ts'
import { toast } from '#src/ui/toast.tsx'
import { WithSession } from '../parts/gate.tsx'
import type { SessionView } from '../parts/types.ts'
import { useTitle } from '../parts/use-title.ts'
import { w } from '../words.ts'
import { SessionForm } from './session-form.tsx'

/** Alters a session that was opened. */
export const Prepare = (props: { id: string }) => {
  useTitle(w('prepare'))
  return <WithSession id={props.id}>{(session) => <PrepareForm key={session.id} session={session} />}</WithSession>
}

const PrepareForm = ({ session }: { session: SessionView }) => {
  const { route } = useLocation()
  const form = useForm(trainingSession, { draft: `training-session-${session.id}`, record: session })
  const back = `/training/${session.id}`
  return (
    <SessionForm
      title={w('prepare')}
      form={form}
      back={back}
      onSaved={() => {
        toast(w('form.saved'))
        route(back, true)
      }}
    />
  )
}
