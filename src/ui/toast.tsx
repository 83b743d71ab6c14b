import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { words } from './words.ts'
import './toast.css'

interface Toast {
  id: number
  text: string
  action?: { label: string; run: () => void }
}

const shown = signal<readonly Toast[]>([])
const LIFE_MS = 8000
/** More would hide the work; the oldest leave first. */
const MOST = 2
let last = 0

const dismiss = (id: number) => {
  shown.value = shown.peek().filter((toast) => toast.id !== id)
}

/** Says what just happened, for 8 seconds. `undo` adds the button that takes it back; `action` any other one. Gives what takes it away earlier. */
export function toast(
  text: string,
  more: { undo?: () => void; action?: { label: string; run: () => void } } = {},
): () => void {
  last += 1
  const id = last
  const action = more.action ?? (more.undo && { label: t('undo'), run: more.undo })
  shown.value = [...shown.peek(), { id, text, ...(action && { action }) }].slice(-MOST)
  return () => dismiss(id)
}

function ToastBar({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(toast.id), LIFE_MS)
    return () => clearTimeout(timer)
  }, [held, toast.id])
  const { action } = toast
  return (
    <div
      class="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <Icon name="check" />
      <p>{toast.text}</p>
      {action ? (
        <button
          type="button"
          class="toast__action"
          onClick={() => {
            dismiss(toast.id)
            action.run()
          }}
        >
          {action.label}
        </button>
      ) : (
        <IconButton icon="x" label={t('close')} onClick={() => dismiss(toast.id)} />
      )}
    </div>
  )
}

/** Where toasts appear; once, at the end of the shell. */
export function ToastHost() {
  return (
    <section class="toasts" role="status" aria-live="polite" aria-label={words('toasts')}>
      {shown.value.map((toast) => (
        <ToastBar key={toast.id} toast={toast} />
      ))}
    </section>
  )
}
