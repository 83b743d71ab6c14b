import { useSignal } from '@preact/signals'
import { failureText } from '#src/i18n/failure.ts'
import { fieldLabel, kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { HeldChange } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../account-words.ts'
import { mendPath } from './mend-path.ts'

/** What the server did not take, each with its reason and the way to mend it. */
export const HeldChanges = () => {
  const { store } = useApp()
  const held = store.held.value
  if (held.length === 0) return null
  return (
    <section class="stack stack--tight">
      <h2>{w('safety.held', { n: held.length })}</h2>
      {held.map((change) => (
        <HeldNotice key={change.n} change={change} />
      ))}
    </section>
  )
}

const HeldNotice = ({ change }: { change: HeldChange }) => {
  const { store, session } = useApp()
  const asking = useSignal(false)
  const { failure } = change
  const drop = async () => {
    asking.value = false
    const { n, kind, record, base } = change
    const saved = await store.save({ kind, record, base, set: {}, replaces: n, author: session.person.peek()!.id })
    if (!saved.ok) toast(failureText(saved.failure.failure))
  }
  return (
    <Notice tone="need" title={kindName(change.kind)}>
      <p>
        {failureText(failure)}
        {failure.field && ` (${fieldLabel(change.kind, failure.field)})`}
      </p>
      <div class="cluster">
        <Button size="small" variant="need" href={mendPath(change)}>
          {w('safety.mend')}
        </Button>
        <Button size="small" variant="quiet" onClick={() => into(asking)(true)}>
          {w('safety.drop')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking.value}
        title={w('safety.dropAsk')}
        confirm={w('safety.drop')}
        danger
        onConfirm={drop}
        onClose={() => into(asking)(false)}
      >
        <p>{w('safety.dropText')}</p>
      </ConfirmDialog>
    </Notice>
  )
}
