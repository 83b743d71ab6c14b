import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { useServer } from '#src/session/use-server.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../account-words.ts'

interface SignIn {
  readonly tablet: string
  readonly signedInAt: number
  readonly seenAt: number
  readonly isHere: boolean
}

/** Where somebody is signed in, as the server knows it, and the way out of all but this one. */
export const SignIns = () => {
  const { api } = useApp()
  const asked = useServer<{ signIns: readonly SignIn[] }>('/api/sign-ins')
  const asking = useSignal(false)
  const failed = useSignal<Failure | null>(null)
  const all = asked.answer?.signIns ?? []
  const failure = failed.value ?? asked.failure
  const end = async () => {
    asking.value = false
    const answer = await api.post<void>('/api/sign-ins/end', {})
    failed.value = answer.ok ? null : answer.failure
    if (answer.ok) toast(w('signIns.ended'))
    asked.askAgain()
  }
  return (
    <div class="stack stack--tight">
      {!asked.answer && asked.asking && <p class="muted">{w('signIns.asking')}</p>}
      {failure && (
        <Notice tone={failed.value ? 'need' : 'info'} alert={failed.value !== null}>
          <p>{failureText(failure)}</p>
        </Notice>
      )}
      <List label={w('signIns.title')}>
        {all.map((one) => (
          <ListRow
            key={`${one.signedInAt} ${one.tablet}`}
            plain={!one.isHere}
            title={one.isHere ? w('signIns.here', { name: one.tablet }) : one.tablet}
            second={
              <span>{w('signIns.since', { time: momentText(one.signedInAt), seen: momentText(one.seenAt) })}</span>
            }
          />
        ))}
      </List>
      {asked.answer && all.every(({ isHere }) => isHere) && <p class="muted">{w('signIns.alone')}</p>}
      {all.some(({ isHere }) => !isHere) && (
        <div>
          <Button variant="danger" icon="log-out" onClick={() => into(asking)(true)}>
            {w('signIns.end')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asking.value}
        title={w('signIns.endAsk')}
        confirm={w('signIns.end')}
        danger
        onConfirm={() => void end()}
        onClose={() => into(asking)(false)}
      >
        <p>{w('signIns.endText')}</p>
      </ConfirmDialog>
    </div>
  )
}
