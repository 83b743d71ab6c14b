import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { reasonText } from '../server-news.tsx'
import { w } from '../words.ts'
import type { Device } from './device.ts'
import { Revoke } from './revoke.tsx'

/** A tablet of before there was enrolment: it takes captures, admits nobody, and waits for a code of its own. */
export const OldDevice = (props: { device: Device; own: boolean; onDone: () => void }) => {
  const { api } = useApp()
  const { device } = props
  const name = useSignal(device.name)
  const failed = useSignal<Failure | null>(null)
  const revoking = useSignal(false)
  const save = async () => {
    if (name.peek().trim() === '') return
    const answer = await api.post<void>(`/api/devices/${device.id}`, { name: name.peek().trim() })
    if (answer.ok) {
      toast(t('saved'))
      props.onDone()
    } else failed.value = answer.failure
  }
  const empty = name.value.trim() === ''
  return (
    <div class="stack">
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      <p>{w('devices.oldText')}</p>
      <TextField
        id="device-name"
        label={w('devices.name')}
        value={name.value}
        maxLength={60}
        error={empty ? t('errors.required') : undefined}
        onInput={into(name)}
      />
      <div class="cluster">
        <Button notYet={empty} onClick={() => void save()}>
          {t('save')}
        </Button>
        {device.revokedAt === null && !props.own && (
          <Button variant="danger" icon="lock" onClick={() => into(revoking)(true)}>
            {w('devices.revoke')}
          </Button>
        )}
      </div>
      <p class="small muted">{w('devices.number', { id: device.id })}</p>
      <Revoke device={revoking.value ? device : null} onClose={() => into(revoking)(false)} onDone={props.onDone} />
    </div>
  )
}
