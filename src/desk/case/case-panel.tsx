import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Base, FieldSet } from '#domain/change.ts'
import { type CaseFault, caseFault } from '#domain/complaint/case-rule.ts'
import { hasEnded } from '#domain/complaint/case-state.ts'
import { longest } from '#domain/complaint/content.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { complaintCase } from '#domain/records/case.ts'
import { Conflicts } from '#src/capture/conflicts.tsx'
import { dirtyForms } from '#src/capture/dirty.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { SafetyBadge } from '#src/ui/safety-badge.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { toast } from '#src/ui/toast.tsx'
import { clearFacts } from '../clear-facts.ts'
import { useDeskList } from '../desk-state.ts'
import { caseId, faultIn } from '../rows.ts'
import { w } from '../words.ts'
import { comingTo, reasonGiven } from './decision.ts'
import { sealNote } from './seal-note.ts'

/** What a member is about to decide, on the case as it was when they began: what came since they have not seen. */
interface Deciding {
  readonly base: Base | null
  readonly state?: string
  readonly nextOn?: Day | null
  readonly reason?: string
}

interface CasePanelProps {
  complaint: RecordId
  /** What the complaint is about; null while it is not open here. */
  categories: readonly string[] | null
}

/** State and next date: clear, so that deadlines can be watched without opening anything. */
export const CasePanel = ({ complaint, categories }: CasePanelProps) => {
  const list = useDeskList()
  const { store, session, names, syncNow } = useApp()
  const id = caseId(complaint)
  const view = useRecord<typeof complaintCase>(id).value
  const deciding = useSignal<Deciding | null>(null)
  const problem = useSignal<Failure | null>(null)
  const tried = useSignal(false)
  const pending = useSignal(false)
  const title = useRef<HTMLHeadingElement>(null)
  const today = dayOfInstant(Date.now())
  const facts = clearFacts(view ?? undefined, today)
  const edited = deciding.value
  const state = edited?.state ?? facts.state
  const nextOn = edited?.nextOn === undefined ? facts.next : (edited.nextOn ?? undefined)
  const asksReason = hasEnded(state) && !reasonGiven(view, state)
  const isDirty = edited !== null
  useEffect(() => {
    const form = `${id}.decision`
    if (isDirty) dirtyForms.add(form)
    return () => dirtyForms.delete(form)
  }, [isDirty, id])

  const edit = (more: Omit<Deciding, 'base'>) => {
    deciding.value = { base: view?.base ?? null, ...deciding.peek(), ...more }
  }
  const faultOf = (wanted: string, hasReason: boolean): CaseFault | null =>
    hasEnded(wanted) && !hasReason ? 'no-reason' : caseFault({ state: wanted, categories, hasReason })
  const reason = (hasEnded(state) && edited?.reason?.trim()) || ''
  const decides = edited !== null && (edited.state !== undefined || reason !== '')
  const fault = decides ? faultOf(state, reason !== '' || reasonGiven(view, state)) : null
  const shownFault = tried.value ? fault : null

  const write = async (set: FieldSet, base: Base | null): Promise<boolean> => {
    const whole = view ? set : { complaint, ...set }
    const saved = await store.save({ kind: 'case', record: id, base, set: whole, author: session.person.peek()!.id })
    problem.value = saved.ok ? null : saved.failure.failure
    if (saved.ok) syncNow()
    return saved.ok
  }
  const save = async (event: Event) => {
    event.preventDefault()
    tried.value = true
    if (view === undefined || !edited || pending.value) return
    if (fault) {
      document.getElementById(fault === 'no-reason' ? 'case-reason' : 'case-state')?.focus()
      return
    }
    if (reason !== '' && !list) return
    pending.value = true
    const { notes: outdated, ...coming } = decides ? comingTo(view, state) : {}
    const author = session.person.peek()!.id
    const given = reason !== '' && list ? await sealNote(list, id, { text: reason, author, reasonFor: state }) : {}
    const notes = { ...(outdated as FieldSet), ...given }
    const saved = await write(
      {
        ...coming,
        ...(edited.nextOn !== undefined && { nextOn: edited.nextOn }),
        ...(Object.keys(notes).length > 0 && { notes }),
      },
      edited.base,
    )
    pending.value = false
    if (!saved) return
    deciding.value = null
    tried.value = false
    toast(w('case.saved'))
  }
  const settle = async (field: string, value: Json): Promise<boolean> => {
    const saved = await write(
      field === 'state' ? comingTo(view, value as string) : { [field]: value },
      view?.base ?? null,
    )
    // the choice that had the focus is about to go
    if (saved) title.current?.focus()
    return saved
  }
  const refusal = (field: string, value: Json): string | undefined => {
    if (field !== 'state' || typeof value !== 'string') return undefined
    const refused = faultOf(value, reasonGiven(view, value))
    return refused ? w(`rule.${refused}`) : undefined
  }
  const standing = faultIn(view ?? undefined, categories)
  return (
    <section class="stack ruled">
      <div class="spread">
        <h2 ref={title} tabIndex={-1}>
          {w('case.title')}
        </h2>
        {view && <SafetyBadge state={view.safety} />}
      </div>
      {view && <Conflicts record={view} mayAlter settle={settle} refusal={refusal} />}
      {standing && (
        <Notice tone="need" title={w(`rule.stands.${standing}`)}>
          {w(`rule.mend.${standing}`)}
        </Notice>
      )}
      {facts.late > 0 && <Notice tone="need">{w('inbox.lateBy', { n: facts.late })}</Notice>}
      <form class="stack" autocomplete="off" spellcheck={false} onSubmit={(event) => void save(event)}>
        <SelectField
          id="case-state"
          label={w('case.state')}
          options={names.items('complaintStatus').map(({ code, label }) => ({ value: code, label }))}
          value={state}
          error={shownFault && shownFault !== 'no-reason' ? w(`rule.${shownFault}`) : undefined}
          onChange={(code) => edit({ state: code })}
        />
        {(asksReason || edited?.reason !== undefined) && hasEnded(state) && (
          <TextArea
            id="case-reason"
            label={w('case.reason')}
            hint={w('case.reasonHint')}
            rows={3}
            required
            maxLength={longest.text}
            value={edited?.reason ?? ''}
            error={shownFault === 'no-reason' ? w('rule.no-reason') : undefined}
            onInput={(text) => edit({ reason: text })}
          />
        )}
        <DayField
          id="case-next"
          label={w('case.nextOn')}
          hint={w('case.nextHint')}
          today={today}
          value={nextOn}
          onChange={(day) => edit({ nextOn: day ?? null })}
        />
        {problem.value && <Notice tone="need">{failureText(problem.value)}</Notice>}
        <div>
          <Button type="submit" notYet={!edited} pending={pending.value}>
            {w('case.save')}
          </Button>
          <span class="visually-hidden" role="status">
            {tried.value && !edited ? t('saved') : ''}
          </span>
        </div>
      </form>
    </section>
  )
}
