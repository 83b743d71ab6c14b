import { useState } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import type { SessionView } from '../parts/types.ts'
import { w } from '../words.ts'
import { useStateChange } from './use-state-change.ts'

/** Takes a session out of counts and lists, with a reason; it stays in history and can come back. */
export const Withdraw = ({ session }: { session: SessionView }) => {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { withdraw } = useStateChange(session)
  const confirm = () => {
    setTried(true)
    if (reason.trim() === '') return
    setOpen(false)
    withdraw(reason.trim())
  }
  return (
    <div>
      <Button variant="quiet" icon="trash" onClick={() => setOpen(true)}>
        {w('withdraw.open')}
      </Button>
      <ConfirmDialog
        open={open}
        title={w('withdraw.title')}
        confirm={w('withdraw.confirm')}
        danger
        onConfirm={confirm}
        onClose={() => setOpen(false)}
      >
        <div class="stack">
          <p>{w('withdraw.text')}</p>
          <TextArea
            id="withdraw-reason"
            label={w('withdraw.reason')}
            maxLength={1000}
            value={reason}
            error={tried && reason.trim() === '' ? t('errors.required') : undefined}
            onInput={setReason}
          />
        </div>
      </ConfirmDialog>
    </div>
  )
}

export const Withdrawn = (props: { session: SessionView; reason: string }) => {
  const { giveBack } = useStateChange(props.session)
  return (
    <Notice
      tone="wait"
      icon="trash"
      title={w('withdraw.is')}
      action={
        <Button variant="line" size="small" onClick={giveBack}>
          {w('withdraw.giveBack')}
        </Button>
      }
    >
      {props.reason}
    </Notice>
  )
}
