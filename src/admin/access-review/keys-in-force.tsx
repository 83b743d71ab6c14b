import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { into } from '#src/ui/into.ts'
import { List, ListRow } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { reasonText } from '../server-news.tsx'
import { w } from '../words.ts'
import type { Key } from './doubt.ts'

/** Keys whose signatures count, of whom and on which tablet; each can be cut. */
export const KeysInForce = (props: {
  keys: readonly Key[]
  deviceName: (device: string) => string
  onCut: () => void
}) => {
  const { api, names } = useApp()
  const chosen = useSignal<Key | null>(null)
  const failed = useSignal<Failure | null>(null)
  const { value: key } = chosen
  const cut = async () => {
    if (!key) return
    chosen.value = null
    const answer = await api.post<void>(`/api/keys/${key.id}/cut`, {})
    failed.value = answer.ok ? null : answer.failure
    if (answer.ok) toast(w('accessReview.cutDone'))
    props.onCut()
  }
  return (
    <>
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      {props.keys.length === 0 && <p class="muted">{w('accessReview.noKeys')}</p>}
      <List label={w('accessReview.keys')}>
        {props.keys.map((one) => (
          <ListRow
            key={one.id}
            title={names.staffName(one.person)}
            second={
              <span>
                {w(one.endedAt === null ? 'accessReview.keyOn' : 'accessReview.keyEnded', {
                  name: props.deviceName(one.device),
                })}
              </span>
            }
            meta={
              <Button variant="danger" size="small" onClick={() => into(chosen)(one)}>
                {w('accessReview.cut')}
              </Button>
            }
          />
        ))}
      </List>
      <ConfirmDialog
        open={key !== null}
        title={w('accessReview.cutAsk', {
          name: key ? names.staffName(key.person) : '',
          tablet: key ? props.deviceName(key.device) : '',
        })}
        confirm={w('accessReview.cut')}
        danger
        onConfirm={() => void cut()}
        onClose={() => into(chosen)(null)}
      >
        <p>{w('accessReview.cutText')}</p>
      </ConfirmDialog>
    </>
  )
}
