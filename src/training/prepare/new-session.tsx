import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { hasRole } from '#domain/roles.ts'
import { useForm } from '#src/capture/use-form.ts'
import { useApp } from '#src/session/context.ts'
import { toast } from '#src/ui/toast.tsx'
import { useMyPlaces } from '../parts/place-field.tsx'
import { useTitle } from '../parts/use-title.ts'
import { w } from '../words.ts'
import { SessionForm } from './session-form.tsx'

/** Opens a session: begins with today, my only place, and me if I am a trainer. */
export const NewSession = () => {
  const { session } = useApp()
  const { route } = useLocation()
  useTitle(w('open'))
  const places = useMyPlaces()
  const person = session.person.value
  const start = useMemo(
    () => ({
      heldOn: dayOfInstant(Date.now()) as string,
      state: 'open' as const,
      ...(places.length === 1 && { place: places[0]!.id }),
      ...(person && hasRole(person.standing, 'trainer') && { trainers: { [person.id]: { on: true } } }),
    }),
    [places.length === 0],
  )
  const form = useForm(trainingSession, { draft: 'training-session-new', start })
  return (
    <SessionForm
      title={w('open')}
      form={form}
      back="/training"
      onSaved={(id) => {
        toast(w('form.opened'))
        route(`/training/${id}`, true)
      }}
    />
  )
}
