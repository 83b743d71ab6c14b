import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { intakeSteps } from '#domain/complaint/content.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t, timeText } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { Dock } from '#src/ui/dock.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Stepper } from '#src/ui/stepper.tsx'
import { putAside } from './current.ts'
import type { Intake } from './intake.ts'
import { noticeVersion, stepScreens } from './steps.tsx'
import { w } from './words.ts'
import './complaint.css'

/** The guided path: one question a screen. */
export const IntakeScreen = ({ intake }: { intake: Intake }) => {
  const at = useSignal(0)
  const tried = useSignal(false)
  const pending = useSignal(false)
  const problem = useSignal<Failure | 'unknown' | null>(null)
  const question = useRef<HTMLHeadingElement>(null)
  const step = intakeSteps[at.value]!
  const answers = intake.answers.value
  const Questions = stepScreens[step]
  const isLast = step === 'consent'
  const agreed = answers.consentToSend === true && answers.consentSensitive === true

  useEffect(() => {
    scrollTo(0, 0)
    question.current?.focus({ preventScroll: true })
  }, [step])

  const back = () => {
    if (at.value > 0) at.value -= 1
    else void putAside()
  }
  const seal = async () => {
    tried.value = true
    if (!agreed || pending.value) return
    pending.value = true
    problem.value = null
    try {
      const sealed = await intake.submit()
      if (!sealed.ok) problem.value = sealed.failure
    } catch {
      problem.value = 'unknown'
    } finally {
      pending.value = false
    }
  }
  const next = () => {
    if (step === 'notice') intake.set('noticeVersion', noticeVersion)
    if (isLast) void seal()
    else at.value += 1
  }

  return (
    // Browsers keep what was typed in their session files, unless the form says no.
    <form
      class="screen intake screen-only"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        next()
      }}
    >
      <main class="page" id="content">
        <header class="intake__bar">
          <IconButton class="intake__back" icon="arrow-left" label={t('back')} onClick={back} />
          <p class="intake__at muted">{w('step.of', { n: at.value + 1, of: intakeSteps.length })}</p>
          <p class="intake__kept small muted" role="status">
            {intake.keptAt.value !== null && (
              <>
                <Icon name="lock" size={20} />
                {w('keptSealed', { time: timeText(intake.keptAt.value) })}
              </>
            )}
          </p>
        </header>
        <Stepper at={at.value + 1} of={intakeSteps.length} hideWords />
        <div class="intake__question">
          <h1 class="question" ref={question} tabIndex={-1}>
            {w(`${step}.question`)}
          </h1>
          {step !== 'notice' && <p class="muted">{w(`${step}.lead`)}</p>}
        </div>
        <div class="stack">
          {intake.unkept.value && <Notice tone="wait">{w('notKept')}</Notice>}
          <Questions intake={intake} answers={answers} tried={tried.value} />
          {problem.value && (
            <Notice tone="need" alert title={w('failed')}>
              {problem.value !== 'unknown' && failureText(problem.value)}
            </Notice>
          )}
          {!isLast && (
            <p class="intake__lock small muted">
              <Icon name="lock" />
              <span>{w('lock')}</span>
            </p>
          )}
        </div>
      </main>
      <Dock>
        <Button variant="line" onClick={() => void putAside()}>
          {w('keep')}
        </Button>
        <Button
          type="submit"
          size="big"
          notYet={isLast && !agreed}
          pending={pending.value}
          {...(isLast ? { icon: 'mail-seal' as const } : { iconEnd: 'arrow-right' as const })}
        >
          {isLast ? w('consent.seal') : step === 'notice' ? w('notice.read') : w('next')}
        </Button>
      </Dock>
    </form>
  )
}
