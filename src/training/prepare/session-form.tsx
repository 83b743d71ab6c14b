import { useLocation } from 'preact-iso'
import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { trainingSession } from '#domain/records/training-session.ts'
import type { Form } from '#src/capture/form.ts'
import { failureText } from '#src/i18n/failure.ts'
import { timeText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ChipChoice } from '#src/ui/chips.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { Dock } from '#src/ui/dock.tsx'
import { ErrorSummary } from '#src/ui/error-summary.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { TimeField } from '#src/ui/time-field.tsx'
import { DraftMark, TopBar } from '#src/ui/top-bar.tsx'
import { PlaceField } from '../parts/place-field.tsx'
import { useCurricula } from '../parts/use-curricula.ts'
import { w } from '../words.ts'
import { ModulesField } from './modules-field.tsx'
import { TrainersField } from './trainers-field.tsx'
import { withCurriculum } from './with-curriculum.ts'

const label = (field: string) => fieldLabel('training-session', field)

/** Place, day and times, audience, modules, trainers: everything about a session but its people. */
export const SessionForm = (props: {
  title: string
  form: Form<typeof trainingSession>
  back: string
  onSaved: (id: RecordId) => void
}) => {
  const { form } = props
  const { names } = useApp()
  const { route } = useLocation()
  const curricula = useCurricula()
  const values = form.values.value
  const errors = form.errors.value
  const warnings = form.warnings.value
  if (!form.ready.value) return null
  const error = (field: string) => (errors[field] ? failureText(errors[field]) : undefined)
  const keptAt = form.keptAt.value
  const save = async () => {
    const id = await form.save()
    if (id) props.onSaved(id)
  }

  return (
    <main class="screen" id="content">
      <div class="page stack">
        <TopBar
          close
          back={props.back}
          title={props.title}
          right={<DraftMark time={keptAt === null ? undefined : timeText(keptAt)} />}
        />
        <ErrorSummary
          title={w('form.notYet')}
          items={Object.values(errors).map((one) => ({
            id: one.field ?? 'place',
            text: one.field ? `${label(one.field)}: ${failureText(one)}` : failureText(one),
          }))}
        />
        <PlaceField
          id="place"
          label={label('place')}
          value={values.place}
          error={error('place')}
          onChange={(place) => form.set('place', place as RecordId)}
        />
        <div class="columns">
          <DayField
            id="heldOn"
            label={label('heldOn')}
            today={dayOfInstant(Date.now())}
            value={values.heldOn as Day | undefined}
            error={error('heldOn')}
            onChange={(day) => form.set('heldOn', day)}
          />
          <TimeField
            id="startsAt"
            label={label('startsAt')}
            value={values.startsAt}
            error={error('startsAt')}
            onChange={(time) => form.set('startsAt', time)}
          />
          <TimeField
            id="endsAt"
            label={label('endsAt')}
            value={values.endsAt}
            error={error('endsAt')}
            warning={warnings.endsAt && w('warn.endsAfterStart')}
            onChange={(time) => form.set('endsAt', time)}
          />
        </div>
        <ChipChoice
          id="audience"
          label={label('audience')}
          hint={w('form.audienceHint')}
          options={names.items('gradeBand').map(({ code, label }) => ({ value: code, label }))}
          value={values.audience}
          onChange={(audience) => {
            form.set('audience', audience)
            const modules = withCurriculum(values, audience, curricula)
            if (modules) form.set('modules', modules)
          }}
        />
        <ModulesField values={values} curricula={curricula} onChange={(modules) => form.set('modules', modules)} />
        <TrainersField values={values} onChange={(trainers) => form.set('trainers', trainers)} />
        <TextField
          id="title"
          label={label('title')}
          hint={w('form.titleHint')}
          optional
          maxLength={200}
          value={values.title ?? ''}
          error={error('title')}
          onInput={(title) => form.set('title', title)}
        />
        <TextArea
          id="note"
          label={label('note')}
          optional
          maxLength={4000}
          value={values.note ?? ''}
          error={error('note')}
          onInput={(note) => form.set('note', note)}
        />
      </div>
      <Dock>
        <Button variant="line" onClick={() => route(props.back)}>
          {w('form.later')}
        </Button>
        <Button size="big" pending={form.saving.value} onClick={save}>
          {w('form.save')}
        </Button>
      </Dock>
    </main>
  )
}
