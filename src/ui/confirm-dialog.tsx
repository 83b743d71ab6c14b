import type { ComponentChildren } from 'preact'
import { t } from '#src/i18n/index.ts'
import { Button } from './button.tsx'
import { Dialog } from './modal.tsx'

/** Asks before something that is hard to take back. The verb of what happens is on the button, never "OK". */
export function ConfirmDialog(props: {
  open: boolean
  title: string
  children?: ComponentChildren
  /** The verb. */
  confirm: string
  cancel?: string | undefined
  danger?: boolean | undefined
  pending?: boolean | undefined
  onConfirm: () => void
  onClose: () => void
}) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      footer={
        <>
          <Button variant="line" onClick={props.onClose}>
            {props.cancel ?? t('cancel')}
          </Button>
          <Button variant={props.danger ? 'danger' : 'primary'} pending={props.pending} onClick={props.onConfirm}>
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
