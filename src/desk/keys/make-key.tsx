import { useSignal } from '@preact/signals'
import { isStrongEnough, passphraseStrength } from '#domain/complaint/passphrase.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { useApp } from '#src/session/context.ts'
import type { Wrapped } from '#src/store/identity-types.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { deriveKey } from '#src/vault/derive-key.ts'
import type { FirstKeys } from '#src/vault/desk-keys.ts'
import { wrap } from '#src/vault/wrap.ts'
import { type DeskNews, publish } from '../desk-state.ts'
import { PassphraseField } from '../passphrase-field.tsx'
import { lock, unlockWith } from '../unlocked.ts'
import { w } from '../words.ts'
import { RecoverySheet } from './recovery-sheet.tsx'

/** The one desk of a province; the routing tag of its envelopes. */
const desk = 'main'

interface Made {
  readonly keys: FirstKeys
  readonly wrapped: Wrapped
}

/**
 * Makes one's own key. The first one of a province brings the root and the key on paper with it; nothing is published before the paper
 * has been written.
 */
export const MakeKey = ({ news, onDone }: { news: DeskNews; onDone: () => void }) => {
  const { api, session } = useApp()
  const phrase = useSignal('')
  const again = useSignal('')
  const tried = useSignal(false)
  const pending = useSignal(false)
  const problem = useSignal<Failure | 'stopped' | null>(null)
  const made = useSignal<Made | null>(null)
  const strength = passphraseStrength(phrase.value)
  const strong = isStrongEnough(phrase.value)
  const same = phrase.value.trim() === again.value.trim()
  const me = session.person.peek()!.id

  const attempt = async (work: () => Promise<Failure | null>) => {
    if (pending.value) return
    pending.value = true
    try {
      problem.value = await work()
    } catch {
      problem.value = 'stopped'
    } finally {
      pending.value = false
    }
  }
  const make = (event: Event) => {
    event.preventDefault()
    tried.value = true
    if (!strong || !same) return
    const secret = phrase.value.trim()
    void attempt(async () => {
      if (!news.list) {
        const { firstKeys } = await import('#src/vault/desk-keys.ts')
        const keys = await firstKeys(me, desk)
        made.value = { keys, wrapped: await wrap(keys.identity, secret, deriveKey) }
        return null
      }
      const { newIdentity } = await import('#src/vault/seal.ts')
      const { identity, recipient } = await newIdentity()
      const answer = await publish(api, { recipient, wrapped: await wrap(identity, secret, deriveKey) })
      if (!answer.ok) return answer.failure
      lock()
      toast(w('keys.pendingDone'))
      onDone()
      return null
    })
  }
  const publishFirst = ({ keys, wrapped }: Made) =>
    void attempt(async () => {
      const { recipient } = keys.signed.list.keys[0]!
      const answer = await publish(api, { recipient, wrapped, ...keys.signed })
      if (!answer.ok) return answer.failure
      unlockWith({ staff: me, identity: keys.identity })
      made.value = null
      toast(w('keys.done'))
      await session.refresh()
      onDone()
      return null
    })

  const trouble = problem.value && (
    <Notice tone="need" alert>
      {problem.value === 'stopped' ? w('unlock.stopped') : failureText(problem.value)}
    </Notice>
  )
  if (made.value) {
    const ready = made.value
    return (
      <>
        {trouble}
        <RecoverySheet
          recovery={ready.keys.recovery}
          pending={pending.value}
          onConfirm={() => publishFirst(ready)}
          onCancel={() => {
            made.value = null
          }}
        />
      </>
    )
  }
  return (
    <form class="desk-panel stack" autocomplete="off" onSubmit={make}>
      <h2>{w('keys.make.title')}</h2>
      <p class="muted">{w('keys.make.text')}</p>
      {trouble}
      <div>
        <PassphraseField
          id="key-phrase"
          label={w('keys.make.phrase')}
          hint={w('keys.make.phraseHint')}
          value={phrase.value}
          error={tried.value && !strong ? w(`keys.make.${strength}`) : undefined}
          onInput={(text) => {
            phrase.value = text
          }}
        />
        <p class="strength" data-strength={phrase.value ? strength : undefined} role="status">
          {phrase.value && !(tried.value && !strong) && w(`keys.make.${strength}`)}
        </p>
      </div>
      <PassphraseField
        id="key-phrase-again"
        label={w('keys.make.again')}
        value={again.value}
        error={tried.value && strong && !same ? w('keys.make.differ') : undefined}
        onInput={(text) => {
          again.value = text
        }}
      />
      <p class="small muted">{w('keys.make.lost')}</p>
      <div>
        <Button type="submit" icon="key" notYet={!strong || !same} pending={pending.value}>
          {w('keys.make.submit')}
        </Button>
      </div>
    </form>
  )
}
