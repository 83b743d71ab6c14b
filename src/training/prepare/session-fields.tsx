import type { Day } from '#domain/kernel/day.ts'
import { dayOfInstant } from '#domain/kernel/day.ts'
import { trainingSession } from '#domain/records/training-session.ts'
import { fieldText } from '#src/capture/field-text.ts'
import type { Form } from '#src/capture/form.ts'
import { PlacePicker } from '#src/capture/place-picker.tsx'
import { useApp } from '#src/session/context.ts'
import { ChipChoice } from '#src/ui/chips.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { TimeField } from '#src/ui/time-field.tsx'
import { useCurricula } from '../parts/use-curricula.ts'
import { w } from '../words.ts'
import { ModulesField } from './modules-field.tsx'
import { TrainersField } from './trainers-field.tsx'
import { withCurriculum } from './with-curriculum.ts'

/** Place, day and times, audience, modules, trainers: everything about a session but its people. */
export const SessionFields = ({ form }: { form: Form<typeof trainingSession> }) => {
  const { names } = useApp()
  const curricula = useCurricula()
  const values = form.values.value
  const text = (name: string) => fieldText(trainingSession, form, name)
  return (
    <>
      <PlacePicker {...text('place')} value={values.place} required onChange={(place) => form.set('place', place)} />
      <div class="session-when">
        <DayField
          {...text('heldOn')}
          today={dayOfInstant(Date.now())}
          value={values.heldOn as Day | undefined}
          required
          onChange={(day) => form.set('heldOn', day)}
        />
        <TimeField {...text('startsAt')} value={values.startsAt} onChange={(time) => form.set('startsAt', time)} />
        <TimeField {...text('endsAt')} value={values.endsAt} onChange={(time) => form.set('endsAt', time)} />
      </div>
      <ChipChoice
        {...text('audience')}
        hint={w('form.audienceHint')}
        options={names.items('gradeBand').map(({ code, label }) => ({ value: code, label }))}
        value={values.audience}
        onChange={(audience) => {
          const modules = withCurriculum(values, audience, curricula)
          form.fill({ audience, ...(modules && { modules }) })
        }}
      />
      <ModulesField
        text={text('modules')}
        values={values}
        curricula={curricula}
        onChange={(modules) => form.set('modules', modules)}
      />
      <TrainersField text={text('trainers')} values={values} onChange={(trainers) => form.set('trainers', trainers)} />
      <TextField
        {...text('title')}
        hint={w('form.titleHint')}
        optional
        maxLength={200}
        value={values.title ?? ''}
        onInput={(title) => form.set('title', title)}
      />
      <TextArea
        {...text('note')}
        optional
        maxLength={4000}
        value={values.note ?? ''}
        onInput={(note) => form.set('note', note)}
      />
    </>
  )
}
