import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { useApp } from '#src/session/context.ts'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { reasonText } from '../server-news.tsx'
import { w } from '../words.ts'
import type { Device } from './device.ts'

/** Asks, and shuts a tablet out; null while nobody wants to. */
export const Revoke = (props: { device: Device | null; onClose: () => void; onDone: () => void }) => {
  const { api } = useApp()
  const failed = useSignal<Failure | null>(null)
  const { device } = props
  const revoke = async () => {
    if (!device) return
    props.onClose()
    const answer = await api.post<void>(`/api/devices/${device.id}/revoke`, {})
    failed.value = answer.ok ? null : answer.failure
    if (answer.ok) toast(w('devices.revoked', { name: device.name }))
    props.onDone()
  }
  return (
    <>
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      <ConfirmDialog
        open={device !== null}
        title={w('devices.revokeAsk', { name: device?.name ?? '' })}
        confirm={w('devices.revoke')}
        danger
        onConfirm={() => void revoke()}
        onClose={props.onClose}
      >
        <p>{w('devices.revokeText')}</p>
      </ConfirmDialog>
    </>
  )
}
