import { useSignal } from '@preact/signals'
import { recipientsOf } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import type { DeskNews } from './desk-state.ts'
import type { OpenedPart } from './open-parts.ts'
import type { ComplaintView } from './opening.ts'
import { noteOpened } from './unlocked.ts'
import { w } from './words.ts'

/** An envelope that was sealed to an older list is sealed again for everybody who is on it now. The log keeps the first one. */
export const Share = (props: { view: ComplaintView; parts: readonly OpenedPart[]; news: DeskNews }) => {
  const { store, session, syncNow } = useApp()
  const { view, parts } = props
  const { list } = props.news
  const pending = useSignal(false)
  const problem = useSignal<Failure | null>(null)
  const older = list ? parts.filter((one) => one.state === 'open' && one.part.list < list.number) : []
  if (!list || older.length === 0) return null

  const share = async () => {
    const person = session.person.peek()
    if (pending.value || !person) return
    pending.value = true
    const { seal } = await import('#src/vault/seal.ts')
    const again = await Promise.all(
      parts.map(async (one) => {
        if (one.state !== 'open' || one.part.list >= list.number) return { one, envelope: null }
        const part = { ...one.part, list: list.number }
        return { one: { ...one, part }, envelope: await seal(JSON.stringify(part), recipientsOf(list)) }
      }),
    )
    const altered = again.flatMap(({ one, envelope }) =>
      envelope === null ? [] : [[one.key, { on: true, envelope, size: envelope.length }] as const],
    )
    const saved = await store.save({
      kind: 'complaint',
      record: view.id,
      base: view.base,
      set: { parts: Object.fromEntries(altered) },
      author: person.id,
      named: true,
    })
    pending.value = false
    if (!saved.ok) {
      problem.value = saved.failure.failure
      return
    }
    noteOpened(
      view.id,
      again.map(({ one }) => one),
    )
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
