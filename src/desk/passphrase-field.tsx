import { useSignal } from '@preact/signals'
import { IconButton } from '#src/ui/icon-button.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { w } from './words.ts'
import './desk.css'

/**
 * A passphrase is covered by style and is no password field: browsers would offer to keep it, next to the password that it must not
 * share a fate with.
 */
export const PassphraseField = (props: {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  value: string
  onInput: (text: string) => void
}) => {
  const shown = useSignal(false)
  return (
    <div class={shown.value ? undefined : 'covered'} spellcheck={false} {...{ autocapitalize: 'none' }}>
      <TextField
        {...props}
        required
        trailing={
          <IconButton
            icon={shown.value ? 'eye-off' : 'eye'}
            label={w(shown.value ? 'unlock.hide' : 'unlock.show')}
            pressed={shown.value}
            onClick={() => {
              shown.value = !shown.value
            }}
          />
        }
      />
    </div>
  )
}
