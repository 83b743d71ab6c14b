import { useSignal } from '@preact/signals'
import { decideUntil, type InterruptedIntake, intakeDraft } from '#domain/complaint/interrupted.ts'
import type { Day } from '#domain/kernel/day.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { dayText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Checkbox } from '#src/ui/checkbox.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { sendInterrupted } from './intake.ts'
import { interrupted, refreshInterrupted } from './interrupted.ts'
import { intakePorts } from './ports.ts'
import { TickedSteps } from './ticked-steps.tsx'
import { w } from './words.ts'

/** Sittings that were broken off: which questions were answered, nothing of what was said, and three choices. */
export const InterruptedList = ({ onContinue }: { onContinue: (intake: InterruptedIntake) => void }) => (
  <>
    {(interrupted.value ?? []).map((intake) => (
      <Interrupted key={intake.record} intake={intake} onContinue={() => onContinue(intake)} />
    ))}
  </>
)

/** A day that no line breaks in two. */
const unbroken = (day: Day) => dayText(day).replaceAll(' ', '\u00a0')

const Interrupted = ({ intake, onContinue }: { intake: InterruptedIntake; onContinue: () => void }) => {
  const { store } = useApp()
  const asking = useSignal<'nothing' | 'send' | 'destroy'>('nothing')
  const ticked = [...new Set(intake.parts.flatMap((part) => part.ticked))]
  const close = () => {
    asking.value = 'nothing'
  }
  const destroy = async () => {
    close()
    await store.draft(intakeDraft(intake.record)).discard()
    await refreshInterrupted(store)
    toast(w('interrupted.destroyed'))
  }
  return (
    <Notice tone="wait" icon="mail-seal" title={w('interrupted.title')}>
      <div class="stack">
        <p>{w('interrupted.text', { day: unbroken(intake.startedOn), until: unbroken(decideUntil(intake)) })}</p>
        <TickedSteps ticked={ticked} />
        {intake.parts.length > 1 && <p class="small muted">{w('interrupted.sittings', { n: intake.parts.length })}</p>}
        <div class="cluster">
          <Button onClick={onContinue}>{w('interrupted.goOn')}</Button>
          <Button
            variant="line"
            onClick={() => {
              asking.value = 'send'
            }}
          >
            {w('interrupted.send')}
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              asking.value = 'destroy'
            }}
          >
            {w('interrupted.destroy')}
          </Button>
        </div>
        <p class="small muted">{w('interrupted.goOnHint')}</p>
      </div>
      <ConfirmDialog
        open={asking.value === 'destroy'}
        title={w('interrupted.destroyAsk')}
        confirm={w('interrupted.destroy')}
        cancel={w('interrupted.keep')}
        danger
        onConfirm={() => void destroy()}
        onClose={close}
      >
        <p>{w('interrupted.destroyText')}</p>
      </ConfirmDialog>
      {asking.value === 'send' && <SendAsItIs intake={intake} onClose={close} />}
    </Notice>
  )
}

/** Consent was not given, or is not known: it is asked again before anything is sent. */
const SendAsItIs = ({ intake, onClose }: { intake: InterruptedIntake; onClose: () => void }) => {
  const app = useApp()
  const send = useSignal(false)
  const sensitive = useSignal(false)
  const tried = useSignal(false)
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const confirm = async () => {
    tried.value = true
    const ports = intakePorts(app)
    if (!send.value || !sensitive.value || !ports) return
    pending.value = true
    const sent = await sendInterrupted(ports, intake)
    pending.value = false
    if (!sent.ok) {
      problem.value = sent.failure
      return
    }
    onClose()
    await refreshInterrupted(app.store)
    toast(w('interrupted.sent'))
  }
  const missing = (given: boolean) => (tried.value && !given ? w('consent.needed') : undefined)
  return (
    <ConfirmDialog
      open
      title={w('interrupted.sendAsk')}
      confirm={w('interrupted.send')}
      cancel={w('interrupted.keep')}
      pending={pending.value}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <div class="stack">
        <p>{w('interrupted.sendText')}</p>
        <Checkbox
          id={`send-${intake.record}`}
          label={w('consent.send')}
          hint={w('consent.sendHint')}
          checked={send.value}
          error={missing(send.value)}
          onChange={(checked) => {
            send.value = checked
          }}
        />
        <Checkbox
          id={`sensitive-${intake.record}`}
          label={w('consent.sensitive')}
          hint={w('consent.sensitiveHint')}
          checked={sensitive.value}
          error={missing(sensitive.value)}
          onChange={(checked) => {
            sensitive.value = checked
          }}
        />
        {problem.value && <Notice tone="need">{failureText(problem.value)}</Notice>}
      </div>
    </ConfirmDialog>
  )
}
