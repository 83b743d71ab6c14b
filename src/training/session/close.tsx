import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { dayOfInstant, timeOfInstant } from '#domain/kernel/day.ts'
import { marksOf, presenceOf } from '#domain/training/marks.ts'
import { moduleRuns } from '#domain/training/session-times.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { fieldLabel, ruleText } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Dock } from '#src/ui/dock.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { NumberField } from '#src/ui/number-field.tsx'
import { TimeField } from '#src/ui/time-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { WithSession } from '../parts/gate.tsx'
import type { SessionView } from '../parts/types.ts'
import { useAuthor } from '../parts/use-author.ts'
import { moduleName, useCurricula } from '../parts/use-curricula.ts'
import { useKept } from '../parts/use-kept.ts'
import { useRoster } from '../parts/use-roster.ts'
import { useTitle } from '../parts/use-title.ts'
import { w } from '../words.ts'
import { type Closing, type ClosingWarning, closingSet, closingWarnings, minutesOf } from './close-plan.ts'
import { useStateChange } from './use-state-change.ts'

/** Ends a session: what really ran, and when it ended. Whoever has not left was there to the end. */
export const Close = (props: { id: string }) => {
  useTitle(w('close'))
  return <WithSession id={props.id}>{(session) => <CloseForm key={session.id} session={session} />}</WithSession>
}

const CloseForm = ({ session }: { session: SessionView }) => {
  const { store } = useApp()
  const { route } = useLocation()
  const author = useAuthor()
  const curricula = useCurricula()
  const { reopen } = useStateChange(session)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const { values } = session
  const kept = useKept<Closing>(`training-close-${session.id}`, { actual: {}, ...endNow(session) })
  const closing = kept.value
  const roster = useRoster(session).value ?? []
  const came = roster.filter(({ attendance }) => presenceOf(marksOf(attendance.values.marks)).arrived).length
  const runs = moduleRuns(values)
  const back = `/training/${session.id}`
  const close = async () => {
    setSaving(true)
    const edit = { kind: session.kind, record: session.id, base: session.base, set: closingSet(values, closing) }
    const saved = await store.save({ ...edit, author: author() })
    setSaving(false)
    if (!saved.ok) return setProblem(failureText(saved.failure.failure))
    await kept.clear()
    toast(w('closing.done'), { undo: reopen })
    route(back, true)
  }
  if (!kept.ready) return null

  return (
    <main class="screen" id="content">
      <div class="page stack">
        <TopBar close back={back} title={w('close')} />
        <p>{w('closing.lead', { n: came, of: roster.length })}</p>
        {problem && (
          <Notice tone="need" alert>
            {problem}
          </Notice>
        )}
        {closingWarnings(values, closing, came).map((warning) => (
          <Notice key={warning.is} tone="wait" icon="alert-circle">
            {warningText(warning)}
          </Notice>
        ))}
        <section class="stack">
          <h2>{w('closing.actual')}</h2>
          {runs.length === 0 && <p class="muted">{w('closing.noModules')}</p>}
          <div class="columns">
            {runs.map(({ code, plannedMinutes }) => (
              <NumberField
                key={code}
                id={`actual-${code}`}
                label={`${code} ${moduleName(code, curricula)}`}
                hint={w('closing.planned', { n: plannedMinutes })}
                value={minutesOf(values, closing, code) ?? undefined}
                max={600}
                suffix={w('minutes')}
                onChange={(minutes) => kept.set({ actual: { ...closing.actual, [code]: minutes ?? null } })}
              />
            ))}
          </div>
        </section>
        <TimeField
          id="endsAt"
          label={fieldLabel('training-session', 'endsAt')}
          value={closing.endsAt ?? values.endsAt}
          onChange={(endsAt) => endsAt && kept.set({ endsAt })}
        />
      </div>
      <Dock>
        <Button variant="line" href={back}>
          {t('cancel')}
        </Button>
        <Button size="big" icon="lock" pending={saving} onClick={close}>
          {w('closing.confirm')}
        </Button>
      </Dock>
    </main>
  )
}

/** On the day itself a session without a written end ends now. */
const endNow = ({ values }: SessionView): Pick<Closing, 'endsAt'> => {
  const now = Date.now()
  return !values.endsAt && values.heldOn === dayOfInstant(now) ? { endsAt: timeOfInstant(now) } : {}
}

const warningText = (warning: ClosingWarning): string => {
  if (warning.is === 'ends-after-start') return ruleText('training-session', warning.is)
  if (warning.is === 'nobody-came') return w('warn.nobodyCame')
  return w('warn.longer', { minutes: warning.minutes, of: warning.of })
}
