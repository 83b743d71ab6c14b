import type { ComponentType } from 'preact'
import {
  answeredSteps,
  type IntakeAnswers,
  type IntakeStep,
  identityModes,
  intakeSteps,
  longest,
  safetyAnswers,
} from '#domain/complaint/content.ts'
import { useApp } from '#src/session/context.ts'
import { Checkbox } from '#src/ui/checkbox.tsx'
import { ChipChoice } from '#src/ui/chips.tsx'
import { ChoiceTiles } from '#src/ui/choice-tiles.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { Calls } from './calls.tsx'
import type { Intake } from './intake.ts'
import { TickedSteps } from './ticked-steps.tsx'
import { w } from './words.ts'

/** Raised whenever the words of the notice alter, so that a complaint says which of them were read out. */
export const noticeVersion = '2026-12'

interface StepProps {
  intake: Intake
  answers: IntakeAnswers
  /** The person has pressed "seal" once. */
  tried: boolean
}

type LineName = 'name' | 'contact' | 'safeContact' | 'language' | 'where' | 'when' | 'respondent'

const line = ({ intake, answers }: StepProps, name: LineName, label: string, hint?: string) => (
  <TextField
    id={`intake-${name}`}
    label={label}
    hint={hint}
    value={answers[name] ?? ''}
    maxLength={longest.line}
    onInput={(text) => intake.set(name, text)}
  />
)

const story = ({ intake, answers }: StepProps, name: 'what' | 'wish', rows: number) => (
  <TextArea
    id={`intake-${name}`}
    label={w(`${name}.label`)}
    hideLabel
    rows={rows}
    maxLength={longest.text}
    value={answers[name] ?? ''}
    onInput={(text) => intake.set(name, text)}
  />
)

const Safety = ({ intake, answers }: StepProps) => (
  <>
    {intake.tickedBefore.length > 0 && (
      <Notice icon="mail-seal">
        <p>{w('interrupted.goOnHint')}</p>
        <TickedSteps ticked={intake.tickedBefore} />
      </Notice>
    )}
    <ChoiceTiles
      id="intake-safety"
      label={w('safety.question')}
      hideLabel
      options={safetyAnswers.map((value) => ({ value, label: w(`safety.${value}`) }))}
      value={answers.safety}
      onChange={(value) => intake.set('safety', value)}
    />
    {answers.safety === 'unsafe' && <Calls urgent />}
  </>
)

const sections = ['purpose', 'readers', 'kept', 'rights', 'limits'] as const

const TheNotice = () => (
  <dl class="notice-text">
    {sections.map((name) => (
      <div key={name}>
        <dt>{w(`notice.${name}`)}</dt>
        <dd>{w(`notice.${name}Text`)}</dd>
      </div>
    ))}
  </dl>
)

const Who = (props: StepProps) => {
  const { intake, answers } = props
  const named = answers.mode === 'named' || answers.mode === 'confidential'
  return (
    <>
      <ChoiceTiles
        id="intake-mode"
        label={w('who.question')}
        hideLabel
        options={identityModes.map((value) => ({ value, label: w(`who.${value}`), hint: w(`who.${value}Hint`) }))}
        value={answers.mode}
        onChange={(mode) => {
          intake.set('mode', mode)
          if (mode === 'anonymous') for (const name of ['name', 'contact'] as const) intake.set(name, '')
        }}
      />
      {named && (
        <>
          {line(props, 'name', w('who.name'))}
          {line(props, 'contact', w('who.contact'))}
        </>
      )}
      {answers.mode && line(props, 'safeContact', w('who.safeContact'), w('who.safeContactHint'))}
      {answers.mode && line(props, 'language', w('who.language'), w('who.languageHint'))}
    </>
  )
}

const What = (props: StepProps) => story(props, 'what', 10)
const Wish = (props: StepProps) => story(props, 'wish', 5)

const Where = (props: StepProps) => {
  const { names } = useApp()
  return (
    <>
      <SelectField
        id="intake-district"
        label={w('where.district')}
        placeholder={w('where.districtNone')}
        options={names.items('district').map(({ code, label }) => ({ value: code, label }))}
        value={props.answers.district ?? ''}
        onChange={(code) => props.intake.set('district', code)}
      />
      {line(props, 'where', w('where.place'), w('where.placeHint'))}
      {line(props, 'when', w('where.when'), w('where.whenHint'))}
      {line(props, 'respondent', w('where.respondent'))}
    </>
  )
}

const Category = ({ intake, answers }: StepProps) => {
  const { names } = useApp()
  const categories = names.items('rightsCategory')
  const urgent = categories.find(({ code }) => code === answers.category)?.urgent
  return (
    <>
      {urgent && <Calls urgent title={w('category.urgent')} />}
      <ChipChoice
        id="intake-category"
        label={w('category.label')}
        hideLabel
        options={categories.map(({ code, label }) => ({ value: code, label }))}
        value={answers.category}
        onChange={(code) => intake.set('category', code)}
      />
    </>
  )
}

const Consent = ({ intake, answers, tried }: StepProps) => {
  const asked = intakeSteps.filter((step) => step !== 'consent')
  const answered = answeredSteps(answers).filter((step) => step !== 'consent').length
  const missing = (given: boolean | undefined) => (tried && !given ? w('consent.needed') : undefined)
  return (
    <>
      <Checkbox
        id="intake-consent-send"
        label={w('consent.send')}
        hint={w('consent.sendHint')}
        checked={answers.consentToSend ?? false}
        error={missing(answers.consentToSend)}
        onChange={(checked) => intake.set('consentToSend', checked || undefined)}
      />
      <Checkbox
        id="intake-consent-sensitive"
        label={w('consent.sensitive')}
        hint={w('consent.sensitiveHint')}
        checked={answers.consentSensitive ?? false}
        error={missing(answers.consentSensitive)}
        onChange={(checked) => intake.set('consentSensitive', checked || undefined)}
      />
      <p class="muted small">{w('consent.answered', { n: answered, of: asked.length })}</p>
      {answers.safety === 'unsafe' && <Calls urgent />}
    </>
  )
}

export const stepScreens: Readonly<Record<IntakeStep, ComponentType<StepProps>>> = {
  safety: Safety,
  notice: TheNotice,
  who: Who,
  what: What,
  where: Where,
  category: Category,
  wish: Wish,
  consent: Consent,
}
