import { useSignal } from '@preact/signals'
import { useApp } from '#src/session/context.ts'
import type { Wrapped } from '#src/store/identity-types.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { deriveKey } from '#src/vault/derive-key.ts'
import { unwrap } from '#src/vault/wrap.ts'
import { PassphraseField } from './passphrase-field.tsx'
import { unlockWith } from './unlocked.ts'
import { w } from './words.ts'

/** Asks for the passphrase; the key it opens stays in this page's memory. */
export const Unlock = ({ wrapped }: { wrapped: Wrapped }) => {
  const { session } = useApp()
  const phrase = useSignal('')
  const pending = useSignal(false)
  const problem = useSignal<'wrong' | 'damaged' | 'stopped' | null>(null)
  const unlock = async (event: Event) => {
    event.preventDefault()
    if (phrase.value === '' || pending.value) return
    pending.value = true
    problem.value = null
    try {
      const identity = await unwrap(wrapped, phrase.value.trim(), deriveKey)
      if (identity.ok) unlockWith({ staff: session.person.peek()!.id, identity: identity.value })
      else problem.value = identity.failure === 'damaged' ? 'damaged' : 'wrong'
    } catch {
      // too little memory is no wrong passphrase
      problem.value = 'stopped'
    } finally {
      pending.value = false
      if (problem.value !== 'stopped') phrase.value = ''
    }
  }
  return (
    <section class="desk-panel">
      <h2 class="desk-panel__title">
        <Icon name="lock" />
        {w('unlock.title')}
      </h2>
      <p class="muted">{w('unlock.text')}</p>
      <form class="stack" autocomplete="off" onSubmit={(event) => void unlock(event)}>
        <PassphraseField
          id="desk-passphrase"
          label={w('unlock.label')}
          value={phrase.value}
          error={problem.value ? w(`unlock.${problem.value}`) : undefined}
          onInput={(text) => {
            phrase.value = text
          }}
        />
        <div>
          <Button type="submit" icon="unlock" pending={pending.value}>
            {w('unlock.submit')}
          </Button>
        </div>
      </form>
    </section>
  )
}
