import { useSignal } from '@preact/signals'
import { isProtected } from '#domain/complaint/case-rule.ts'
import { isDay } from '#domain/kernel/day.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { RecordId } from '#domain/kernel/id.ts'
import type { complaint } from '#domain/records/complaint.ts'
import { failureText } from '#src/i18n/failure.ts'
import { dayText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { CallList } from '#src/ui/call-list.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { CaseHistory } from './case/case-history.tsx'
import { CasePanel } from './case/case-panel.tsx'
import { Notes } from './case/notes.tsx'
import type { DeskNews } from './desk-state.ts'
import { KeyGate } from './gate.tsx'
import { Head } from './head.tsx'
import { summaryOf } from './open-parts.ts'
import { type ComplaintView, openComplaint } from './opening.ts'
import { Part } from './part.tsx'
import { isOpened } from './rows.ts'
import { Share } from './share.tsx'
import { opened } from './unlocked.ts'
import { w } from './words.ts'

/** One complaint: what was told, and what the desk does about it. */
export const ComplaintScreen = ({ id, news }: { id: RecordId; news: DeskNews }) => {
  const view = useRecord<typeof complaint>(id).value
  if (view === undefined) return <main class="page" id="content" />
  if (view === null)
    return (
      <main class="page" id="content">
        <EmptyState title={w('complaint.gone')} text={w('complaint.goneText')}>
          <Button href="/desk">{w('complaint.back')}</Button>
        </EmptyState>
      </main>
    )
  const { receivedOn } = view.values
  const parts = opened.value.get(id)
  const categories = isOpened(view, parts) ? summaryOf(parts).categories : null
  return (
    <main class="page" id="content">
      <Head
        title={w('complaint.title')}
        second={isDay(receivedOn) ? w('inbox.received', { day: dayText(receivedOn) }) : undefined}
        back="/desk"
      />
      <div class="desk-complaint">
        <div class="stack">
          <KeyGate news={news}>
            <Told view={view} />
          </KeyGate>
        </div>
        <div class="stack stack--wide desk-complaint__side">
          <CasePanel complaint={id} categories={categories} />
          <Notes complaint={id} />
          <CaseHistory complaint={id} />
        </div>
      </div>
    </main>
  )
}

const Told = ({ view }: { view: ComplaintView }) => {
  const { api, names } = useApp()
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const parts = opened.value.get(view.id)
  const open = async () => {
    if (pending.value) return
    pending.value = true
    const answer = await openComplaint(api, view)
    pending.value = false
    problem.value = answer.ok ? null : answer.failure
  }
  if (!isOpened(view, parts))
    return (
      <section class="desk-panel stack">
        <p class="muted">{w('complaint.openText')}</p>
        {problem.value && (
          <Notice tone="need">
            {problem.value.code === 'unavailable' ? w('offline') : failureText(problem.value)}
          </Notice>
        )}
        <div>
          <Button icon="mail-seal" pending={pending.value} onClick={() => void open()}>
            {w('complaint.open')}
          </Button>
        </div>
      </section>
    )
  const { category, categories, inDanger } = summaryOf(parts)
  const urgent = names.items('rightsCategory').find(({ code }) => code === category)?.urgent
  const lines = names.items('hotline')
  const marked = lines.filter((line) => line.urgent)
  return (
    <>
      {inDanger && <Notice tone="need" icon="alarm" title={w('complaint.danger')} />}
      {categories?.some(isProtected) && (
        <Notice tone="wait" title={w('rule.protected')}>
          {categories.includes('TORTURE') && w('rule.notify')}
        </Notice>
      )}
      {parts.map((one, at) => (
        <Part key={one.key} opened={one} at={at + 1} of={parts.length} />
      ))}
      <Share view={view} parts={parts} />
      {(inDanger || urgent) && (
        <CallList
          title={w('calls.title')}
          lines={marked.length > 0 ? marked : lines}
          call={w('calls.call')}
          callTo={(line) => w('calls.callTo', line)}
          none={w('calls.none')}
        />
      )}
    </>
  )
}
