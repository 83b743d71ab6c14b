import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import type { complaintCase } from '#domain/records/case.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { useRecord } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { useDeskList } from './desk-state.ts'
import type { OpenedPart } from './open-parts.ts'
import type { ComplaintView } from './opening.ts'
import { caseId } from './rows.ts'
import { olderParts, sealAgain } from './seal-again.ts'
import { unlocked } from './unlocked.ts'
import { w } from './words.ts'

/** One complaint that was sealed to an older list is sealed again for everybody who is on it now, with its notes. */
export const Share = ({ view, parts }: { view: ComplaintView; parts: readonly OpenedPart[] }) => {
  const { store, session, syncNow } = useApp()
  const list = useDeskList()
  const caseView = useRecord<typeof complaintCase>(caseId(view.id)).value
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  if (!list || olderParts(parts, list).length === 0) return null

  const share = async () => {
    const person = session.person.peek()
    const member = unlocked.peek()
    if (pending.value || !person || !member || caseView === undefined) return
    pending.value = true
    const sealing = { store, author: person.id, identity: member.identity, list }
    const sealed = await sealAgain(sealing, { view, parts, caseView: caseView ?? undefined })
    pending.value = false
    problem.value = sealed.ok ? null : sealed.failure
    if (!sealed.ok) return
    syncNow()
    toast(w('complaint.shared'))
  }
  return (
    <section class="desk-panel stack">
      <p class="muted">{w('complaint.shareText')}</p>
      {problem.value && <Notice tone="need">{failureText(problem.value)}</Notice>}
      <div>
        <Button variant="line" icon="users" pending={pending.value} onClick={() => void share()}>
          {w('complaint.share')}
        </Button>
      </div>
    </section>
  )
}
