import { useSignal } from '@preact/signals'
import { daysLate } from '#domain/complaint/case-state.ts'
import { type Day, dayOfInstant, isDay } from '#domain/kernel/day.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { complaintCase } from '#domain/records/case.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { SafetyBadge } from '#src/ui/safety-badge.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { caseId } from '../rows.ts'
import { w } from '../words.ts'

/** State and next date: clear, so that deadlines can be watched without opening anything. */
export const CasePanel = ({ complaint }: { complaint: RecordId }) => {
  const { store, session, names, syncNow } = useApp()
  const id = caseId(complaint)
  const view = useRecord<typeof complaintCase>(id).value
  const edited = useSignal<{ state?: string; nextOn?: Day | null }>({})
  const problem = useSignal<Failure | null>(null)
  const tried = useSignal(false)
  const today = dayOfInstant(Date.now())
  const stored = view?.values.nextOn
  const state = edited.value.state ?? view?.values.state ?? 'received'
  const nextOn = edited.value.nextOn === undefined ? (isDay(stored) ? stored : undefined) : edited.value.nextOn
  const late = daysLate(nextOn ?? undefined, state, today)
  const save = async (event: Event) => {
    event.preventDefault()
    tried.value = true
    if (view === undefined || Object.keys(edited.value).length === 0) return
    const saved = await store.save({
      kind: 'case',
      record: id,
      base: view?.base ?? null,
      set: view ? { ...edited.value } : { complaint, state, ...edited.value },
      author: session.person.peek()!.id,
    })
    problem.value = saved.ok ? null : saved.failure.failure
    if (!saved.ok) return
    edited.value = {}
    syncNow()
    toast(w('case.saved'))
  }
  return (
    <form class="stack ruled" onSubmit={(event) => void save(event)}>
      <div class="spread">
        <h2>{w('case.title')}</h2>
        {view && <SafetyBadge state={view.safety} />}
      </div>
      {late > 0 && <Notice tone="need">{w('inbox.lateBy', { n: late })}</Notice>}
      <SelectField
        id="case-state"
        label={w('case.state')}
        options={names.items('complaintStatus').map(({ code, label }) => ({ value: code, label }))}
        value={state}
        onChange={(code) => {
          edited.value = { ...edited.value, state: code }
        }}
      />
      <DayField
        id="case-next"
        label={w('case.nextOn')}
        hint={w('case.nextHint')}
        today={today}
        value={nextOn ?? undefined}
        onChange={(day) => {
          edited.value = { ...edited.value, nextOn: day ?? null }
        }}
      />
      {problem.value && <Notice tone="need">{failureText(problem.value)}</Notice>}
      <div>
        <Button type="submit" notYet={Object.keys(edited.value).length === 0}>
          {w('case.save')}
        </Button>
        <span class="visually-hidden" role="status">
          {tried.value && Object.keys(edited.value).length === 0 ? t('saved') : ''}
        </span>
      </div>
    </form>
  )
}
