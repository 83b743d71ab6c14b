import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'
import { classes } from './classes.ts'
import { IconButton } from './icon-button.tsx'
import { QuickExit } from './quick-exit.tsx'
import './modal.css'

export interface ModalProps {
  open: boolean
  /** Called on Esc, on the close button and on a press beside it. The owner sets `open` to false. */
  onClose: () => void
  title: string
  children: ComponentChildren
  /** Buttons at the foot, the main one last. */
  footer?: ComponentChildren
  /** A press beside it does not close it: for what must be answered. */
  insist?: boolean | undefined
}

function Modal(props: ModalProps & { shape: 'sheet' | 'dialog' }) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || dialog.open === props.open) return
    if (props.open) dialog.showModal()
    else dialog.close()
  }, [props.open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key for it is Esc, which arrives as onCancel
    <dialog
      ref={ref}
      class={classes('modal', `modal--${props.shape}`)}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      onClose={() => props.open && props.onClose()}
      onClick={(event) => {
        if (event.target === ref.current && !props.insist) props.onClose()
      }}
    >
      {props.open && (
        <div class="modal__inside">
          <header class="modal__head">
            <h2>{props.title}</h2>
            {!props.insist && <IconButton icon="x" label={t('close')} onClick={props.onClose} />}
          </header>
          <div class="modal__body">{props.children}</div>
          {props.footer && <footer class="modal__foot">{props.footer}</footer>}
        </div>
      )}
      {/* last, so that the first focus is not on it */}
      {props.open && <QuickExit />}
    </dialog>
  )
}

/** Comes up from below, for choosing and for short tasks. */
export const Sheet = (props: ModalProps) => <Modal {...props} shape="sheet" />

/** In the middle, for a question that has to be answered before going on. */
export const Dialog = (props: ModalProps) => <Modal {...props} shape="dialog" />
