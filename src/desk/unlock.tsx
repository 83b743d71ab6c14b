import { useSignal } from '@preact/signals'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { deriveKey } from '#src/vault/derive-key.ts'
import { unwrap } from '#src/vault/wrap.ts'
import { askDesk, type DeskNews, publish } from './desk-state.ts'
import { PassphraseField } from './passphrase-field.tsx'
import { unlockWith } from './unlocked.ts'
import { w } from './words.ts'

/** Asks for the passphrase; the key it opens stays in this page's memory. */
export const Unlock = ({ own }: { own: DeskNews['mine'][number] }) => {
  const { api, store } = useApp()
  const phrase = useSignal('')
  const pending = useSignal(false)
  const problem = useSignal<'wrong' | 'damaged' | 'stopped' | null>(null)
  /** A key of before members signed lists gets what it signs with. */
  const bringSigner = async (identity: string, secret: string) => {
    const { bringKey } = await import('#src/vault/desk-keys.ts')
    const province = store.people.identity.peek().province?.id ?? ''
    const brought = await publish(api, { key: await bringKey(identity, secret, { province, staff: own.staff }) })
    if (brought.ok) await askDesk(api)
  }
  const unlock = async (event: Event) => {
    event.preventDefault()
    if (phrase.value === '' || pending.value) return
    pending.value = true
    problem.value = null
    try {
      const secret = phrase.value.trim()
      const identity = await unwrap(own.wrapped, secret, deriveKey)
      if (identity.ok) {
        unlockWith({ staff: own.staff, identity: identity.value })
        if (!own.signer) await bringSigner(identity.value, secret)
      } else problem.value = identity.failure === 'damaged' ? 'damaged' : 'wrong'
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
