import { useSignal } from '@preact/signals'
import type { Change } from '#domain/change.ts'
import { type Failure, isFailureCode } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { momentText } from '#src/i18n/index.ts'
import { fieldLabel, kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { reasonText, ServerNews } from '../server-news.tsx'
import { useServer } from '../use-server.ts'
import { w } from '../words.ts'

interface Held {
  readonly device: string
  readonly deviceName: string
  readonly n: number
  readonly author: string | null
  readonly code: string
  readonly field: string | null
  readonly receivedAt: number
  /** Null when the server could not read it. */
  readonly change: Change | null
}

/** What the server could not take, of all devices. Nothing is thrown away: a person mends it on the tablet, or drops it here. */
export const HeldEverywhere = () => {
  const { api } = useApp()
  useTitle(w('hub.held'))
  const asked = useServer<{ held: readonly Held[] }>('/api/held')
  const dropping = useSignal<Held | null>(null)
  const failed = useSignal<Failure | null>(null)
  const drop = async () => {
    const one = dropping.peek()
    dropping.value = null
    if (!one) return
    const answer = await api.post<void>(`/api/held/${one.device}/${one.n}/drop`, {})
    failed.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    toast(w('held.dropped'))
    asked.askAgain()
  }
  return (
    <main class="page stack" id="content">
      <TopBar title={w('hub.held')} back="/admin" />
      <p class="muted">{w('held.lead')}</p>
      <ServerNews asked={asked} />
      {!asked.answer && asked.asking && <p class="muted">{w('server.asking')}</p>}
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      {asked.answer?.held.length === 0 && <EmptyState title={w('held.none')} text={w('held.noneText')} />}
      {(asked.answer?.held ?? []).map((one) => (
        <HeldOne key={`${one.device} ${one.n}`} held={one} onDrop={() => into(dropping)(one)} />
      ))}
      <ConfirmDialog
        open={dropping.value !== null}
        title={w('held.dropAsk')}
        confirm={w('held.drop')}
        danger
        onConfirm={() => void drop()}
        onClose={() => into(dropping)(null)}
      >
        <p>{w('held.dropText')}</p>
      </ConfirmDialog>
    </main>
  )
}

const HeldOne = ({ held, onDrop }: { held: Held; onDrop: () => void }) => {
  const { names } = useApp()
  const { change, code, field } = held
  const fields = Object.keys(change?.set ?? {})
  return (
    <Notice
      tone="need"
      title={change ? kindName(change.kind) : w('held.unreadable')}
      action={
        <Button variant="need" size="small" onClick={onDrop}>
          {w('held.drop')}
        </Button>
      }
    >
      <p>
        {isFailureCode(code) ? failureText({ code }) : code}
        {field && ` (${change ? fieldLabel(change.kind, field) : field})`}
      </p>
      <p class="small muted">
        {[held.author && names.staffName(held.author), held.deviceName, momentText(held.receivedAt)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {change && fields.length > 0 && (
        <p class="small muted">
          {w('held.fields', { fields: fields.map((one) => fieldLabel(change.kind, one)).join(' · ') })}
        </p>
      )}
    </Notice>
  )
}
