import { useSignal } from '@preact/signals'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../words.ts'

/** A first password, shown this once: to be copied or read out, and gone when the page is left. */
export const PasswordOnce = (props: { username: string; password: string; onDone: () => void }) => {
  const copied = useSignal(false)
  const copy = async () => {
    await navigator.clipboard.writeText(props.password).then(
      () => {
        copied.value = true
      },
      // it stands on the screen, to be written down
      () => {},
    )
  }
  return (
    <Notice icon="key" title={w('account.onceTitle')} alert>
      <dl class="password-once">
        <div>
          <dt>{w('account.usernameLabel')}</dt>
          <dd>{props.username}</dd>
        </div>
        <div>
          <dt>{w('account.passwordLabel')}</dt>
          <dd class="password-once__secret">{props.password}</dd>
        </div>
      </dl>
      <p>{w('account.onceText')}</p>
      <div class="cluster admin-first">
        <Button size="small" icon={copied.value ? 'check' : 'copy'} onClick={() => void copy()}>
          {copied.value ? w('account.copied') : w('account.copy')}
        </Button>
        <Button variant="quiet" size="small" onClick={props.onDone}>
          {w('account.onceDone')}
        </Button>
      </div>
    </Notice>
  )
}
