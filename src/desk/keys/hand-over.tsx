import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { ok } from '#domain/kernel/result.ts'
import { complaintCase } from '#domain/records/case.ts'
import { complaint } from '#domain/records/complaint.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type ComplaintView, openComplaint } from '../opening.ts'
import { type CaseView, caseId, isOpened } from '../rows.ts'
import { type Sealing, sealAgain } from '../seal-again.ts'
import { opened, unlocked } from '../unlocked.ts'
import { w } from '../words.ts'

interface Progress {
  readonly state: 'running' | 'stopped' | 'ended'
  /** Complaints gone through. */
  readonly n: number
  /** Envelopes and notes that were sealed again. */
  readonly sealed: number
  /** Complaints with something that this key does not open. */
  readonly closed: number
}

/**
 * Goes through every complaint and seals what was sealed to an older list again, notes too. What is done is saved one complaint after another, so
 * it can be stopped and taken up at any time.
 */
export const HandOver = ({ list }: { list: DeskList }) => {
  const { api, store, session, syncNow } = useApp()
  const complaints = useRecords(complaint).value
  const cases = useRecords(complaintCase).value
  const progress = useSignal<Progress | null>(null)
  const problem = useSignal<Failure | null>(null)
  const stop = () => {
    if (progress.peek()?.state === 'running') progress.value = { ...progress.peek()!, state: 'stopped' }
  }
  useEffect(() => stop, [])
  if (!unlocked.value || list.number === 1 || !complaints?.length || !cases) return null

  const run = async () => {
    const person = session.person.peek()
    if (progress.peek()?.state === 'running' || !person) return
    problem.value = null
    progress.value = { state: 'running', n: 0, sealed: 0, closed: 0 }
    const caseById = new Map(cases.map((one) => [one.id as string, one]))
    for (const view of complaints) {
      const member = unlocked.peek()
      if (progress.peek()?.state !== 'running' || !member) break
      const done = await handOver(view, caseById.get(caseId(view.id)), {
        store,
        author: person.id,
        identity: member.identity,
        list,
      })
      if (!done.ok) {
        problem.value = done.failure
        break
      }
      const { state, n, sealed, closed } = progress.peek()!
      progress.value = { state, n: n + 1, sealed: sealed + done.value.sealed, closed: closed + done.value.closed }
    }
    const isWhole = progress.peek()!.n === complaints.length
    progress.value = { ...progress.peek()!, state: isWhole ? 'ended' : 'stopped' }
    syncNow()
  }
  const handOver = async (view: ComplaintView, caseView: CaseView | undefined, sealing: Sealing) => {
    if (!isOpened(view, opened.peek().get(view.id))) {
      const answer = await openComplaint(api, view)
      if (!answer.ok) return answer
    }
    const parts = opened.peek().get(view.id) ?? []
    const again = await sealAgain(sealing, { view, parts, caseView })
    const isClosed = parts.some(({ state }) => state === 'not-for-you')
    return again.ok ? ok({ sealed: again.value, closed: isClosed ? 1 : 0 }) : again
  }
  const { value: now } = progress
  return (
    <section class="desk-panel stack">
      <h2>{w('keys.handOver.title')}</h2>
      <p class="muted">{w('keys.handOver.text')}</p>
      {problem.value && (
        <Notice tone="need">{problem.value.code === 'unavailable' ? w('offline') : failureText(problem.value)}</Notice>
      )}
      {now && (
        <div role="status">
          <progress max={complaints.length} value={now.n} aria-label={w('keys.handOver.title')} />
          <p>{w('keys.handOver.progress', { n: now.n, of: complaints.length, sealed: now.sealed })}</p>
          {now.state === 'ended' && now.closed > 0 && (
            <p class="desk-late">{w('keys.handOver.closed', { n: now.closed })}</p>
          )}
          {now.state === 'ended' && now.closed === 0 && <p class="strong">{w('keys.handOver.done')}</p>}
        </div>
      )}
      <div>
        {now?.state === 'running' ? (
          <Button variant="line" onClick={stop}>
            {w('keys.handOver.stop')}
          </Button>
        ) : (
          <Button variant="line" icon="users" onClick={() => void run()}>
            {w(now?.state === 'stopped' ? 'keys.handOver.goOn' : 'keys.handOver.start')}
          </Button>
        )}
      </div>
    </section>
  )
}
