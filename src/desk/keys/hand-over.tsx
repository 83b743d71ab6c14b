import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { complaintCase } from '#domain/records/case.ts'
import { complaint } from '#domain/records/complaint.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { openComplaint } from '../opening.ts'
import { caseId, isOpened } from '../rows.ts'
import { sealAgain } from '../seal-again.ts'
import { opened, unlocked } from '../unlocked.ts'
import { w } from '../words.ts'

interface Progress {
  /** Complaints gone through, of how many. */
  readonly n: number
  readonly of: number
  /** Envelopes and notes that were sealed again. */
  readonly sealed: number
  /** Complaints with something that this key does not open. */
  readonly closed: number
  readonly ended: boolean
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
  const running = useRef(false)
  useEffect(
    () => () => {
      running.current = false
    },
    [],
  )
  if (!unlocked.value || list.number === 1 || !complaints?.length || !cases) return null

  const run = async () => {
    const person = session.person.peek()
    if (running.current || !person) return
    running.current = true
    problem.value = null
    const caseById = new Map(cases.map((one) => [one.id as string, one]))
    let [sealed, closed] = [0, 0]
    for (const [at, view] of complaints.entries()) {
      progress.value = { n: at, of: complaints.length, sealed, closed, ended: false }
      const member = unlocked.peek()
      if (!running.current || !member) break
      if (!isOpened(view, opened.peek().get(view.id))) {
        const answer = await openComplaint(api, view)
        if (!answer.ok) {
          problem.value = answer.failure
          break
        }
      }
      const parts = opened.peek().get(view.id) ?? []
      const sealing = { store, author: person.id, identity: member.identity, list }
      const done = await sealAgain(sealing, { view, parts, caseView: caseById.get(caseId(view.id)) })
      if (!done.ok) {
        problem.value = done.failure
        break
      }
      sealed += done.value
      if (parts.some(({ state }) => state === 'not-for-you')) closed++
      if (at === complaints.length - 1)
        progress.value = { n: complaints.length, of: complaints.length, sealed, closed, ended: true }
    }
    running.current = false
    progress.value = progress.peek() && { ...progress.peek()!, sealed, closed }
    syncNow()
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
          <progress max={now.of} value={now.n} aria-label={w('keys.handOver.title')} />
          <p>{w('keys.handOver.progress', { n: now.n, of: now.of, sealed: now.sealed })}</p>
          {now.ended && now.closed > 0 && <p class="desk-late">{w('keys.handOver.closed', { n: now.closed })}</p>}
          {now.ended && now.closed === 0 && <p class="strong">{w('keys.handOver.done')}</p>}
        </div>
      )}
      <div>
        {running.current ? (
          <Button
            variant="line"
            onClick={() => {
              running.current = false
            }}
          >
            {w('keys.handOver.stop')}
          </Button>
        ) : (
          <Button variant="line" icon="users" onClick={() => void run()}>
            {w(now && !now.ended ? 'keys.handOver.goOn' : 'keys.handOver.start')}
          </Button>
        )}
      </div>
    </section>
  )
}
