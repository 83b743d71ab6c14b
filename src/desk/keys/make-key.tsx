import { useSignal } from '@preact/signals'
import type { SignedDeskList } from '#domain/complaint/desk-list.ts'
import { isStrongEnough, passphraseStrength } from '#domain/complaint/passphrase.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import type { BroughtKey, PaperKey } from '#src/vault/desk-keys.ts'
import { publish, useDeskList } from '../desk-state.ts'
import { PassphraseField } from '../passphrase-field.tsx'
import { lock, unlockWith } from '../unlocked.ts'
import { w } from '../words.ts'
import { RecoverySheet } from './recovery-sheet.tsx'

/** The one desk of a province; the routing tag of its envelopes. */
const desk = 'main'

interface First {
  readonly identity: string
  readonly key: BroughtKey
  readonly paper: PaperKey
  readonly signed: SignedDeskList
}

/**
 * Makes one's own key, or lays the one that is open (`identity`) under another passphrase. The first one of a province brings the root and the
 * key on paper with it; nothing is published before the paper has been written.
 */
export const MakeKey = (props: {
  identity?: string | undefined
  onDone: () => void
  onCancel?: (() => void) | undefined
}) => {
  const { api, session, store } = useApp()
  const list = useDeskList()
  const phrase = useSignal('')
  const again = useSignal('')
  const tried = useSignal(false)
  const pending = useSignal(false)
  const problem = useSignal<Failure | 'stopped' | null>(null)
  const made = useSignal<First | null>(null)
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
      const [{ bringKey, firstList, newPaper }, { newIdentity }] = await Promise.all([
        import('#src/vault/desk-keys.ts'),
        import('#src/vault/seal.ts'),
      ])
      const identity = props.identity ?? (await newIdentity()).identity
      const province = store.people.identity.peek().province?.id ?? ''
      const key = await bringKey(identity, secret, { province, staff: me })
      if (!list) {
        const paper = await newPaper()
        made.value = { identity, key, paper, signed: await firstList({ staff: me, desk }, identity, paper) }
        return null
      }
      const answer = await publish(api, { key })
      if (!answer.ok) return answer.failure
      if (!props.identity) lock()
      toast(w(props.identity ? 'keys.make.changed' : 'keys.pendingDone'))
      props.onDone()
      return null
    })
  }
  const publishFirst = ({ identity, key, signed }: First) =>
    void attempt(async () => {
      const answer = await publish(api, { key, ...signed })
      if (!answer.ok) return answer.failure
      unlockWith({ staff: me, identity })
      made.value = null
      toast(w('keys.done'))
      await session.refresh()
      props.onDone()
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
          recovery={ready.paper.secret}
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
      <h2>{w(props.identity ? 'keys.make.change' : 'keys.make.title')}</h2>
      <p class="muted">{w(props.identity ? 'keys.make.changeText' : 'keys.make.text')}</p>
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
      <div class="cluster">
        {props.onCancel && (
          <Button variant="line" onClick={props.onCancel}>
            {t('cancel')}
          </Button>
        )}
        <Button type="submit" icon="key" notYet={!strong || !same} pending={pending.value}>
          {w(props.identity ? 'keys.make.change' : 'keys.make.submit')}
        </Button>
      </div>
    </form>
  )
}
