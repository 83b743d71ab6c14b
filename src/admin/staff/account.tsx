import { useSignal } from '@preact/signals'
import type { Failure } from '#domain/kernel/failure.ts'
import type { Values } from '#domain/record-kind.ts'
import type { staff } from '#domain/records/staff.ts'
import { useApp } from '#src/session/context.ts'
import { type Asked, useServer } from '#src/session/use-server.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { reasonText, ServerNews } from '../server-news.tsx'
import { w } from '../words.ts'
import { firstPassword } from './first-password.ts'
import { NewAccount } from './new-account.tsx'
import { PasswordOnce } from './password-once.tsx'

export interface AccountNews {
  readonly staff: string
  readonly username: string
  readonly mustChange: boolean
  readonly disabled: boolean
}

type StaffView = RecordView<Values<typeof staff>>

/** How somebody signs in. The server keeps it, so all of it needs a network. */
export const Account = (props: { staff: StaffView }) => {
  const asked = useServer<{ accounts: readonly AccountNews[] }>('/api/accounts')
  const shown = useSignal<{ username: string; password: string } | null>(null)
  const account = asked.answer?.accounts.find((one) => one.staff === props.staff.id)
  const show = (username: string, password: string) => {
    shown.value = { username, password }
    asked.askAgain()
  }
  return (
    <section class="stack stack--tight admin-account" aria-labelledby="account">
      <h2 id="account">{w('account.title')}</h2>
      <ServerNews asked={asked} />
      {shown.value && <PasswordOnce {...shown.value} onDone={() => (shown.value = null)} />}
      {asked.answer &&
        (account ? (
          <Known account={account} asked={asked} onPassword={(password) => show(account.username, password)} />
        ) : (
          !shown.value && <NewAccount staff={props.staff} onMade={show} />
        ))}
      {!asked.answer && asked.asking && <p class="muted">{w('server.asking')}</p>}
    </section>
  )
}

const Known = (props: { account: AccountNews; asked: Asked<unknown>; onPassword: (password: string) => void }) => {
  const { api, session } = useApp()
  const { account, asked } = props
  const asking = useSignal<'reset' | 'disable' | null>(null)
  const busy = useSignal(false)
  const failed = useSignal<Failure | null>(null)
  const own = session.person.value?.id === account.staff
  const act = async (what: 'reset' | 'disable' | 'enable', body: object, then: () => void) => {
    asking.value = null
    busy.value = true
    const answer = await api.post<void>(`/api/accounts/${account.staff}/${what}`, body)
    busy.value = false
    failed.value = answer.ok ? null : answer.failure
    if (answer.ok) then()
  }
  const reset = () => {
    const password = firstPassword((length) => crypto.getRandomValues(new Uint8Array(length)))
    return act('reset', { password }, () => props.onPassword(password))
  }
  const turn = (what: 'disable' | 'enable') =>
    act(what, {}, () => {
      toast(w(what === 'disable' ? 'account.disabledNow' : 'account.enabledNow'))
      asked.askAgain()
    })
  return (
    <>
      <p>
        {w('account.username', { name: account.username })}{' '}
        <span class="muted">
          {account.disabled ? w('account.disabled') : account.mustChange ? w('account.mustChange') : w('account.inUse')}
        </span>
      </p>
      {failed.value && (
        <Notice tone="need" alert>
          <p>{reasonText(failed.value)}</p>
        </Notice>
      )}
      <div class="cluster">
        <Button variant="line" size="small" icon="key" pending={busy.value} onClick={() => (asking.value = 'reset')}>
          {w('account.reset')}
        </Button>
        {account.disabled ? (
          <Button variant="line" size="small" icon="unlock" onClick={() => void turn('enable')}>
            {w('account.enable')}
          </Button>
        ) : (
          !own && (
            <Button variant="danger" size="small" icon="lock" onClick={() => into(asking)('disable')}>
              {w('account.disable')}
            </Button>
          )
        )}
      </div>
      <ConfirmDialog
        open={asking.value === 'reset'}
        title={w('account.resetAsk')}
        confirm={w('account.reset')}
        onConfirm={() => void reset()}
        onClose={() => into(asking)(null)}
      >
        <p>{w('account.resetText')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking.value === 'disable'}
        title={w('account.disableAsk')}
        confirm={w('account.disable')}
        danger
        onConfirm={() => void turn('disable')}
        onClose={() => into(asking)(null)}
      >
        <p>{w('account.disableText')}</p>
      </ConfirmDialog>
    </>
  )
}
